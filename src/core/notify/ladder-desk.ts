import type {
  Ladder,
  LadderOwnerView,
  NamedLadder,
  NotifyGroup,
  ReachLimit,
} from '../../shared/contract/ladders.ts';
import type { Receipt } from '../../shared/domain/channels.ts';
import { type Party, type ReachChannel, urgencies, type Urgency } from '../../shared/domain/reaching.ts';
import { isZone } from '../../shared/domain/roster.ts';
import { routeKinds } from '../../shared/domain/route-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { GroupRecord } from '../db/reach-party-store.ts';
import { nameOf } from './addresses-of.ts';
import type { NotifyParts } from './parts.ts';

type Undo = { readonly undo: number | null };

/** Ladders of the owner themselves, with the names of who is next. */
export function laddersOf(parts: NotifyParts, owner: Party | null): NamedLadder[] {
  return urgencies.flatMap((urgency) => {
    const ladder = plainLadder(parts, owner, urgency);
    return ladder ? [{ ...ladder, nextName: nextNameOf(parts, ladder.next) }] : [];
  });
}

/** Whom everybody's ladder is not for, and of which urgencies. */
export function ladderOwners({ ladders }: Pick<NotifyParts, 'ladders'>): LadderOwnerView[] {
  const found = Map.groupBy(ladders.owners(), ({ owner }) => `${owner.kind} ${owner.id}`);
  return [...found.values()].flatMap((own) => {
    const [first] = own;
    const isOwn = (urgency: Urgency) => own.some((one) => one.urgency === urgency);
    return first ? [{ ...first.owner, name: first.name, urgencies: urgencies.filter(isOwn) }] : [];
  });
}

/** As it is saved; undefined where the owner has none of this urgency. */
export function plainLadder(
  { ladders }: Pick<NotifyParts, 'ladders'>,
  owner: Party | null,
  urgency: Urgency,
): Ladder | undefined {
  const found = ladders.of(owner, urgency);
  if (!found) return undefined;
  const { steps, repeatMinutes, mostRounds, next } = found;
  return { urgency, steps, repeatMinutes, mostRounds, next };
}

export function nextNameOf(parts: NotifyParts, next: Ladder['next']): string | null {
  if (next === null) return null;
  if (next.kind === 'group') return parts.parties.findGroup(next.id)?.name ?? '';
  return nameOf(parts, { kind: next.kind, id: next.id });
}

/**
 * `ladder` undefined takes the owner's own away. Throws `not-found` where the owner or who is next is nobody,
 * `invalid-input` (reason `ladder-to-itself`).
 */
export function saveLadder(
  parts: NotifyParts,
  { owner, urgency, ladder }: { owner: Party | null; urgency: Urgency; ladder: Ladder | undefined },
  actor: number,
): Undo {
  return parts.db.transact((revision) => {
    if (owner) requireParty(parts, owner);
    if (ladder) requireNext(parts, owner, ladder.next);
    const before = plainLadder(parts, owner, urgency);
    if (JSON.stringify(before) === JSON.stringify(ladder)) return { undo: null };
    if (ladder) {
      const uuid = uuidv7(parts.clock.now(), parts.random.bytes(10));
      parts.ladders.save({ ...ladder, owner, uuid }, revision);
    } else {
      parts.ladders.remove(owner, urgency);
    }
    parts.db.touch('route');
    return {
      undo: parts.journal.append({
        kind: 'ladder.saved',
        ...subjectOf(owner),
        actorId: actor,
        facts: {
          owner,
          urgency,
          before: before ?? null,
          after: plainLadder(parts, owner, urgency) ?? null,
        },
      }),
    };
  });
}

/** Throws `invalid-input` (reasons `zone-unknown`, `quiet-half`). */
export function saveLimit(
  parts: NotifyParts,
  { owner, limit }: { readonly owner: Party; readonly limit: ReachLimit },
  actor: number,
): Undo {
  if (limit.zone !== '' && !isZone(limit.zone)) {
    throw new AppError('invalid-input', { details: { reason: 'zone-unknown', zone: limit.zone } });
  }
  if ((limit.quietFrom === null) !== (limit.quietTo === null)) {
    throw new AppError('invalid-input', { details: { reason: 'quiet-half' } });
  }
  return parts.db.transact((revision) => {
    requireParty(parts, owner);
    const before = limitOf(parts, owner);
    parts.parties.saveLimit(owner, limit, revision);
    parts.db.touch('route');
    return {
      undo: parts.journal.append({
        kind: 'reach.limit-saved',
        ...subjectOf(owner),
        actorId: actor,
        facts: { owner, before, after: limitOf(parts, owner) },
      }),
    };
  });
}

export function limitOf({ parties }: Pick<NotifyParts, 'parties'>, owner: Party): ReachLimit {
  const { quietFrom, quietTo, zone, hourlyLimit } = parties.limitOf(owner);
  return { quietFrom, quietTo, zone, hourlyLimit };
}

/** What can be learnt by the routes of each channel that are switched on. */
export function receiptsByChannel({ routes }: Pick<NotifyParts, 'routes'>) {
  const known: { [K in ReachChannel]?: Receipt[] } = {};
  for (const { channel, kind, enabled } of routes.all()) {
    if (enabled === 0) continue;
    known[channel] = [...new Set([...(known[channel] ?? []), ...routeKinds[kind].receipts])];
  }
  return known;
}

export function listGroups(parts: NotifyParts): NotifyGroup[] {
  return parts.parties.groups().map(({ id, name, active }) => ({
    id,
    name,
    active: active === 1,
    members: parts.parties.members(id).map((member) => ({ ...member, name: nameOf(parts, member) })),
  }));
}

type SaveGroup = {
  readonly id: number | null;
  readonly name: string;
  readonly active: boolean;
  readonly members: readonly Party[];
};

/** Whoever is named twice stands where they stood first. Throws `not-found`. */
export function saveGroup(
  parts: NotifyParts,
  input: SaveGroup,
  actor: number,
): { readonly id: number } & Undo {
  const { parties, db, journal, clock, random } = parts;
  return db.transact((revision) => {
    const before = input.id === null ? null : groupFacts(parts, input.id);
    const members = input.members.filter(
      (member, at) => input.members.findIndex((other) => isSameParty(member, other)) === at,
    );
    for (const member of members) requireParty(parts, member);
    const row = { name: input.name, active: input.active ? 1 : 0, revision };
    const known = input.id === null ? undefined : requireGroup(parts, input.id);
    const uuid = uuidv7(clock.now(), random.bytes(10));
    const id = known ? known.id : parties.insertGroup({ ...row, uuid });
    if (known) parties.saveGroup({ ...known, ...row });
    parties.setMembers(id, members);
    db.touch('route');
    const undo = journal.append({
      kind: 'notify-group.saved',
      subject: 'notify-group',
      subjectId: id,
      actorId: actor,
      facts: { name: input.name, before, after: groupFacts(parts, id) },
    });
    return { id, undo };
  });
}

/** Throws `not-found` (reason `notify-group`). */
export function groupFacts(parts: Pick<NotifyParts, 'parties'>, id: number): Omit<SaveGroup, 'id'> {
  const { name, active } = requireGroup(parts, id);
  return { name, active: active === 1, members: parts.parties.members(id) };
}

function requireGroup({ parties }: Pick<NotifyParts, 'parties'>, id: number): GroupRecord {
  const group = parties.findGroup(id);
  if (!group) throw new AppError('not-found', { details: { reason: 'notify-group', id } });
  return group;
}

function isSameParty(a: Party, b: Party): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** Throws `not-found` (reasons `contact`, `person`). */
function requireParty({ contacts, people }: Pick<NotifyParts, 'contacts' | 'people'>, party: Party): void {
  const found = party.kind === 'contact' ? contacts.find(party.id) : people.find(party.id);
  if (!found) throw new AppError('not-found', { details: { reason: party.kind, id: party.id } });
}

function requireNext(parts: NotifyParts, owner: Party | null, next: Ladder['next']): void {
  if (next === null) return;
  if (next.kind === 'group') {
    groupFacts(parts, next.id);
    return;
  }
  const party: Party = { kind: next.kind, id: next.id };
  requireParty(parts, party);
  if (owner && isSameParty(owner, party)) {
    throw new AppError('invalid-input', { details: { reason: 'ladder-to-itself' } });
  }
}

function subjectOf(owner: Party | null) {
  return owner
    ? ({ subject: owner.kind, subjectId: owner.id } as const)
    : ({ subject: 'setting', subjectId: 0 } as const);
}

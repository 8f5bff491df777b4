import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from '../incidents/alarms.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import type { Actor } from '../incidents/parts.ts';
import { isMerged, openOwn, recount } from '../letters/move-letter.ts';
import { toLinkRow } from '../../shared/domain/link-kinds.ts';
import { offerAssets } from './offer-assets.ts';
import type { LinkParts } from './parts.ts';
import { tellChats } from './recount.ts';

export type MoveLetters = {
  readonly messageIds: readonly number[];
  /** null: an incident of their own, linked to the one they came from. */
  readonly incidentId: number | null;
  /** Without the answers to them. */
  readonly alone: boolean;
};

export type LettersMoved = {
  readonly incidentId: number;
  readonly code: string;
  readonly moved: number;
  readonly undo: number | null;
};

type MovedLetter = JournalFacts['incident.letters-moved']['letters'][number];

/** Letters by one decision, in one transaction, taken back as one. Throws `not-found`. */
export function moveLetters(parts: LinkParts, input: MoveLetters, actor: Actor): LettersMoved {
  return parts.db.transact((revision) => {
    const letters = inOrder(parts, input.messageIds);
    const isSplit = input.incidentId === null;
    const first = letters.find(({ direction }) => direction === 'in') ?? letters[0];
    const to = isSplit
      ? parts.incidents.require(openOwn(parts, first?.id ?? 0))
      : livingIncident(parts.incidents, input.incidentId ?? 0);
    const { moved, count } = moveEach(parts, { ids: letters.map(({ id }) => id), to, ...input }, revision);
    if (moved.length === 0) return { incidentId: to.id, code: to.code, moved: 0, undo: null };
    const lost = new Map<number, number>();
    for (const { from, letters: many } of count) lost.set(from, (lost.get(from) ?? 0) + many);
    const total = [...lost.values()].reduce((sum, many) => sum + many, 0);
    const sources = [...lost.keys()].filter((id) => id > 0);
    const undo = isSplit
      ? tellSplit(parts, { to, moved, source: sources[0] ?? null, total }, actor, revision)
      : tellMoved(parts, { to, moved, sources, why: 'hand' }, actor);
    for (const id of sources) recount(parts, id, -(lost.get(id) ?? 0), actor);
    recount(parts, to.id, total, actor);
    return { incidentId: to.id, code: to.code, moved: total, undo };
  });
}

function inOrder(parts: LinkParts, messageIds: readonly number[]) {
  const letters = [...new Set(messageIds)].map((id) => {
    const letter = parts.views.find(id);
    if (!letter) throw new AppError('not-found', { details: { reason: 'message', id } });
    return letter;
  });
  return letters.toSorted((a, b) => a.receivedAt - b.receivedAt || a.id - b.id);
}

type Moving = { readonly ids: readonly number[]; readonly to: IncidentRecord; readonly alone: boolean };

/** A letter that went along with the one it answers is not moved twice. */
function moveEach(parts: LinkParts, { ids, to, alone }: Moving, revision: number) {
  const moved: MovedLetter[] = [];
  const count: { from: number; letters: number }[] = [];
  for (const messageId of ids) {
    const from = parts.views.incidentOf(messageId) ?? null;
    if (from === to.id) continue;
    const before = parts.views.find(messageId)?.link ?? { by: 'hand' };
    const link: LinkEvidence =
      from === null
        ? { by: 'hand' }
        : { by: 'hand', otherIncidentId: from, otherCode: parts.incidents.require(from).code };
    const rows = parts.moveRows({ messageId, incidentId: to.id, link, alone });
    tellChats(parts, rows.messageIds, revision);
    moved.push({ messageId, from, link: before });
    count.push({ from: from ?? 0, letters: rows.messageIds.length });
  }
  return { moved, count };
}

type Told = {
  readonly to: IncidentRecord;
  readonly moved: readonly MovedLetter[];
  readonly sources: readonly number[];
  readonly why: 'hand' | 'undo';
};

/** Returns the entry of the incident that has the letters now. */
function tellMoved(parts: LinkParts, { to, moved, sources, why }: Told, actor: Actor): number {
  const tell = (subjectId: number): number =>
    parts.journal.append({
      kind: 'incident.letters-moved',
      subject: 'incident',
      subjectId,
      actorId: actor,
      facts: { letters: moved, to: to.id, toCode: to.code, why },
    });
  const sequence = tell(to.id);
  for (const id of sources) tell(id);
  return sequence;
}

type Split = {
  readonly to: IncidentRecord;
  readonly moved: readonly MovedLetter[];
  readonly source: number | null;
  readonly total: number;
};

function tellSplit(
  parts: LinkParts,
  { to, moved, source, total }: Split,
  actor: Actor,
  revision: number,
): number {
  // Whoever split it off sees it: nothing to sound about.
  acknowledgeAlarms(parts, to.id, actor, revision);
  if (source === null) return tellMoved(parts, { to, moved, sources: [], why: 'hand' }, actor);
  const link = toLinkRow(source, to.id, 'related');
  if (!parts.links.find(link)) {
    parts.links.insert({ ...link, createdBy: actor, createdAt: parts.clock.now() });
  }
  offerAssets(parts, source, to.id);
  const { code: fromCode } = parts.incidents.require(source);
  parts.journal.append({
    kind: 'incident.split-off',
    subject: 'incident',
    subjectId: to.id,
    actorId: actor,
    facts: { from: source, fromCode, letters: total },
  });
  return parts.journal.append({
    kind: 'incident.split',
    subject: 'incident',
    subjectId: source,
    actorId: actor,
    facts: { letters: moved, to: to.id, toCode: to.code },
  });
}

type Back = { readonly letters: readonly MovedLetter[]; readonly to: number; readonly toCode: string };

/**
 * For undo: every letter back to where it stood, with the answers that came meanwhile; what they were split off into
 * is empty then and leaves the queue. Throws `conflict` (reason `changed-since`) when one of them stands elsewhere or its
 * place has been merged.
 */
export function moveLettersBack(parts: LinkParts, { letters, to, toCode }: Back, actor: Actor): void {
  parts.db.transact((revision) => {
    const isMoved = letters.some(({ messageId }) => parts.views.incidentOf(messageId) !== to);
    // Nobody looks into what has been merged since.
    const isGone = letters.some(({ from }) => from !== null && isMerged(parts, from));
    if (isMoved || isGone) {
      throw new AppError('conflict', { details: { reason: 'changed-since' } });
    }
    const back = new Map<number, number>();
    let total = 0;
    for (const { messageId, from, link } of letters.toReversed()) {
      const rows = parts.moveRows({ messageId, incidentId: from, link });
      tellChats(parts, rows.messageIds, revision);
      total += rows.messageIds.length;
      if (from !== null) back.set(from, (back.get(from) ?? 0) + rows.messageIds.length);
    }
    for (const id of [to, ...back.keys()]) {
      parts.journal.append({
        kind: 'incident.letters-moved',
        subject: 'incident',
        subjectId: id,
        actorId: actor,
        facts: { letters, to, toCode, why: 'undo' },
      });
    }
    for (const [id, count] of back) recount(parts, id, count, actor);
    recount(parts, to, -total, actor);
  });
}

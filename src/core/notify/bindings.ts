import { createHash } from 'node:crypto';
import type { BindingFacts } from '../../shared/domain/reaching-facts.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import type { RouteKind } from '../../shared/domain/route-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { BindingRecord, BindingStore, BotRoute } from '../db/binding-store.ts';
import type { ContactStore } from '../db/contact-store.ts';
import type { Db } from '../db/open.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export type BindingParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly bindings: BindingStore;
  readonly contacts: Pick<ContactStore, 'find'>;
  readonly people: Pick<PersonStore, 'find'>;
};

/** By what the service calls the bot, links lead to it. */
const linkOf: { readonly [K in RouteKind]?: (bot: string, code: string) => string } = {
  bot: (bot, code) => `https://t.me/${bot}?start=${code}`,
  max: (bot, code) => `https://max.ru/${bot}?start=${code}`,
};

const codeBytes = 16;
const codeLivesMs = 30 * 60_000;
const longestTitle = 200;

export function bindingsOf(parts: BindingParts, party: Party) {
  requireParty(parts, party);
  const routes = parts.bindings.routes();
  const bindings = parts.bindings.ofParty(party).flatMap((binding) => {
    const route = routes.find(({ id }) => id === binding.routeId);
    if (!route) return [];
    const { id, routeId, title, boundAt, blockedAt } = binding;
    return [{ id, routeId, route: route.name, channel: route.channel, title, boundAt, blockedAt }];
  });
  const bots = routes
    .filter(({ kind, enabled }) => enabled && linkOf[kind] !== undefined)
    .map(({ id, name, channel }) => ({ id, name, channel }));
  return { bindings, bots };
}

type LinkInput = {
  readonly party: Party;
  readonly routeId: number;
  /** As the service calls the bot. */
  readonly bot: string;
};

/** A link that binds whoever comes by it first, for half an hour. Only the hash of its code is kept. */
export function createBindingLink(
  parts: BindingParts,
  { party, routeId, bot }: LinkInput,
  actor: number,
): { readonly url: string; readonly expiresAt: number } {
  const code = Buffer.from(parts.random.bytes(codeBytes)).toString('base64url');
  return parts.db.transact(() => {
    requireParty(parts, party);
    const route = requireBot(parts, routeId);
    const now = parts.clock.now();
    const expiresAt = now + codeLivesMs;
    parts.bindings.removeCodes(routeId, party, now - codeLivesMs);
    parts.bindings.insertCode({
      hash: hashOf(code),
      routeId,
      party,
      createdAt: now,
      expiresAt,
      usedAt: null,
    });
    parts.journal.append({
      kind: 'binding.link-made',
      subject: party.kind,
      subjectId: party.id,
      actorId: actor,
      facts: { routeId, route: route.name },
    });
    return { url: linkOf[route.kind]?.(bot, code) ?? '', expiresAt };
  });
}

type Arrival = {
  readonly code: string;
  readonly chatId: string;
  readonly userId: string;
  readonly title: string;
};

/**
 * Somebody came by a link; null when its code is unknown, used or too old. The same arrival told twice is one: whoever
 * is bound by it already hears their name again. A chat that was somebody else's is theirs from now on.
 */
export function bindByCode(
  parts: BindingParts,
  routeId: number,
  { code, chatId, userId, title: said }: Arrival,
): { readonly name: string } | null {
  return parts.db.transact((revision) => {
    const given = parts.bindings.findCode(hashOf(code));
    if (!given || given.routeId !== routeId) return null;
    const { party } = given;
    const name = nameOf(parts, party);
    if (name === undefined) return null;
    const before = parts.bindings.ofChat(routeId, chatId);
    if (given.usedAt !== null) return before && isSame(before.party, party) ? { name } : null;
    const now = parts.clock.now();
    if (given.expiresAt <= now) return null;
    parts.bindings.useCode(given.hash, now);
    const title = said.trim().slice(0, longestTitle);
    const bound = { routeId, party, chatId, userId, title, boundAt: now, blockedAt: null, revision };
    const bindingId = before ? before.id : parts.bindings.insert(bound);
    if (before) {
      parts.bindings.save({ ...bound, id: before.id });
      if (!isSame(before.party, party)) tellRemoved(parts, before, null);
    }
    parts.journal.append({
      kind: 'binding.bound',
      subject: party.kind,
      subjectId: party.id,
      actorId: null,
      facts: { bindingId, routeId, title },
    });
    parts.db.touch(party.kind, party.id);
    return { name };
  });
}

/** They shut the bot out, or a word of theirs shows that it is let in again. */
export function setBlocked(parts: BindingParts, routeId: number, chatId: string, isBlocked: boolean): void {
  const known = parts.bindings.ofChat(routeId, chatId);
  if (!known || (known.blockedAt !== null) === isBlocked) return;
  parts.db.transact((revision) => {
    const blockedAt = isBlocked ? parts.clock.now() : null;
    parts.bindings.save({ ...known, blockedAt, revision });
    parts.journal.append({
      kind: isBlocked ? 'binding.blocked' : 'binding.opened',
      subject: known.party.kind,
      subjectId: known.party.id,
      actorId: null,
      facts: { bindingId: known.id, routeId },
    });
    parts.db.touch(known.party.kind, known.party.id);
  });
}

/** Throws `not-found`. */
export function unbind(parts: BindingParts, id: number, actor: number): void {
  parts.db.transact(() => {
    const binding = parts.bindings.find(id);
    if (!binding) throw new AppError('not-found', { details: { reason: 'binding', id } });
    parts.bindings.remove(id);
    tellRemoved(parts, binding, actor);
    parts.db.touch(binding.party.kind, binding.party.id);
  });
}

/** The same by whose chat it is; throws `conflict` (reason `changed-since`) when it is nobody's any more. */
export function unbindChat(
  parts: BindingParts,
  { routeId, chatId }: Pick<BindingRecord, 'routeId' | 'chatId'>,
  actor: number,
): void {
  const binding = parts.bindings.ofChat(routeId, chatId);
  if (!binding) throw new AppError('conflict', { details: { reason: 'changed-since' } });
  unbind(parts, binding.id, actor);
}

/** Takes an unbinding back; throws `conflict` (reason `changed-since`) when the chat is somebody's again. */
export function bindAgain(parts: BindingParts, binding: BindingFacts, actor: number): void {
  const { party } = binding;
  parts.db.transact((revision) => {
    const isGone = !parts.bindings.routes().some(({ id }) => id === binding.routeId);
    if (isGone || parts.bindings.ofChat(binding.routeId, binding.chatId) || !nameOf(parts, party)) {
      throw new AppError('conflict', { details: { reason: 'changed-since' } });
    }
    parts.bindings.insert({ ...binding, blockedAt: null, revision });
    parts.journal.append({
      kind: 'binding.restored',
      subject: party.kind,
      subjectId: party.id,
      actorId: actor,
      facts: { binding },
    });
    parts.db.touch(party.kind, party.id);
  });
}

function tellRemoved(parts: BindingParts, binding: BindingRecord, actor: number | null): void {
  const { party, routeId, chatId, userId, title, boundAt } = binding;
  parts.journal.append({
    kind: 'binding.removed',
    subject: party.kind,
    subjectId: party.id,
    actorId: actor,
    facts: { binding: { party, routeId, chatId, userId, title, boundAt } },
  });
  parts.db.touch(party.kind, party.id);
}

function requireBot(parts: BindingParts, routeId: number): BotRoute {
  const route = parts.bindings.routes().find(({ id }) => id === routeId);
  if (!route) throw new AppError('not-found', { details: { reason: 'route', id: routeId } });
  if (!route.enabled || linkOf[route.kind] === undefined) {
    throw new AppError('conflict', { details: { reason: 'route-not-set-up' } });
  }
  return route;
}

function requireParty(parts: BindingParts, party: Party): void {
  if (nameOf(parts, party) === undefined) {
    throw new AppError('not-found', { details: { reason: party.kind, id: party.id } });
  }
}

function nameOf({ contacts, people }: BindingParts, { kind, id }: Party): string | undefined {
  return (kind === 'contact' ? contacts.find(id) : people.find(id))?.name;
}

function isSame(one: Party, other: Party): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

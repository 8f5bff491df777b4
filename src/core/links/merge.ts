import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { MergeRecord } from '../db/merge-store.ts';
import { acknowledgeAlarms } from '../incidents/alarms.ts';
import { disarm } from '../incidents/auto-close.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import type { Actor, Undo } from '../incidents/parts.ts';
import { endClocks, restartClock } from '../incidents/run-clock.ts';
import { saveDecision } from '../incidents/save-incident.ts';
import { offerAssets, withdrawAssets } from './offer-assets.ts';
import type { LinkParts } from './parts.ts';
import { recounted, tellChats } from './recount.ts';

type At = { readonly id: number; readonly expected: number };

export type Merge = { readonly intoId: number; readonly expected: number; readonly others: readonly At[] };

/**
 * Letters of the others move into one; the others end as merged and keep all that is theirs, so that each can be taken
 * apart. The guards of closing ask nothing here: nothing is closed. Throws `conflict` (reasons `stale`, `merge-self`,
 * `merge-finished`, `merge-dismissed`, `merged-away`, each with `code`), `not-found`.
 */
export function mergeIncidents(
  parts: LinkParts,
  { intoId, expected, others }: Merge,
  actor: Actor,
): Undo & { readonly intoId: number; readonly code: string } {
  return parts.db.transact((revision) => {
    const target = parts.incidents.requireAt(intoId, expected);
    requireStanding(target);
    // Letters of what is open would be buried in what nobody looks at any more.
    if (target.finishedAt !== null) refuse('merge-finished', target);
    const merged = others.map(({ id, expected: seen }) => {
      const source = parts.incidents.requireAt(id, seen);
      if (source.id === intoId) refuse('merge-self', source);
      requireStanding(source);
      return mergeOne(parts, source, intoId, actor, revision);
    });
    return { intoId, code: target.code, undo: tellTarget(parts, intoId, merged, actor, revision) };
  });
}

type Merged = { readonly id: number; readonly code: string; readonly letters: number };

function mergeOne(
  parts: LinkParts,
  source: IncidentRecord,
  intoId: number,
  actor: Actor,
  revision: number,
): Merged {
  const { id, code } = source;
  acknowledgeAlarms(parts, id, actor, revision);
  endClocks(parts, id, 'merged', actor);
  const conversationIds = parts.merges.conversationsOf(id);
  const { count: letters } = parts.merges.countLetters(id);
  for (const conversationId of conversationIds) parts.conversations.setIncident(conversationId, intoId);
  tellChats(parts, parts.merges.lettersOf(conversationIds), revision);
  const now = parts.clock.now();
  const { finishedAt, postponedUntil, autoCloseAt } = source;
  const before = { finishedAt, postponedUntil, autoCloseAt, assetIds: offerAssets(parts, id, intoId) };
  parts.merges.insert({ incidentId: id, intoId, mergedAt: now, before }, conversationIds);
  parts.journal.append({
    kind: 'incident.merged-into',
    subject: 'incident',
    subjectId: id,
    actorId: actor,
    facts: { into: intoId, code: parts.incidents.require(intoId).code, letters },
  });
  const resting = { postponedUntil: null, autoCloseAt: null, finishedAt: finishedAt ?? now, messageCount: 0 };
  saveDecision(parts, { ...parts.incidents.require(id), ...resting, mergedIntoId: intoId }, revision);
  parts.db.touch('message', id);
  return { id, code, letters };
}

function tellTarget(
  parts: LinkParts,
  intoId: number,
  merged: readonly Merged[],
  actor: Actor,
  revision: number,
): number {
  const target = parts.incidents.require(intoId);
  const heard = merged.map(({ id }) => parts.incidents.require(id).lastInboundAt ?? 0);
  // What nobody has read in one of them is not read in the other.
  const lastInboundAt = Math.max(target.lastInboundAt ?? 0, ...heard) || null;
  const sequence = parts.journal.append({
    kind: 'incident.merged',
    subject: 'incident',
    subjectId: intoId,
    actorId: actor,
    facts: { merged },
  });
  saveDecision(parts, recounted(parts, { ...target, lastInboundAt }), revision);
  parts.db.touch('message', intoId);
  parts.db.touch('person');
  return sequence;
}

export type Part = At & { readonly takeLater: boolean };

/**
 * Apart again: its threads return with whatever came in them since, what was moved elsewhere by hand stays there, and
 * its clocks run on as if it had never been merged. Throws `conflict` (reasons `stale`, `not-merged`).
 */
export function partIncident(parts: LinkParts, { id, expected, takeLater }: Part, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    parts.incidents.requireAt(id, expected);
    const merge = requireMerge(parts, id);
    const later = takeLater ? laterLetters(parts, merge) : [];
    return { undo: takeApart(parts, merge, { why: 'hand', actor, later }, revision) };
  });
}

/** Letters that came by the merged one's code: a new thread each, so nothing but the code says whose they are. */
export function laterLetters(parts: LinkParts, { incidentId, intoId }: MergeRecord): number[] {
  const { code } = parts.incidents.require(incidentId);
  return parts.merges.joinedByCode(livingIncident(parts.incidents, intoId).id, code);
}

type Apart = { readonly why: 'hand' | 'undo'; readonly actor: Actor; readonly later: readonly number[] };

/** Returns the journal entry of the one that is by itself again. */
export function takeApart(
  parts: LinkParts,
  merge: MergeRecord,
  { why, actor, later }: Apart,
  revision: number,
): number {
  const { incidentId: id, intoId, before } = merge;
  const holder = livingIncident(parts.incidents, intoId);
  const conversationIds = parts.merges.conversationsIn(merge.id, holder.id);
  for (const conversationId of conversationIds) parts.conversations.setIncident(conversationId, id);
  for (const messageId of later) {
    if (parts.views.incidentOf(messageId) === holder.id) parts.moveRows({ messageId, incidentId: id });
  }
  tellChats(parts, parts.merges.lettersOf([...conversationIds]), revision);
  parts.merges.setParted(merge.id, parts.clock.now());
  withdrawAssets(parts, intoId, before.assetIds);
  for (const clock of parts.clocks.all(id)) {
    if (clock.endedBy === 'merged') restartClock(parts, clock, 'undo', actor);
  }
  const { finishedAt, postponedUntil, autoCloseAt } = before;
  const freed = { finishedAt, postponedUntil, autoCloseAt, mergedIntoId: null };
  const merged = parts.incidents.require(id);
  const source = recounted(parts, { ...merged, ...freed });
  const isSilent = (source.lastMessageAt ?? 0) <= (merged.lastMessageAt ?? 0);
  saveDecision(parts, source, revision);
  // Silence was promised for its own letters, and they were not silent in the other.
  if (autoCloseAt !== null && !isSilent) disarm(parts, source, { why: 'letter', actor }, revision);
  const letters = source.messageCount;
  const sequence = parts.journal.append({
    kind: 'incident.parted',
    subject: 'incident',
    subjectId: id,
    actorId: actor,
    facts: { from: intoId, code: parts.incidents.require(intoId).code, letters, why },
  });
  for (const heldBy of new Set([intoId, holder.id])) {
    parts.journal.append({
      kind: 'incident.part-left',
      subject: 'incident',
      subjectId: heldBy,
      actorId: actor,
      facts: { id, code: source.code, letters, why },
    });
    saveDecision(parts, recounted(parts, parts.incidents.require(heldBy)), revision);
    parts.db.touch('message', heldBy);
  }
  parts.db.touch('message', id);
  parts.db.touch('person');
  return sequence;
}

/** Throws `conflict` (reason `not-merged`). */
export function requireMerge(parts: LinkParts, id: number): MergeRecord {
  const merge = parts.merges.standing(id);
  if (!merge) throw new AppError('conflict', { details: { reason: 'not-merged' } });
  return merge;
}

function requireStanding(incident: IncidentRecord): void {
  if (incident.mergedIntoId !== null) refuse('merged-away', incident);
  if (incident.dismissedAt !== null) refuse('merge-dismissed', incident);
}

function refuse(reason: string, { code }: IncidentRecord): never {
  throw new AppError('conflict', { details: { reason, code } });
}

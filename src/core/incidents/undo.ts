import { AppError, toAppError } from '../../shared/errors.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { undoableKinds } from '../../shared/domain/undoable-kinds.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { SubjectKind } from '../journal/journal.ts';
import { takeBackAssets } from './bind-assets.ts';
import { applyEdit, dismiss, giveTo, moveToType, restoreDismissed, type Edit } from './change-incident.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { saveDecision } from './save-incident.ts';
import { belongsTo } from './subtype.ts';
import { lifeKinds, takeBackLife, takeBackStatus } from './undo-life.ts';
import { takeBackClock } from './undo-clock.ts';

export type UndoParts = IncidentParts & {
  /** Letters are moved by intake; handed in so that incidents need not know it. */
  readonly moveLetterBack: (facts: JournalFacts['incident.letter-moved'], actor: Actor) => void;
  /** What is not the business of incidents: people, lists, settings, letters. Answers whether it knows the kind. */
  readonly takeBackOther?: (entry: JournalRow, actor: Actor, revision: number) => boolean;
};

export type Undone = {
  /** Puts back what was taken back; null where that cannot be. */
  readonly undo: number | null;
  /** Of a decision about many: what somebody has changed since. */
  readonly refused: readonly RefusedPart[];
};

type RefusedPart = { readonly id: number; readonly error: AppError };

/**
 * Takes one command back, if what it set still stands. Throws `not-found`, or `conflict` (reasons `not-undoable`,
 * `changed-since`): what somebody decided later is not silently thrown away.
 */
export function undo(parts: UndoParts, sequence: number, actor: Actor): Undone {
  return parts.db.transact((revision) => {
    const entry = requireUndoable(parts, sequence);
    const before = parts.journal.lastSequence();
    const refused = revert(parts, entry, actor, revision);
    const entries = inverse(parts, entry, before);
    const isIncident = entry.subjectKind === 'incident';
    const undone = parts.journal.append({
      kind: isIncident ? 'incident.undone' : 'desk.undone',
      subject: entry.subjectKind as SubjectKind,
      subjectId: entry.subjectId,
      actorId: actor,
      facts: { sequence, event: entry.kind, entries },
    });
    return { undo: entries.length > 0 ? undone : null, refused };
  });
}

/** Why it cannot be taken back now, or null when it can: it is tried, and nothing of the trial stays. */
export function whyNotUndo(parts: UndoParts, sequence: number, actor: Actor): string | null {
  const trial = new Error('rehearsal');
  try {
    parts.db.transact(() => {
      undo(parts, sequence, actor);
      throw trial;
    });
  } catch (thrown) {
    if (thrown === trial) return null;
    return toAppError(thrown).reason ?? toAppError(thrown).code;
  }
  return null;
}

function requireUndoable(parts: UndoParts, sequence: number): JournalRow {
  const entry = parts.journal.find(sequence);
  if (!entry) throw new AppError('not-found', { details: { reason: 'journal-entry' } });
  if (!undoableKinds.has(entry.kind)) throw new AppError('conflict', { details: { reason: 'not-undoable' } });
  return entry;
}

/** Their entries are of many incidents. */
const wholeKinds: ReadonlySet<string> = new Set([
  'incident.merged',
  'desk.bulk-done',
  'desk.undone',
  'person.work-given',
]);

/** What taking back wrote of the same subject: taking that back puts it back. The same told twice is one. */
function inverse(parts: UndoParts, entry: JournalRow, after: number): number[] {
  const isWhole = wholeKinds.has(entry.kind);
  const told = new Map<string, number>();
  for (const row of parts.journal.since(after)) {
    const isOwn = row.subjectKind === entry.subjectKind && row.subjectId === entry.subjectId;
    if (!undoableKinds.has(row.kind) || !(isWhole || isOwn)) continue;
    told.set(`${row.kind} ${row.subjectId} ${row.payload}`, row.sequence);
  }
  return [...told.values()];
}

/** Answers what of a decision about many stays as it is. */
function revert(parts: UndoParts, entry: JournalRow, actor: Actor, revision: number): RefusedPart[] {
  switch (entry.kind) {
    case 'desk.bulk-done':
    case 'person.work-given':
      return revertMany(parts, facts<'desk.bulk-done' | 'person.work-given'>(entry).entries, actor, revision);
    case 'desk.undone':
    case 'incident.undone': {
      const { entries = [] } = facts<'incident.undone'>(entry);
      if (entries.length === 0) throw new AppError('conflict', { details: { reason: 'not-undoable' } });
      if (entry.kind === 'desk.undone') return revertMany(parts, entries, actor, revision);
      for (const sequence of entries.toReversed()) {
        revert(parts, requireUndoable(parts, sequence), actor, revision);
      }
      return [];
    }
    case 'incident.closed':
      for (const sequence of facts<'incident.closed'>(entry).entries.toReversed()) {
        revert(parts, requireUndoable(parts, sequence), actor, revision);
      }
      return [];
    default:
      if (parts.takeBackOther?.(entry, actor, revision)) return [];
      if (entry.subjectKind !== 'incident')
        throw new AppError('conflict', { details: { reason: 'not-undoable' } });
      takeBack(parts, entry, actor, revision);
      return [];
  }
}

/** Each by itself: one that somebody changed since keeps none of the others. Throws when nothing could be taken back. */
function revertMany(
  parts: UndoParts,
  entries: readonly number[],
  actor: Actor,
  revision: number,
): RefusedPart[] {
  const refused: RefusedPart[] = [];
  for (const sequence of entries.toReversed()) {
    const entry = requireUndoable(parts, sequence);
    try {
      parts.db.attempt(() => revert(parts, entry, actor, revision));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      refused.push({ id: entry.subjectId, error: thrown });
    }
  }
  const [first] = refused;
  if (first && refused.length === entries.length) throw first.error;
  return refused;
}

function takeBack(parts: UndoParts, entry: JournalRow, actor: Actor, revision: number): void {
  const incident = parts.incidents.require(entry.subjectId);
  switch (entry.kind) {
    case 'incident.status-changed':
      takeBackStatus(parts, incident, entry, actor, revision);
      return;
    case 'incident.type-changed': {
      const { from, to, subtypeId = null } = facts<'incident.type-changed'>(entry);
      requireStill(incident.typeId === to && belongsTo(parts, incident.subtypeId, from));
      moveToType(parts, incident, from, actor, revision);
      const back = { ...parts.incidents.require(incident.id), subtypeId: subtypeId ?? incident.subtypeId };
      saveDecision(parts, back, revision);
      return;
    }
    case 'incident.assigned': {
      const { from, to } = facts<'incident.assigned'>(entry);
      requireStill(incident.assigneeId === to);
      giveTo(parts, incident, { personId: from, why: 'undo', actor }, revision);
      return;
    }
    case 'incident.edited': {
      const { changes } = facts<'incident.edited'>(entry);
      const current: Record<string, unknown> = {
        ...incident,
        categoryIds: parts.incidents.categories(incident.id),
      };
      requireStill(
        Object.entries(changes).every(([key, { to }]) => JSON.stringify(current[key]) === JSON.stringify(to)),
      );
      const back = Object.fromEntries(Object.entries(changes).map(([key, { from }]) => [key, from]));
      applyEdit(parts, incident, back as Edit, actor, revision);
      return;
    }
    case 'incident.restored':
      requireStill(incident.dismissedAt === null);
      dismiss(parts, { id: incident.id, expected: revision, ruleId: null }, actor);
      return;
    case 'incident.dismissed':
      requireStill(incident.dismissedAt !== null);
      restoreDismissed(parts, incident, 'undo', actor, revision);
      return;
    case 'incident.clock-paused':
    case 'incident.clock-resumed':
    case 'incident.work-begun':
    case 'incident.work-ended':
    case 'incident.work-corrected':
      takeBackClock(parts, incident.id, entry, actor);
      saveDecision(parts, incident, revision);
      return;
    case 'incident.letter-moved':
      parts.moveLetterBack(facts<'incident.letter-moved'>(entry), actor);
      return;
    case 'incident.messages-taken': {
      const { letters } = facts<'incident.messages-taken'>(entry);
      for (const letter of letters.toReversed()) {
        parts.moveLetterBack({ ...letter, to: incident.id, why: 'undo' }, actor);
      }
      return;
    }
    case 'incident.asset-bound':
    case 'incident.asset-unbound': {
      const wasBound = entry.kind === 'incident.asset-bound';
      takeBackAssets(
        parts,
        incident,
        { ...facts<'incident.asset-unbound'>(entry), wasBound },
        actor,
        revision,
      );
      return;
    }
    default:
      if (lifeKinds.has(entry.kind)) return takeBackLife(parts, incident, entry, actor, revision);
      throw new AppError('conflict', { details: { reason: 'not-undoable' } });
  }
}

function requireStill(stands: boolean): void {
  if (!stands) throw new AppError('conflict', { details: { reason: 'changed-since' } });
}

function facts<K extends keyof JournalFacts>(entry: JournalRow): JournalFacts[K] {
  return JSON.parse(entry.payload) as JournalFacts[K];
}

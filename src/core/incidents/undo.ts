import { AppError } from '../../shared/errors.ts';
import { undoableKinds, type JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { JournalRow } from '../db/journal-store.ts';
import { takeBackAssets } from './bind-assets.ts';
import {
  applyEdit,
  giveTo,
  moveToStatus,
  moveToType,
  restoreDismissed,
  type Edit,
} from './change-incident.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { pauseClock, resumeClock } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';

type Parts = IncidentParts & {
  /** Letters are moved by intake; handed in so that incidents need not know it. */
  readonly moveLetterBack: (facts: JournalFacts['incident.letter-moved'], actor: Actor) => void;
};

/**
 * Takes one command back, if what it set still stands. Throws `not-found`, or `conflict` (reasons `not-undoable`,
 * `changed-since`): what somebody decided later is not silently thrown away.
 */
export function undo(parts: Parts, sequence: number, actor: Actor): void {
  parts.db.transact((revision) => {
    const entry = parts.journal.find(sequence);
    if (!entry) throw new AppError('not-found', { details: { reason: 'journal-entry' } });
    if (!undoableKinds.has(entry.kind))
      throw new AppError('conflict', { details: { reason: 'not-undoable' } });
    takeBack(parts, entry, actor, revision);
    parts.journal.append({
      kind: 'incident.undone',
      subject: 'incident',
      subjectId: entry.subjectId,
      actorId: actor,
      facts: { sequence, event: entry.kind },
    });
  });
}

function takeBack(parts: Parts, entry: JournalRow, actor: Actor, revision: number): void {
  const incident = parts.incidents.require(entry.subjectId);
  switch (entry.kind) {
    case 'incident.status-changed': {
      const { from, to } = facts<'incident.status-changed'>(entry);
      requireStill(incident.statusId === to);
      moveToStatus(parts, incident, { statusId: from, why: 'undo', actor }, revision);
      return;
    }
    case 'incident.type-changed': {
      const { from, to } = facts<'incident.type-changed'>(entry);
      requireStill(incident.typeId === to);
      moveToType(parts, incident, from, actor, revision);
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
    case 'incident.dismissed':
      requireStill(incident.dismissedAt !== null);
      restoreDismissed(parts, incident, 'undo', actor, revision);
      return;
    case 'incident.clock-paused':
      resumeClock(parts, incident.id, actor);
      saveDecision(parts, incident, revision);
      return;
    case 'incident.clock-resumed':
      pauseClock(parts, incident.id, 'undo', actor);
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
      takeBackAssets(parts, incident, facts<'incident.asset-unbound'>(entry), wasBound, revision);
      return;
    }
    default:
      throw new AppError('conflict', { details: { reason: 'not-undoable' } });
  }
}

function requireStill(stands: boolean): void {
  if (!stands) throw new AppError('conflict', { details: { reason: 'changed-since' } });
}

function facts<K extends keyof JournalFacts>(entry: JournalRow): JournalFacts[K] {
  return JSON.parse(entry.payload) as JournalFacts[K];
}

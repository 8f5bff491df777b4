import type { PultContract } from '../../../shared/contract/index.ts';
import type { JournalFacts } from '../../../shared/domain/journal-kinds.ts';
import { undoableKinds } from '../../../shared/domain/undoable-kinds.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { JournalRow } from '../../db/journal-store.ts';
import type { IncidentParts } from '../../incidents/parts.ts';
import { whyNotUndo } from '../../incidents/undo.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

/** Older ones have long been built upon. */
const mostTried = 60;

export function undoHandlers({ desk, undoParts }: DeskParts): Pick<Handlers<PultContract, Context>, 'undo'> {
  return {
    undo: {
      ofIncident({ incidentId }, context) {
        const history = desk.journal.ofSubject('incident', incidentId);
        const gone = takenBack(history);
        const entries = history
          .filter(({ kind }) => undoableKinds.has(kind))
          .slice(-mostTried)
          .map(({ sequence }) => ({
            sequence,
            why: gone.has(sequence) ? 'already-undone' : whyNotUndo(undoParts, sequence, actorOf(context)),
          }));
        return { entries };
      },
    },
  };
}

/** What was taken back and not put back since. */
function takenBack(history: readonly JournalRow[]): ReadonlySet<number> {
  const gone = new Set<number>();
  for (const { kind, payload } of history) {
    if (kind !== 'incident.undone') continue;
    gone.add((JSON.parse(payload) as JournalFacts['incident.undone']).sequence);
  }
  return gone;
}

/** Answers besides what the command answers the entry that takes it back: the last it wrote that can be. */
export function withUndo<T extends object>(
  { db, journal }: Pick<IncidentParts, 'db' | 'journal'>,
  run: () => T,
): T & { readonly undo: number | null } {
  const { value, undo } = db.transact(() => {
    const before = journal.lastSequence();
    const done: { readonly value: T } = { value: run() };
    const written = journal.since(before).findLast(({ kind }) => undoableKinds.has(kind));
    return { ...done, undo: written?.sequence ?? null };
  });
  return { ...value, undo };
}

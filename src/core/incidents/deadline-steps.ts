import type { DeadlineStep } from '../../shared/contract/incidents.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { JournalRow } from '../db/journal-store.ts';

/** How each journal entry about a clock reads in "why this deadline". */
const stepOf: Readonly<Record<string, string>> = {
  'incident.clock-started': 'started',
  'incident.type-changed': 'target-set',
  'incident.clock-paused': 'paused',
  'incident.clock-resumed': 'resumed',
  'incident.clock-ended': 'ended',
  'incident.clock-restarted': 'restarted',
};

/** Every step that led to the second on the clock, oldest first, with the deadline as the last one. */
export function deadlineSteps(
  clock: ClockRecord | undefined,
  history: readonly JournalRow[],
): DeadlineStep[] {
  if (!clock) return [];
  const steps = history.flatMap((entry) => {
    const step = stepOf[entry.kind];
    if (step === undefined) return [];
    const facts = JSON.parse(entry.payload) as Record<string, string | number | null>;
    return [{ step, at: step === 'started' ? clock.startedAt : entry.at, facts }];
  });
  if (clock.dueAt !== null) {
    steps.push({
      step: 'due',
      at: clock.dueAt,
      facts: { targetMs: clock.targetMs, calendar: 'around-the-clock' },
    });
  }
  return steps;
}

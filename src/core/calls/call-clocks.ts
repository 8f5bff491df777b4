import { callClockKinds, callClockOf, type CallClockKind } from '../../shared/domain/calls.ts';
import type { CallRecord } from '../db/call-store.ts';
import type { CallParts } from './call-parts.ts';

const minuteMs = 60_000;

/** The clock of the state it has come to runs, every other ends; one that goes on keeps the time it began. */
export function clocksFollow(parts: CallParts, call: CallRecord, at: number): void {
  const running = callClockOf(call.state);
  const known = new Map(parts.turns.clocks(call.id).map((clock) => [clock.kind, clock]));
  for (const kind of callClockKinds) {
    const clock = known.get(kind);
    if (kind === running) {
      const dueAt = clock?.dueAt ?? at + normMs(parts, call, kind);
      const isLate = dueAt <= parts.clock.now();
      const startedAt = clock?.startedAt ?? at;
      if (!clock || clock.endedAt !== null) {
        // One that was late before it stood still has sounded already.
        parts.turns.setClock(
          call.id,
          { kind, startedAt, dueAt, endedAt: null },
          clock !== undefined && isLate,
        );
      }
    } else if (clock && isAhead(kind, running)) {
      // Back with nobody: arriving and finishing are counted anew for whoever comes next.
      parts.turns.removeClock(call.id, kind);
    } else if (clock && clock.endedAt === null) {
      parts.turns.setClock(call.id, { ...clock, endedAt: Math.max(clock.startedAt, at) }, true);
    }
  }
}

function isAhead(kind: CallClockKind, running: CallClockKind | null): boolean {
  return running !== null && callClockKinds.indexOf(kind) > callClockKinds.indexOf(running);
}

function normMs(parts: CallParts, { urgency }: CallRecord, kind: CallClockKind): number {
  return parts.callSettings.get()[urgency][kind] * minuteMs;
}

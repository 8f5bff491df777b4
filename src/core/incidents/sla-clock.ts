import { riskBeforeMs } from '../../shared/domain/clock-state.ts';
import type { WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import type { ClockRecord, PauseRecord } from '../db/clock-store.ts';

const minuteMs = 60_000;

/** Counted time up to `now` without the pauses; an open pause counts as paused until `now`. */
function consumedMs(
  clock: ClockRecord,
  pauses: readonly PauseRecord[],
  now: number,
  calendar: WorkingCalendar,
): number {
  const pausedMs = pauses.reduce((sum, pause) => {
    const from = Math.max(pause.startedAt, clock.startedAt);
    const to = Math.min(pause.endedAt ?? now, now);
    return to > from ? sum + calendar.between(from, to) : sum;
  }, 0);
  return calendar.between(clock.startedAt, now) - pausedMs;
}

/** The clock with its deadlines worked out anew from start, target and pauses; never from an earlier deadline. */
export function withDeadline(
  clock: ClockRecord,
  pauses: readonly PauseRecord[],
  now: number,
  calendar: WorkingCalendar,
): ClockRecord {
  const idle = { ...clock, riskAt: null, dueAt: null, remainingMs: null };
  if (clock.targetMs === null) return idle;
  const at = clock.endedAt ?? now;
  const leftMs = clock.targetMs - consumedMs(clock, pauses, at, calendar);
  if (clock.pausedAt !== null && clock.endedAt === null) return { ...idle, remainingMs: leftMs };
  const dueAt = calendar.add(at, leftMs);
  const riskAt = calendar.add(dueAt, -riskBeforeMs(clock.targetMs));
  // A deadline that moved into the future may alarm again.
  return {
    ...clock,
    remainingMs: null,
    riskAt,
    dueAt,
    riskRaised: riskAt > now ? 0 : clock.riskRaised,
    overdueRaised: dueAt > now ? 0 : clock.overdueRaised,
  };
}

export function targetMsOf(slaMinutes: number | null): number | null {
  return slaMinutes === null ? null : slaMinutes * minuteMs;
}

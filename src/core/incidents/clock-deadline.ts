import { riskBeforeMs } from '../../shared/domain/clock-state.ts';
import type { WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import type { ClockRecord, PauseRecord } from '../db/clock-store.ts';

const minuteMs = 60_000;
const whole = 100;

/** By what a clock counts. */
export type Counting = {
  readonly calendar: WorkingCalendar;
  /** Percents of the target at which it warns, rising. */
  readonly warnPercents: readonly number[];
};

type Stretch = { readonly from: number; readonly to: number };

/** The clock with its deadlines worked out anew from start, target and pauses; never from an earlier deadline. */
export function withDeadline(
  clock: ClockRecord,
  pauses: readonly PauseRecord[],
  now: number,
  { calendar, warnPercents }: Counting,
): ClockRecord {
  const idle = { ...clock, riskAt: null, dueAt: null, remainingMs: null, warnAt: null };
  const { targetMs } = clock;
  if (targetMs === null) return idle;
  const stretches = runningStretches(clock, pauses);
  if (clock.pausedAt !== null && clock.endedAt === null) {
    const countedMs = stretches.reduce((sum, { from, to }) => sum + calendar.between(from, to), 0);
    return { ...idle, remainingMs: targetMs - countedMs };
  }
  const after = (ms: number) => momentAfter(stretches, ms, calendar);
  const dueAt = after(targetMs);
  const riskAt = after(targetMs - riskBeforeMs(targetMs));
  const steps = warnPercents.map((percent) => after(Math.round((targetMs * percent) / whole)));
  // A deadline that moved into the future may alarm again.
  const warned = Math.min(clock.warned, steps.filter((at) => at <= now).length);
  return {
    ...clock,
    remainingMs: null,
    riskAt,
    dueAt,
    warned,
    warnAt: clock.endedAt === null ? (steps[warned] ?? null) : null,
    riskRaised: riskAt > now ? 0 : clock.riskRaised,
    overdueRaised: dueAt > now ? 0 : clock.overdueRaised,
  };
}

/** What lies between the pauses, oldest first; the last one is open unless the clock is paused. */
function runningStretches(clock: ClockRecord, pauses: readonly PauseRecord[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from = clock.startedAt;
  for (const pause of pauses.toSorted((one, other) => one.startedAt - other.startedAt)) {
    if (pause.startedAt > from) stretches.push({ from, to: pause.startedAt });
    // A pause that goes on has no stretch behind it.
    if (pause.endedAt === null && clock.endedAt === null) return stretches;
    from = Math.max(from, pause.endedAt ?? pause.startedAt);
  }
  stretches.push({ from, to: Number.POSITIVE_INFINITY });
  return stretches;
}

/** The first moment at which `ms` have been counted; a pause after it no longer moves it. */
function momentAfter(stretches: readonly Stretch[], ms: number, calendar: WorkingCalendar): number {
  let leftMs = ms;
  for (const { from, to } of stretches) {
    if (to === Number.POSITIVE_INFINITY) return calendar.add(from, leftMs);
    const countsMs = calendar.between(from, to);
    if (countsMs >= leftMs) return calendar.add(from, leftMs);
    leftMs -= countsMs;
  }
  return calendar.add(stretches.at(-1)?.to ?? 0, leftMs);
}

export function targetMsOf(minutes: number | null): number | null {
  return minutes === null ? null : minutes * minuteMs;
}

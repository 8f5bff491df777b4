/** Facts of a clock; calendar time, epoch milliseconds. */
export type ClockFacts = {
  readonly targetMs: number | null;
  readonly riskAt: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly remainingMs: number | null;
  readonly endedAt: number | null;
};

export type ClockState = 'no-target' | 'running' | 'at-risk' | 'overdue' | 'paused' | 'met' | 'breached';

export type ClockReading = {
  readonly state: ClockState;
  /** Until the deadline, negative past it; while paused what is kept; null without a target. */
  readonly leftMs: number | null;
};

const statusReason = 'status:';

/** The reason of a pause that a status began; the status ends it. */
export function statusPause(statusId: number): string {
  return `${statusReason}${statusId}`;
}

/** The status that holds a clock, or undefined when a person does. */
export function pausingStatus(reason: string | null): number | undefined {
  const id = isStatusPause(reason) ? Number(reason?.slice(statusReason.length)) : Number.NaN;
  return Number.isInteger(id) ? id : undefined;
}

export function isStatusPause(reason: string | null): boolean {
  return reason?.startsWith(statusReason) ?? false;
}

const hourMs = 3_600_000;

/** A clock is at risk when a quarter of its time is left, or one hour, whichever is less. */
export function riskBeforeMs(targetMs: number): number {
  return Math.min(Math.floor(targetMs / 4), hourMs);
}

/** Pure, so that the page and core agree to the second whatever the machine slept through. */
export function readClock(clock: ClockFacts, now: number): ClockReading {
  if (clock.endedAt !== null) {
    if (clock.dueAt === null) return { state: 'met', leftMs: null };
    return { state: clock.endedAt <= clock.dueAt ? 'met' : 'breached', leftMs: clock.dueAt - clock.endedAt };
  }
  if (clock.pausedAt !== null) return { state: 'paused', leftMs: clock.remainingMs };
  if (clock.dueAt === null || clock.riskAt === null) return { state: 'no-target', leftMs: null };
  const leftMs = clock.dueAt - now;
  if (leftMs < 0) return { state: 'overdue', leftMs };
  return { state: now >= clock.riskAt ? 'at-risk' : 'running', leftMs };
}

import type { ClockView } from '../../shared/contract/incidents.ts';
import { readClock, type ClockState } from '../../shared/domain/clock-state.ts';
import type { Urgency } from '../ui/status-glyph.tsx';

export type ClockReadout = {
  readonly state: ClockState | 'none';
  readonly urgency: Urgency;
  /** What ticks; null when a word stands instead of a number. */
  readonly leftMs: number | null;
};

const urgencies: Record<ClockState, Urgency> = {
  'no-target': 'quiet',
  running: 'calm',
  'at-risk': 'risk',
  overdue: 'overdue',
  paused: 'quiet',
  met: 'done',
  breached: 'quiet',
};

/** How urgent a clock is and what it shows; without a clock there is nothing to hurry for. */
export function readoutOf(clock: ClockView | null, now: number): ClockReadout {
  if (!clock) return { state: 'none', urgency: 'quiet', leftMs: null };
  const { state, leftMs } = readClock(clock, now);
  const ticking = state === 'running' || state === 'at-risk' || state === 'overdue';
  return { state, urgency: clock.merged ? 'quiet' : urgencies[state], leftMs: ticking ? leftMs : null };
}

import type { OnCallWindow } from '../../../../shared/contract/technicians.ts';
import { fromWall, toWall } from '../../../lib/wall-time.ts';

export type Day = { readonly from: number; readonly to: number };

const dayMs = 86_400_000;

/** The seven days of a week on the clocks of the zone, from Monday; `offset` weeks from the one of `now`. */
export function weekOf(now: number, zone: string, offset: number): readonly Day[] {
  const today = Date.parse(`${toWall(now, zone).slice(0, 10)}T00:00:00Z`);
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * dayMs + offset * 7 * dayMs;
  const starts = Array.from({ length: 8 }, (_, index) => {
    const day = new Date(monday + index * dayMs).toISOString().slice(0, 10);
    return fromWall(`${day}T00:00`, zone) ?? monday + index * dayMs;
  });
  return starts.slice(0, 7).map((from, index) => ({ from, to: starts[index + 1] ?? from + dayMs }));
}

/** As much of each window as falls into the day. */
export function withinDay(windows: readonly OnCallWindow[], day: Day): readonly OnCallWindow[] {
  return windows
    .map((window) => ({
      ...window,
      from: Math.max(window.from, day.from),
      to: Math.min(window.to, day.to),
    }))
    .filter(({ from, to }) => from < to);
}

/** Hours of a day that nobody stands. */
export function gapsOf(windows: readonly OnCallWindow[], day: Day): readonly Day[] {
  const gaps: Day[] = [];
  let covered = day.from;
  for (const { from, to } of withinDay(windows, day).toSorted((a, b) => a.from - b.from)) {
    if (from > covered) gaps.push({ from: covered, to: from });
    covered = Math.max(covered, to);
  }
  if (covered < day.to) gaps.push({ from: covered, to: day.to });
  return gaps;
}

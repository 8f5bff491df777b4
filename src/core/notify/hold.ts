import { addDays, localDay, localText, startOfDay } from '../../shared/domain/local-day.ts';
import type { ReachLimit } from '../../shared/contract/ladders.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** The end of the quiet hours that run at this moment; undefined when none do. From and to the same is the whole day. */
export function quietUntil(limit: ReachLimit, deskZone: string, at: number): number | undefined {
  const { quietFrom: from, quietTo: to } = limit;
  if (from === null || to === null) return undefined;
  const zone = limit.zone === '' ? deskZone : limit.zone;
  const minute = minuteOf(at, zone);
  const isOvernight = to <= from;
  const isQuiet = isOvernight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return undefined;
  const today = localDay(at, zone);
  const day = isOvernight && minute >= from ? addDays(today, 1) : today;
  const end = startOfDay(day, zone) + to * minuteMs;
  // A day with a clock change is not 24 hours long: the wall clock there decides.
  const off = to - minuteOf(end, zone);
  return Math.max(end + (Math.abs(off) < 180 ? off * minuteMs : 0), at + 1);
}

function minuteOf(at: number, zone: string): number {
  const text = localText(at, zone);
  return Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
}

/** When there is room again in the hour; `starts` are those of the last hour, oldest first. */
export function throttledUntil(
  { hourlyLimit }: Pick<ReachLimit, 'hourlyLimit'>,
  starts: readonly number[],
): number | undefined {
  if (hourlyLimit === null || starts.length < hourlyLimit) return undefined;
  const first = starts.at(starts.length - hourlyLimit);
  return first === undefined ? undefined : first + hourMs;
}

import type { Zone } from './zone.ts';

/** Time that counts for a clock. Negative amounts walk backwards. All in milliseconds. */
export type WorkingCalendar = {
  /** The first moment at which `ms` of counted time have passed since `from`; walking backwards, the last. */
  add(from: number, ms: number): number;
  /** Counted time between two moments; negative when they stand the other way round. */
  between(from: number, to: number): number;
};

/** Every second counts: emergencies have no office hours. */
export const aroundTheClock: WorkingCalendar = {
  add: (from, ms) => from + ms,
  between: (from, to) => to - from,
};

export type DayKind = 'off' | 'short' | 'work';

/** From and to, in minutes after the local midnight; `to` may pass 1440 into the next day. */
export type DayHours = readonly (readonly [number, number])[];

export type CalendarHours = {
  /** Seven, from Monday. */
  readonly week: readonly DayHours[];
  /** Days of the production calendar by YYYY-MM-DD; empty for a calendar that does not follow it. */
  readonly days: ReadonlyMap<string, DayKind>;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;
const dayMinutes = 1440;
const shortByMinutes = 60;
const friday = 4;
/** 1 January 1970 was a Thursday. */
const epochWeekday = 3;
/** A calendar that has so few hours ends nothing in anybody's life. */
const farthestYears = 100;

type Year = {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Counted time of the year before each piece. */
  readonly before: readonly number[];
  readonly totalMs: number;
};

/**
 * A moment counts when a clock on the wall of the zone shows working time, so an hour that comes twice counts twice and
 * one that is skipped does not count. Each year is worked out once; `add` and `between` then cost a search in it.
 */
export function compileCalendar(hours: CalendarHours, zone: Zone): WorkingCalendar {
  const years = new Map<number, Year>();
  const yearOf = (year: number): Year => {
    const known = years.get(year);
    if (known) return known;
    const made = compileYear(hours, zone, year);
    years.set(year, made);
    return made;
  };

  function between(from: number, to: number): number {
    if (to < from) return 0 - between(to, from);
    const last = utcYear(to);
    let countedMs = -countedBefore(yearOf(utcYear(from)), from);
    for (let year = utcYear(from); year < last; year += 1) countedMs += yearOf(year).totalMs;
    return countedMs + countedBefore(yearOf(last), to);
  }

  function forward(from: number, ms: number): number {
    const first = utcYear(from);
    let leftMs = countedBefore(yearOf(first), from) + ms;
    for (let year = first; year < first + farthestYears; year += 1) {
      const pieces = yearOf(year);
      if (leftMs <= pieces.totalMs) {
        const index = lastBelow(pieces.before, leftMs);
        return (pieces.starts[index] ?? from) + leftMs - (pieces.before[index] ?? 0);
      }
      leftMs -= pieces.totalMs;
    }
    return Date.UTC(first + farthestYears, 0);
  }

  function backward(from: number, ms: number): number {
    const first = utcYear(from);
    let leftMs = countedBefore(yearOf(first), from) - ms;
    for (let year = first; year > first - farthestYears; year -= 1) {
      const pieces = yearOf(year);
      if (leftMs >= 0) {
        const index = lastBelow(pieces.before, leftMs + 1);
        return (pieces.starts[index] ?? from) + leftMs - (pieces.before[index] ?? 0);
      }
      leftMs += yearOf(year - 1).totalMs;
    }
    return Date.UTC(first - farthestYears, 0);
  }

  return {
    between,
    add: (from, ms) => (ms === 0 ? from : ms > 0 ? forward(from, ms) : backward(from, -ms)),
  };
}

/** Working stretches within [from, to), oldest first. */
export function workingStretches(
  hours: CalendarHours,
  zone: Zone,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const span of zone.spans(from, to)) {
    const begin = Math.max(span.from, from);
    const end = Math.min(span.to, to);
    // Hours that pass midnight began the day before.
    const firstDay = Math.floor((begin + span.offsetMs) / dayMs) - 1;
    const lastDay = Math.floor((end + span.offsetMs) / dayMs);
    for (let day = firstDay; day <= lastDay; day += 1) {
      for (const [open, close] of hoursOfDay(hours, day)) {
        const midnight = day * dayMs - span.offsetMs;
        const start = Math.max(begin, midnight + open * minuteMs);
        const stop = Math.min(end, midnight + close * minuteMs);
        if (stop > start) stretches.push({ from: start, to: stop });
      }
    }
  }
  return joined(stretches);
}

/** Hours of a day, counted in days since 1970: its weekday's, unless the production calendar says otherwise. */
function hoursOfDay({ week, days }: CalendarHours, day: number): DayHours {
  const own = week[(((day + epochWeekday) % 7) + 7) % 7] ?? [];
  const kind = days.size === 0 ? undefined : days.get(isoDay(day));
  if (kind === undefined) return own;
  if (kind === 'off') return [];
  const like = own.length > 0 ? own : (week[friday] ?? []);
  return kind === 'short' ? shortened(like) : like;
}

/** YYYY-MM-DD of a day counted in days since 1970. */
export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** An hour less at the end of the day, out of as many intervals as it takes. */
function shortened(hours: DayHours): DayHours {
  let lessMinutes = shortByMinutes;
  const kept: (readonly [number, number])[] = [];
  for (const [open, close] of hours.toSorted((one, other) => other[0] - one[0])) {
    const taken = Math.min(lessMinutes, close - open);
    lessMinutes -= taken;
    if (close - taken > open) kept.unshift([open, close - taken]);
  }
  return kept;
}

/** Undefined when a week can be worked by; else what is wrong with it. */
export function weekProblem(week: readonly DayHours[]): 'empty' | 'interval' | 'overlap' | undefined {
  const days = week.map((day) => day.toSorted((one, other) => one[0] - other[0]));
  for (const [index, day] of days.entries()) {
    for (const [order, [open, close]] of day.entries()) {
      const isInside = open >= 0 && open < dayMinutes && close > open && close - open <= dayMinutes;
      if (!isInside) return 'interval';
      const next = day[order + 1] ?? days[(index + 1) % 7]?.[0]?.map((minute) => minute + dayMinutes);
      if (next?.[0] !== undefined && next[0] < close) return 'overlap';
    }
  }
  return days.every((day) => day.length === 0) ? 'empty' : undefined;
}

function compileYear(hours: CalendarHours, zone: Zone, year: number): Year {
  const range = { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) };
  const stretches = workingStretches(hours, zone, range);
  let totalMs = 0;
  const before = stretches.map(({ from, to }) => {
    const sum = totalMs;
    totalMs += to - from;
    return sum;
  });
  return { starts: stretches.map(({ from }) => from), ends: stretches.map(({ to }) => to), before, totalMs };
}

/** Counted time from the beginning of the year to a moment in it. */
function countedBefore({ starts, ends, before }: Year, at: number): number {
  const index = lastBelow(starts, at);
  if (index < 0) return 0;
  return (before[index] ?? 0) + Math.min(at, ends[index] ?? 0) - (starts[index] ?? 0);
}

/** Index of the last of rising numbers that is less than a limit, or -1. */
function lastBelow(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function joined(stretches: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const result: { from: number; to: number }[] = [];
  for (const stretch of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else result.push({ ...stretch });
  }
  return result;
}

function utcYear(at: number): number {
  return new Date(at).getUTCFullYear();
}

import { expect, test } from 'vitest';
import { compileCalendar, type CalendarHours, type DayKind } from '../../shared/domain/working-calendar.ts';
import { compileZone } from '../../shared/domain/zone.ts';
import type { ClockRecord, PauseRecord } from '../db/clock-store.ts';
import { withDeadline } from './clock-deadline.ts';

/**
 * The oracle knows nothing of the calendar's arithmetic: it looks at every second (or, for more cases, at every minute
 * and the seconds at the edges), asks what a clock on the wall shows, and counts.
 */

const given = Number(process.env['PULT_ORACLE_CASES'] ?? 0);
const cases = given > 0 ? given : 2000;
/** Hours open and close on whole minutes, and so do all changes of clocks since 1972. */
const byMinutes = given > 0;

const secondMs = 1000;
const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Zones with moments around which something odd happens to the clocks. */
const places: readonly (readonly [string, readonly string[]])[] = [
  ['Europe/Moscow', ['2010-03-27', '2010-10-30', '2011-03-26', '2014-10-25', '2026-05-01', '2026-12-31']],
  ['America/New_York', ['2026-03-08', '2026-11-01', '2025-03-09', '2025-11-02']],
  ['Australia/Lord_Howe', ['2026-04-04', '2026-10-03', '2025-04-05', '2025-10-04']],
  ['Asia/Kamchatka', ['2010-03-27', '2010-10-30', '2011-03-26', '2026-06-12']],
  ['Asia/Yekaterinburg', ['2011-03-26', '2014-10-25', '2026-02-23']],
  ['Europe/Samara', ['2010-03-27', '2010-10-30', '2011-03-26']],
  ['Pacific/Apia', ['2011-12-29', '2012-03-31', '2011-09-23']],
  ['Pacific/Chatham', ['2026-04-04', '2026-09-26']],
  ['America/Havana', ['2026-03-08', '2026-11-01']],
  ['America/Sao_Paulo', ['2018-11-03', '2019-02-16']],
  ['Africa/Casablanca', ['2026-02-15', '2026-03-22']],
  ['Antarctica/Troll', ['2026-03-29', '2026-10-25']],
  ['Asia/Kathmandu', ['2026-01-01', '1985-12-31']],
  ['Europe/Kaliningrad', ['2011-03-26', '2014-10-25', '2026-11-04']],
  ['UTC', ['2026-12-31', '2024-02-28']],
];

type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

function drawWeek(random: Random): CalendarHours['week'] {
  const kind = random(4);
  const office = [[9 * 60, 13 * 60] as const, [14 * 60, 18 * 60] as const];
  return Array.from({ length: 7 }, (_, weekday) => {
    if (kind === 0) return weekday < 5 ? office : [];
    // Across midnight, closing anywhere before it opens again.
    if (kind === 1) return [[20 * 60, 24 * 60 + random(20 * 60) + 1] as const];
    if (kind === 2) return random(4) === 0 ? [] : [[random(120), 200 + random(1240)] as const];
    const edges = Array.from({ length: 6 }, () => random(1440)).sort((one, other) => one - other);
    const pairs = [0, 2, 4].map((index) => [edges[index]!, edges[index + 1]!] as const);
    return pairs.filter(([open, close]) => close > open);
  });
}

function drawDays(random: Random, around: number): Map<string, DayKind> {
  const days = new Map<string, DayKind>();
  const count = random(5);
  for (let index = 0; index < count; index += 1) {
    const day = new Date(around + (random(12) - 6) * dayMs).toISOString().slice(0, 10);
    days.set(day, (['off', 'short', 'work'] as const)[random(3)]!);
  }
  return days;
}

/** What counts, told minute by minute of a local day. */
function createOracle(hours: CalendarHours, zoneName: string) {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zoneName,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const offsets = new Map<number, number>();
  const days = new Map<number, Uint8Array>();

  function offsetAt(at: number): number {
    const quarter = Math.floor(at / quarterMs);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = Date.parse(`${wall.format(quarter * quarterMs).replace(' ', 'T')}Z`) - quarter * quarterMs;
      offsets.set(quarter, offset);
    }
    return offset;
  }

  function opensOn(local: Date): (readonly [number, number])[] {
    const weekday = (local.getUTCDay() + 6) % 7;
    const own = hours.week[weekday]!;
    switch (hours.days.get(local.toISOString().slice(0, 10))) {
      case 'off':
        return [];
      case 'work':
        return [...(own.length > 0 ? own : hours.week[4]!)];
      case 'short': {
        const minutes = (own.length > 0 ? own : hours.week[4]!).flatMap(([open, close]) =>
          Array.from({ length: close - open }, (_, index) => open + index),
        );
        return minutes
          .sort((one, other) => one - other)
          .slice(0, -60)
          .map((minute) => [minute, minute + 1] as const);
      }
      default:
        return [...own];
    }
  }

  function minutesOf(localDay: number): Uint8Array {
    const known = days.get(localDay);
    if (known) return known;
    const minutes = new Uint8Array(1440);
    for (const back of [0, 1]) {
      for (const [open, close] of opensOn(new Date((localDay - back) * dayMs))) {
        for (let minute = open; minute < close; minute += 1) {
          const here = minute - back * 1440;
          if (here >= 0 && here < 1440) minutes[here] = 1;
        }
      }
    }
    days.set(localDay, minutes);
    return minutes;
  }

  // Neighbouring seconds share their minute, and a Map for each of a hundred million would be the whole cost.
  let minuteNow = Number.NaN;
  let isCounted = false;
  return (at: number): boolean => {
    const minute = Math.floor(at / minuteMs);
    if (minute !== minuteNow) {
      minuteNow = minute;
      const local = at + offsetAt(at);
      const localDay = Math.floor(local / dayMs);
      isCounted = minutesOf(localDay)[Math.floor((local - localDay * dayMs) / minuteMs)] === 1;
    }
    return isCounted;
  };
}

type Counts = (at: number) => boolean;

/** How far one look reaches: a second, or a whole minute in which nothing begins or ends. */
function stepAt(at: number, edges: readonly number[]): number {
  if (!byMinutes || at % minuteMs !== 0) return secondMs;
  return edges.some((edge) => edge > at && edge < at + minuteMs) ? secondMs : minuteMs;
}

type Walk = { readonly counts: Counts; readonly edges: readonly number[] };

/** The end of the second with which the target is reached; undefined when it is too far to walk. */
function walkForward(from: number, targetMs: number, { counts, edges }: Walk): number | undefined {
  let leftMs = targetMs;
  for (let at = from; at < from + 30 * dayMs;) {
    const step = leftMs >= minuteMs ? stepAt(at, edges) : secondMs;
    if (counts(at)) leftMs -= step;
    at += step;
    if (leftMs === 0) return at;
  }
  return undefined;
}

function walkBack(from: number, targetMs: number, counts: Counts): number | undefined {
  let leftMs = targetMs;
  for (let at = from; at > from - 30 * dayMs;) {
    const step = byMinutes && at % minuteMs === 0 && leftMs >= minuteMs ? minuteMs : secondMs;
    at -= step;
    if (counts(at)) leftMs -= step;
    if (leftMs === 0) return at;
  }
  return undefined;
}

function walkBetween(from: number, to: number, counts: Counts): number {
  let countedMs = 0;
  for (let at = from; at < to;) {
    const step = stepAt(at, [to]);
    if (counts(at)) countedMs += step;
    at += step;
  }
  return countedMs;
}

function clockOf(startedAt: number, targetMs: number): ClockRecord {
  const empty = { riskAt: null, dueAt: null, pausedAt: null, remainingMs: null, pauseReason: null };
  const ends = { endedAt: null, endedBy: null, warnAt: null, warned: 0, riskRaised: 0, overdueRaised: 0 };
  return { id: 1, incidentId: 1, kind: 'sla', startedAt, targetMs, ...empty, ...ends };
}

function drawPauses(random: Random, startedAt: number): PauseRecord[] {
  let from = startedAt - random(4) * hourMs;
  return Array.from({ length: random(4) }, (_, id) => {
    from += random(20 * 3600) * secondMs;
    const endedAt = from + random(16 * 3600) * secondMs;
    const pause = { id, clockId: 1, startedAt: from, endedAt, reason: '', actorId: null };
    from = endedAt;
    return pause;
  });
}

const zones = new Map(places.map(([name]) => [name, compileZone(name)]));

/** One case; returns how many comparisons it made. */
function compare(seed: number): number {
  const random = createRandom(seed);
  const [zoneName, moments] = places[random(places.length)]!;
  const odd = Date.parse(`${moments[random(moments.length)]!}T00:00:00Z`);
  const around = random(5) === 0 ? Date.UTC(2010, 0) + random(17 * 365) * dayMs : odd;
  const startedAt = around + (random(4 * 86_400) - 2 * 86_400) * secondMs;
  const hours = { week: drawWeek(random), days: drawDays(random, around) };
  const calendar = compileCalendar(hours, zones.get(zoneName)!);
  const counts = createOracle(hours, zoneName);
  const targetMs = (1 + random(10 * 3600)) * secondMs;
  const told = (what: string) => `case ${seed}: ${what} in ${zoneName}, ${JSON.stringify(hours.week)}`;

  let compared = 0;
  const pauses = drawPauses(random, startedAt);
  const isPaused = (at: number) => pauses.some((pause) => at >= pause.startedAt && at < pause.endedAt!);
  const isCounting = pauses.length === 0 ? counts : (at: number) => counts(at) && !isPaused(at);
  const edges = pauses.flatMap((pause) => [pause.startedAt, pause.endedAt!]);
  const due = walkForward(startedAt, targetMs, { counts: isCounting, edges });
  if (due !== undefined) {
    const counting = { calendar, warnPercents: [] };
    const clock = withDeadline(clockOf(startedAt, targetMs), pauses, startedAt, counting);
    expect(clock.dueAt, told('the deadline')).toBe(due);
    compared += 1;
  }
  const back = walkBack(startedAt, targetMs, counts);
  if (back !== undefined) {
    expect(calendar.add(startedAt, -targetMs), told('backwards')).toBe(back);
    compared += 1;
  }
  const to = startedAt + random(3 * 86_400) * secondMs;
  const countedMs = walkBetween(startedAt, to, counts);
  expect(calendar.between(startedAt, to), told('between')).toBe(countedMs);
  expect(calendar.between(to, startedAt), told('back between')).toBe(0 - countedMs);
  return compared + 1;
}

test(
  'every deadline stands where an oracle that counts second by second finds it',
  {
    timeout: given > 0 ? 3_600_000 : 120_000,
  },
  () => {
    let compared = 0;
    for (let seed = 1; seed <= cases; seed += 1) compared += compare(seed);

    expect(compared).toBeGreaterThan(cases * 2);
  },
);

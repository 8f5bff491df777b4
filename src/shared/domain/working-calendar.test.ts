import { describe, expect, test } from 'vitest';
import { compileCalendar, weekProblem, type CalendarHours, type DayKind } from './working-calendar.ts';
import { compileZone } from './zone.ts';

const minute = 60_000;
const hour = 60 * minute;
const office = [
  [540, 780],
  [840, 1080],
] as const;
const week = [office, office, office, office, office, [], []];
const night = Array.from({ length: 7 }, () => [[20 * 60, 32 * 60] as const]);

const calendar = (hours: Partial<CalendarHours>, zone = 'Europe/Moscow') =>
  compileCalendar({ week, days: new Map(), ...hours }, compileZone(zone));
const days = (...marks: readonly (readonly [string, DayKind])[]) => new Map(marks);
const at = (text: string) => Date.parse(text);

describe('working hours', () => {
  test('leave out lunch, nights and weekends', () => {
    const hours = calendar({});

    // Friday, 17:00 in Moscow, and two hours: an hour is left, the other one is Monday's first.
    expect(hours.add(at('2026-03-13T14:00:00Z'), 2 * hour)).toBe(at('2026-03-16T07:00:00Z'));
    expect(hours.add(at('2026-03-16T07:00:00Z'), -2 * hour)).toBe(at('2026-03-13T14:00:00Z'));
    expect(hours.between(at('2026-03-13T09:30:00Z'), at('2026-03-13T11:30:00Z'))).toBe(hour);
  });

  test('may pass midnight', () => {
    const hours = calendar({ week: night });

    expect(hours.add(at('2026-03-04T12:00:00Z'), 5 * hour)).toBe(at('2026-03-04T22:00:00Z'));
    expect(hours.between(at('2026-03-04T12:00:00Z'), at('2026-03-05T12:00:00Z'))).toBe(12 * hour);
  });

  test('end a deadline with the hours that complete it, not with the next that begin', () => {
    const hours = calendar({});

    expect(hours.add(at('2026-03-13T11:00:00Z'), 4 * hour)).toBe(at('2026-03-13T15:00:00Z'));
    expect(hours.add(at('2026-03-16T06:00:00Z'), -4 * hour)).toBe(at('2026-03-13T11:00:00Z'));
  });
});

describe('the production calendar', () => {
  test('takes a holiday out, an hour off a short day, and makes a moved Saturday a working day', () => {
    const hours = calendar({
      days: days(['2026-03-11', 'off'], ['2026-03-12', 'short'], ['2026-03-14', 'work']),
    });
    const whole = (day: string) => hours.between(at(`${day}T00:00:00+03:00`), at(`${day}T24:00:00+03:00`));

    expect(['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-14', '2026-03-15'].map(whole)).toEqual([
      8 * hour,
      0,
      7 * hour,
      8 * hour,
      0,
    ]);
  });

  test('does not take away the morning that a night before a holiday ends with', () => {
    const hours = calendar({ week: night, days: days(['2026-03-05', 'off']) });

    expect(hours.between(at('2026-03-05T00:00:00+03:00'), at('2026-03-06T00:00:00+03:00'))).toBe(8 * hour);
  });
});

describe('when clocks change', () => {
  const always = [[0, 1440] as const];
  const allDay = Array.from({ length: 7 }, () => always);

  test.each([
    ['America/New_York', '2026-03-08T05:00:00Z', 23],
    ['America/New_York', '2026-11-01T04:00:00Z', 25],
    ['Europe/Moscow', '2014-10-25T20:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', 24.5],
    ['Asia/Kamchatka', '2010-03-27T12:00:00Z', 24],
  ])('a day in %s has the hours it has', (zone, midnight, length) => {
    const hours = calendar({ week: allDay }, zone);
    const next = at(midnight) + length * hour;

    expect(hours.between(at(midnight), next)).toBe(length * hour);
    expect(compileZone(zone).wallMs(next) - compileZone(zone).wallMs(at(midnight))).toBe(24 * hour);
  });

  test('an hour that comes twice counts twice, and one that is skipped not at all', () => {
    const one = Array.from({ length: 7 }, () => [[60, 120] as const]);
    const two = Array.from({ length: 7 }, () => [[120, 180] as const]);
    const day = (week: CalendarHours['week'], from: string) =>
      calendar({ week }, 'America/New_York').between(at(from), at(from) + 20 * hour);

    expect(day(one, '2026-11-01T04:00:00Z')).toBe(2 * hour);
    expect(day(two, '2026-03-08T05:00:00Z')).toBe(0);
  });
});

test('hours that never come end nothing: the walk gives up after a hundred years', () => {
  const hours = calendar({ week: [[], [], [], [], [], [], []] });

  expect(hours.add(at('2026-01-01T00:00:00Z'), hour)).toBe(at('2126-01-01T00:00:00Z'));
});

test('a hundred thousand deadlines are a matter of searches: the years are worked out once', () => {
  const hours = calendar({});
  let last = 0;
  for (let index = 0; index < 100_000; index += 1) {
    last = hours.add(at('2026-03-04T05:30:00Z') + index * 1000, 24 * hour);
  }

  expect(hours.between(at('2026-03-04T05:30:00Z') + 99_999_000, last)).toBe(24 * hour);
});

test.each([
  ['empty', [[], [], [], [], [], [], []]],
  ['interval', [[[600, 600]], [], [], [], [], [], []]],
  ['interval', [[[600, 2100]], [], [], [], [], [], []]],
  [
    'overlap',
    [
      [
        [540, 720],
        [700, 900],
      ],
      [],
      [],
      [],
      [],
      [],
      [],
    ],
  ],
  ['overlap', [[[300, 360]], [], [], [], [], [], [[1200, 1800]]]],
  [undefined, night],
  [undefined, week],
] as const)('a week may be %s', (problem, given) => {
  expect(weekProblem(given)).toBe(problem);
});

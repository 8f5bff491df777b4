import { expect, test } from 'vitest';
import { quietUntil, throttledUntil } from './hold.ts';

const at = (time: string) => Date.parse(`2026-03-04T${time}:00+03:00`);
const limit = { quietFrom: 22 * 60, quietTo: 7 * 60 + 30, zone: '', hourlyLimit: 2 };
const until = (time: number, change: Partial<typeof limit> = {}) =>
  quietUntil({ ...limit, ...change }, 'Europe/Moscow', time);

test('the night ends in the morning, on whichever side of midnight it is asked', () => {
  const morning = at('07:30');

  expect([until(at('03:12')), until(at('07:29'))]).toEqual([morning, morning]);
  expect(until(at('22:00'))).toBe(morning + 86_400_000);
  expect([until(at('07:30')), until(at('21:59'))]).toEqual([undefined, undefined]);
});

test('quiet hours of a day are those of the zone of whoever is left alone', () => {
  const lunch = { quietFrom: 13 * 60, quietTo: 14 * 60 };

  expect(until(at('13:10'), lunch)).toBe(at('14:00'));
  expect(until(at('13:10'), { ...lunch, zone: 'Asia/Yekaterinburg' })).toBeUndefined();
  expect(until(at('11:10'), { ...lunch, zone: 'Asia/Yekaterinburg' })).toBe(at('12:00'));
});

test('the clock on the wall decides on the day that has an hour less', () => {
  const night = Date.parse('2026-03-29T01:30:00+01:00');

  expect(quietUntil({ ...limit, quietTo: 480 }, 'Europe/Berlin', night)).toBe(
    Date.parse('2026-03-29T08:00:00+02:00'),
  );
});

test('there is room when the oldest of the hour has gone by', () => {
  expect(throttledUntil({ hourlyLimit: 2 }, [10])).toBeUndefined();
  expect(throttledUntil({ hourlyLimit: 2 }, [10, 20])).toBe(10 + 3_600_000);
  expect(throttledUntil({ hourlyLimit: 2 }, [10, 20, 30])).toBe(20 + 3_600_000);
  expect(throttledUntil({ hourlyLimit: null }, [10, 20, 30])).toBeUndefined();
});

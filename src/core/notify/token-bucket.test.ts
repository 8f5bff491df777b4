import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createTokenBucket } from './token-bucket.ts';

/** How many are taken while everybody takes whenever there is one. */
async function takenIn(ms: number, perMinute: number): Promise<number> {
  const clock = createFakeClock();
  const bucket = createTokenBucket(perMinute, clock);
  let taken = 0;
  for (let at = 0; at < ms; at += 10) {
    while (bucket.take()) taken += 1;
    await clock.advance(10);
  }
  return taken;
}

test('no second, even the first after a pause, has more than twice what a service allows in one', async () => {
  expect(await takenIn(1000, 900)).toBeLessThanOrEqual(30);
  expect(await takenIn(1000, 1800)).toBeLessThanOrEqual(60);
});

test('a minute and more of waiting messages leaves at the whole rate', async () => {
  expect(await takenIn(60_000, 900)).toBeGreaterThanOrEqual(900);
  expect(await takenIn(600_000, 12)).toBe(120);
});

test('whoever has to wait is told how long, and there is one to take then', async () => {
  const clock = createFakeClock();
  const bucket = createTokenBucket(60, clock);

  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  await clock.advance(bucket.waitMs());

  expect(bucket.take()).toBe(true);
});

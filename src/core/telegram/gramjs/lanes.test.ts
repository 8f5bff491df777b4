import { expect, it } from 'vitest';
import { createFakeClock } from '../../../../test/support/fake-clock.ts';
import type { FloodPause } from '../telegram-port.ts';
import { createLanes, type Priority } from './lanes.ts';
import { createPauses } from './pauses.ts';

const never = new AbortController().signal;

function enterMany(lanes: ReturnType<typeof createLanes>, priority: Priority, count: number) {
  const inside: (() => void)[] = [];
  for (let index = 0; index < count; index += 1) {
    void lanes.enter(priority, never).then((leave) => inside.push(leave));
  }
  return inside;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('leaves room for a person however much the desk does by itself', async () => {
  const lanes = createLanes();
  const background = enterMany(lanes, 'background', 20);
  const user = enterMany(lanes, 'user', 10);
  await settle();

  expect([background.length, user.length]).toEqual([5, 3]);
});

it('lets people in first, everybody in their turn, and nobody twice for one place', async () => {
  const lanes = createLanes();
  const background = enterMany(lanes, 'background', 6);
  const user = enterMany(lanes, 'user', 5);
  await settle();

  background[0]?.();
  background[0]?.();
  await settle();
  expect([background.length, user.length]).toEqual([5, 4]);

  for (const leave of user) leave();
  await settle();
  expect([background.length, user.length]).toEqual([6, 5]);
});

it('forgets who gave up waiting', async () => {
  const lanes = createLanes();
  const inside = enterMany(lanes, 'user', 8);
  const abort = new AbortController();
  const waiting = lanes.enter('user', abort.signal);
  await settle();
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });

  const after = enterMany(lanes, 'user', 1);
  inside[0]?.();
  await settle();

  expect(after).toHaveLength(1);
});

it('a pause longer than a minute is told to the background too, a shorter one is waited for', async () => {
  const clock = createFakeClock();
  const told: FloodPause[] = [];
  const pauses = createPauses(clock, (pause) => void told.push(pause));
  pauses.add('a', 30_000);
  pauses.add('b', 90_000);
  let passed = false;

  const waiting = pauses.pass('a', 'background', never).then(() => (passed = true));
  await expect(pauses.pass('a', 'user', never)).rejects.toMatchObject({ reason: 'flood-wait' });
  await expect(pauses.pass('b', 'background', never)).rejects.toMatchObject({ retryAfterMs: 90_250 });
  await pauses.pass('c', 'user', never);
  await clock.advance(29_000);
  expect(passed).toBe(false);
  await clock.advance(2000);
  await waiting;

  await pauses.pass('a', 'user', never);
  expect(told.map(({ method }) => method)).toEqual(['a', 'b']);
});

it('what is left of a pause is whole milliseconds, as rows and pages keep them', async () => {
  const clock = createFakeClock();
  const elapsed = () => clock.elapsed() + 0.123;
  const pauses = createPauses({ ...clock, elapsed }, () => undefined);
  pauses.add('a', 30_000);
  await clock.advance(0.5);

  await expect(pauses.pass('a', 'user', never)).rejects.toMatchObject({ retryAfterMs: 30_250 });
});

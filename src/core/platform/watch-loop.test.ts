import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from './logger.ts';
import { createWatchLoop } from './watch-loop.ts';

function watching(look: (turn: number) => number | Promise<number>) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const log = { ...silentLogger, error: (_fields: object, event: string) => void lines.push(event) };
  let turns = 0;
  const loop = createWatchLoop({
    name: 'test',
    clock,
    log,
    look() {
      turns += 1;
      return look(turns);
    },
  });
  return { loop, clock, lines, turns: () => turns };
}

test('goes on looking after a look that failed, and says so once', async () => {
  const { loop, clock, lines, turns } = watching((turn) => {
    if (turn === 2 || turn === 3) throw new Error('disk full');
    return 1000;
  });
  loop.start();
  await clock.advance(1000);
  expect(loop.health()).toMatchObject({ state: 'degraded' });

  await clock.advance(11_000);

  expect(turns()).toBeGreaterThanOrEqual(5);
  expect(lines).toEqual(['service.look-failed']);
  expect(loop.health()).toEqual({ state: 'ok' });
  await loop.stop();
});

test('does not miss a call that comes while it looks', async () => {
  let release: () => void = () => {};
  const { loop, clock, turns } = watching((turn) =>
    turn === 1 ? new Promise((resolve) => (release = () => resolve(60_000))) : 60_000,
  );
  loop.start();

  loop.wake();
  release();
  await clock.advance(0);

  expect(turns()).toBe(2);
  await loop.stop();
});

test('leaves no timer when it stops, also twice', async () => {
  const { loop, clock } = watching(() => 60_000);
  loop.start();
  await clock.advance(0);

  await Promise.all([loop.stop(), loop.stop()]);

  expect(clock.sleeping).toBe(0);
  expect(loop.health()).toEqual({ state: 'off' });
});

import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createDiskGuard } from './disk-guard.ts';

const alive = new AbortController().signal;

function guarding(free: () => number) {
  const clock = createFakeClock();
  const guard = createDiskGuard({ dataDir: '/', clock, log: silentLogger, freeBytes: async () => free() });
  return { clock, guard };
}

test('says so below 2 GB, stops intake below 200 MB, and lets it go on when there is room', async () => {
  let free = 3e9;
  const { clock, guard } = guarding(() => free);
  const told = async (bytes: number) => {
    free = bytes;
    await clock.advance(15_000);
    return [guard.state().state, guard.mayStore(), guard.health().state];
  };
  await guard.start(alive);

  expect(await told(1.9e9)).toEqual(['low', true, 'degraded']);
  expect(await told(1.9e8)).toEqual(['full', false, 'needs-attention']);
  expect(await told(3e9)).toEqual(['ok', true, 'ok']);
  await guard.stop();
  expect(clock.sleeping).toBe(0);
});

test('knows that the disk is full before intake starts', async () => {
  const { guard } = guarding(() => 1);

  await guard.start(alive);

  expect(guard.mayStore()).toBe(false);
  await guard.stop();
});

test('a disk that cannot be asked stops neither the start nor the looking', async () => {
  let isAnswering = false;
  const { clock, guard } = guarding(() => {
    if (!isAnswering) throw new Error('EIO');
    return 1;
  });
  await guard.start(alive);

  isAnswering = true;
  await clock.advance(15_000);

  expect(guard.state().state).toBe('full');
  await guard.stop();
});

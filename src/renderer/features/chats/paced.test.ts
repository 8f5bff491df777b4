import { expect, test } from 'vitest';
import { createPaced } from './paced.ts';

/** Work that takes so long by a clock of its own, and rests that are told. */
function begin(workMs: number) {
  let time = 0;
  let runs = 0;
  const rests: number[] = [];
  const ends: (() => void)[] = [];
  const ask = createPaced(
    async () => {
      runs += 1;
      time += workMs;
    },
    {
      now: () => time,
      async sleep(ms) {
        if (ms === 0) return;
        rests.push(ms);
        await new Promise<void>((resolve) => ends.push(resolve));
        time += ms;
      },
    },
  );
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    async ask() {
      ask();
      await turns();
    },
    async rest() {
      ends.shift()?.();
      await turns();
    },
    rests,
    runs: () => runs,
  };
}

test('a single change is shown at once', async () => {
  const { ask, rest, runs } = begin(20);

  await ask();
  expect(runs()).toBe(1);
  await rest();
  await ask();

  expect(runs()).toBe(2);
});

test('what changes meanwhile is shown together, after a rest that grows with the work', async () => {
  const { ask, rest, rests, runs } = begin(40);

  await ask();
  await ask();
  await ask();
  expect(runs()).toBe(1);
  await rest();

  expect(runs()).toBe(2);
  expect(rests).toEqual([80, 80]);
});

test('however heavy the work, what changed is shown a moment after the last time', async () => {
  const { ask, rests } = begin(5000);

  await ask();

  expect(rests).toEqual([120]);
});

import { describe, expect, it } from 'vitest';
import { createFakeClock } from './fake-clock.ts';

describe('the fake clock', () => {
  it('wakes sleepers in order, each at its own time, and those who fall asleep again on the way', async () => {
    const clock = createFakeClock(1_000_000);
    const woken: [string, number][] = [];
    const sleepTwice = async () => {
      await clock.sleep(10);
      woken.push(['a', clock.now()]);
      await clock.sleep(10);
      woken.push(['c', clock.now()]);
    };
    const both = [sleepTwice(), clock.sleep(15).then(() => woken.push(['b', clock.now()]))];

    await clock.advance(30);
    await Promise.all(both);

    expect(woken).toEqual([
      ['a', 1_000_010],
      ['b', 1_000_015],
      ['c', 1_000_020],
    ]);
    expect(clock.now()).toBe(1_000_030);
    expect(clock.sleeping).toBe(0);
  });

  it('cancels a wait when its signal aborts', async () => {
    const clock = createFakeClock();
    const stop = new AbortController();
    const waiting = clock.sleep(1000, stop.signal);

    stop.abort();

    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(clock.sleep(1000, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(clock.sleeping).toBe(0);
  });

  it('jumps the wall clock without waking anybody', async () => {
    const clock = createFakeClock(0);
    let woken = false;
    void clock.sleep(100).then(() => (woken = true));

    clock.jump(3_600_000);
    await clock.advance(50);

    expect(clock.now()).toBe(3_600_050);
    expect(clock.elapsed()).toBe(50);
    expect(woken).toBe(false);
  });
});

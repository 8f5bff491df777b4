import { statfs } from 'node:fs/promises';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type DiskState = { readonly state: 'ok' | 'low' | 'full'; readonly freeBytes: number };

export type DiskGuard = Service & {
  state(): DiskState;
  /** Below 200 MB intake stops before the cursor moves, while reading and answering go on. */
  mayStore(): boolean;
};

type Parts = {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** For tests: a full disk is hard to come by. */
  readonly freeBytes?: (path: string) => Promise<number>;
};

const lowBytes = 2_000_000_000;
const fullBytes = 200_000_000;
const lookMs = 15_000;

export function createDiskGuard({ dataDir, clock, log, freeBytes = freeBytesOf }: Parts): DiskGuard {
  let current: DiskState = { state: 'ok', freeBytes: Number.MAX_SAFE_INTEGER };

  async function look(): Promise<void> {
    const free = await freeBytes(dataDir);
    const state = free < fullBytes ? 'full' : free < lowBytes ? 'low' : 'ok';
    const changed = state !== current.state;
    current = { state, freeBytes: free };
    if (!changed) return;
    log.warn({ state, megabytes: Math.round(free / 1_000_000) }, 'disk.state-changed');
  }

  const loop = createWatchLoop({
    name: 'disk',
    clock,
    log,
    async look() {
      await look();
      return lookMs;
    },
  });

  return {
    name: 'disk',
    state: () => current,
    mayStore: () => current.state !== 'full',
    async start() {
      // Awaited, because intake starts next and must not fill what is full; a failure is told by the loop's own look.
      await look().catch(() => undefined);
      loop.start();
    },
    stop: loop.stop,
    health: () => ({
      state: current.state === 'ok' ? 'ok' : current.state === 'low' ? 'degraded' : 'needs-attention',
      ...(current.state === 'ok' ? {} : { reason: `disk-${current.state}` }),
      facts: { freeBytes: current.freeBytes },
    }),
  };
}

async function freeBytesOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

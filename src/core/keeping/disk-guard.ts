import { statfs } from 'node:fs/promises';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';

export type DiskState = { readonly state: 'ok' | 'low' | 'full'; readonly freeBytes: number };

export type DiskGuard = Service & {
  state(): DiskState;
  /** Below 200 MB intake stops before the cursor moves, while reading and answering go on. */
  mayStore(): boolean;
  onChange(listener: () => void): () => void;
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
  const listeners = new Set<() => void>();
  let current: DiskState = { state: 'ok', freeBytes: Number.MAX_SAFE_INTEGER };
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;

  async function look(): Promise<void> {
    const free = await freeBytes(dataDir);
    const state = free < fullBytes ? 'full' : free < lowBytes ? 'low' : 'ok';
    const changed = state !== current.state;
    current = { state, freeBytes: free };
    if (!changed) return;
    log.warn({ state, megabytes: Math.round(free / 1_000_000) }, 'disk.state-changed');
    for (const listener of listeners) listener();
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(lookMs, signal).catch(() => {
        // Stopped: the loop's condition ends it.
      });
      if (!signal.aborted) await look();
    }
  }

  return {
    name: 'disk',
    state: () => current,
    mayStore: () => current.state !== 'full',
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      await look();
      const stop = new AbortController();
      running = { stop, done: run(stop.signal) };
    },
    async stop() {
      running?.stop.abort();
      await running?.done;
      running = undefined;
    },
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

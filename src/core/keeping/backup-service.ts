import { listBackups, makeBackup, pruneBackups, type BackupReason } from '../db/backup.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type BackupService = Service & { now(reason: BackupReason): Promise<string> };

type Parts = {
  readonly db: Db;
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** A full disk must not be filled with copies. */
  readonly mayStore: () => boolean;
};

const hourMs = 3_600_000;
const lookMs = 60_000;

/** One copy an hour while the desk runs; the first when the newest one is older than that. */
export function createBackupService({ db, directory, clock, log, mayStore }: Parts): BackupService {
  let busy: Promise<string> | undefined;
  let trouble: string | undefined;
  let lastAt: number | undefined;
  let lastElapsed: number | undefined;

  async function make(reason: BackupReason): Promise<string> {
    const startedAt = clock.elapsed();
    const name = await makeBackup(db.connection, directory, clock.now(), reason);
    lastAt = clock.now();
    lastElapsed = clock.elapsed();
    trouble = undefined;
    log.info({ name, ms: Math.round(lastElapsed - startedAt) }, 'backup.made');
    await pruneBackups(directory, lastAt);
    return name;
  }

  function now(reason: BackupReason): Promise<string> {
    busy ??= make(reason).finally(() => {
      busy = undefined;
    });
    return busy;
  }

  /** A clock that was set back must not make a copy a minute until it has caught up: our own count goes on. */
  async function isDue(): Promise<boolean> {
    const newest = (await listBackups(directory))[0];
    const now = clock.now();
    if (!newest || now - newest.at >= hourMs) return true;
    return newest.at > now && (lastElapsed === undefined || clock.elapsed() - lastElapsed >= hourMs);
  }

  const loop = createWatchLoop({
    name: 'backup',
    clock,
    log,
    async look() {
      if (!(await isDue())) return lookMs;
      if (!mayStore()) {
        trouble = 'disk-full';
        return lookMs;
      }
      await now('hourly').catch((error: unknown) => {
        trouble = 'backup-failed';
        log.error({ err: error }, 'backup.failed');
      });
      return lookMs;
    },
  });

  return {
    name: 'backup',
    now,
    async start() {
      loop.start();
    },
    async stop() {
      await loop.stop();
      await busy?.catch(() => {
        // Whoever asked for it has been told.
      });
    },
    health() {
      if (trouble !== undefined) return { state: 'degraded', reason: trouble };
      return { ...loop.health(), ...(lastAt === undefined ? {} : { facts: { lastAt } }) };
    },
  };
}

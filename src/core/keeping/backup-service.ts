import { listBackups, makeBackup, pruneBackups, type BackupReason } from '../db/backup.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, Service } from '../platform/service.ts';

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
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  let busy: Promise<string> | undefined;
  let health: Health = { state: 'off' };

  async function make(reason: BackupReason): Promise<string> {
    const startedAt = clock.elapsed();
    const name = await makeBackup(db.connection, directory, clock.now(), reason);
    await pruneBackups(directory, clock.now());
    log.info({ name, ms: Math.round(clock.elapsed() - startedAt) }, 'backup.made');
    health = { state: 'ok', facts: { lastAt: clock.now() } };
    return name;
  }

  function now(reason: BackupReason): Promise<string> {
    busy ??= make(reason).finally(() => {
      busy = undefined;
    });
    return busy;
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const newest = (await listBackups(directory))[0];
      if ((!newest || clock.now() - newest.at >= hourMs || newest.at > clock.now()) && mayStore()) {
        await now('hourly').catch((error: unknown) => {
          health = { state: 'degraded', reason: 'backup-failed' };
          log.error({ err: error }, 'backup.failed');
        });
      }
      await clock.sleep(lookMs, signal).catch(() => {
        // Stopped: the loop's condition ends it.
      });
    }
  }

  return {
    name: 'backup',
    now,
    async start() {
      health = { state: 'ok' };
      const stop = new AbortController();
      running = { stop, done: run(stop.signal) };
    },
    async stop() {
      running?.stop.abort();
      await running?.done;
      await busy?.catch(() => {
        // Told by the loop already.
      });
      running = undefined;
      health = { state: 'off' };
    },
    health: () => health,
  };
}

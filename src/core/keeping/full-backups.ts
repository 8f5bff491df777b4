import { statSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDir } from '../platform/data-dir.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { checkSet, type SetVerdict } from './check-set.ts';
import { makeFolder, writeDurably } from './durable-files.ts';
import type { KeepingSettingDesk } from './keeping-settings.ts';
import { makeSet, type FilePlaces, type MakeSet } from './make-set.ts';
import { pruneSets } from './prune-sets.ts';
import { deskFolder, listSets, placesOf, type BackupSet, type SetManifest } from './set-manifest.ts';
import type { WorkGate } from './work-gate.ts';

export type FullBackups = Service & {
  /** This desk's folder in the directory of the settings; undefined when none is set. */
  base(): string | undefined;
  make(reason: SetManifest['reason'], directory?: string): Promise<BackupSet>;
  check(path: string, deep: boolean): Promise<SetVerdict>;
  /** Makes it and tries to write; see the contract for what it throws. */
  useDirectory(path: string): Promise<string>;
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: KeepingSettingDesk;
  readonly dataDir: DataDir;
  readonly places: FilePlaces;
  readonly gate: WorkGate;
  readonly about: () => Omit<MakeSet['about'], 'reason'>;
  readonly freeBytes?: (path: string) => Promise<number>;
};

const probe = '.pult-may-write';
/** When every file of the newest backup was last read, so that a restart does not read them all again. */
const readName = 'read-again.json';
const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
const lookMs = 60_000;
/** Longer than the first screen and the mail take to come up. */
const firstLookMs = 120_000;

/** Whole backups by the clock, their rule of keeping, and once a week every file of the newest read again. */
export function createFullBackups(parts: Parts): FullBackups {
  const { clock, log, settings, gate } = parts;
  let trouble: { readonly reason: string; readonly facts?: Readonly<Record<string, number>> } | undefined;
  let triedAt: number | undefined;
  let isFirst = true;

  const base = () => {
    const { backupDirectory } = settings.get();
    return backupDirectory === null ? undefined : deskFolder(backupDirectory, parts.about().desk);
  };

  async function make(reason: SetManifest['reason'], directory?: string): Promise<BackupSet> {
    const target = directory === undefined ? base() : deskFolder(directory, parts.about().desk);
    if (target === undefined)
      throw new AppError('conflict', { details: { reason: 'backup-directory-unset' } });
    const startedAt = clock.elapsed();
    const set = await gate.run(reason === 'move' ? 'move' : 'full', async (signal, onProgress) => {
      // Of a disk that was pulled out only the mount point is left, on another disk.
      if (directory === undefined) await requireThere(target);
      const made = await makeSet({
        ...parts,
        base: target,
        about: { ...parts.about(), reason },
        signal,
        onProgress,
      });
      const { keepDays, keepWeeks } = settings.get();
      if (reason === 'full') {
        await pruneSets({ base: target, rule: { keepDays, keepWeeks }, clock, signal, made: made.name });
      }
      return made;
    });
    const { files } = set;
    log.info({ name: set.name, ...files, ms: Math.round(clock.elapsed() - startedAt) }, 'backup.full-made');
    trouble =
      files.missing > 0 ? { reason: 'backup-files-missing', facts: { missing: files.missing } } : undefined;
    return set;
  }

  async function look(): Promise<number> {
    if (isFirst) {
      isFirst = false;
      return firstLookMs;
    }
    const place = base();
    if (place === undefined || gate.current() !== undefined) return lookMs;
    const newest = (await listSets(place))[0];
    const every = settings.get().fullEveryHours * hourMs;
    const isDue = !newest || Math.abs(clock.now() - newest.madeAt) >= every;
    // A share that is away is not asked every minute.
    const isRested = triedAt === undefined || clock.elapsed() - triedAt >= hourMs;
    if (isDue && isRested) {
      triedAt = clock.elapsed();
      await make('full').catch(failed);
    } else if (newest && Math.abs(clock.now() - (await readAt(place))) >= weekMs) {
      await readAgain(newest).catch(failed);
      await writeDurably(join(place, readName), JSON.stringify({ at: clock.now() })).catch(failed);
    }
    return lookMs;
  }

  async function readAgain({ path, name }: BackupSet): Promise<void> {
    const verdict = await check(path, true);
    if (verdict.ok) return;
    log.error({ name, ...verdict }, 'backup.not-whole');
    trouble = {
      reason: verdict.reason ?? 'backup-damaged',
      facts: { missing: verdict.missing + verdict.damaged },
    };
  }

  function failed(error: unknown): void {
    const { code, reason } = toAppError(error);
    if (code === 'cancelled') return;
    trouble = { reason: reason ?? 'backup-failed' };
    log.error({ err: error }, 'backup.full-failed');
  }

  function check(path: string, deep: boolean): Promise<SetVerdict> {
    return gate.run('check', (signal, onProgress) =>
      checkSet({ set: path, deep, clock, signal, onProgress }),
    );
  }

  const loop = createWatchLoop({ name: 'full-backup', clock, log, look });

  return {
    name: 'full-backup',
    base,
    async make(reason, directory) {
      try {
        return await make(reason, directory);
      } catch (error) {
        if (directory === undefined) failed(error);
        throw error;
      }
    },
    check,
    useDirectory: (path) => useDirectory(path, parts.dataDir, parts.about().desk),
    async start() {
      isFirst = true;
      loop.start();
    },
    async stop() {
      await gate.close();
      await loop.stop();
    },
    health() {
      if (trouble && base() !== undefined) return { state: 'degraded', ...trouble };
      return loop.health();
    },
  };
}

async function readAt(base: string): Promise<number> {
  const text = await readFile(join(base, readName), 'utf8').catch(() => '');
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}

async function requireThere(base: string): Promise<void> {
  const found = await stat(placesOf(base).sets).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new AppError('unavailable', { details: { reason: 'backup-directory', path: base } });
}

async function useDirectory(path: string, dataDir: DataDir, desk: string): Promise<string> {
  if (!isAbsolute(path)) throw new AppError('invalid-input', { details: { reason: 'directory-relative' } });
  const directory = resolve(path);
  const inside = relative(dataDir.root, directory);
  const isInside = inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
  if (isInside && !directory.startsWith(dataDir.backups)) {
    throw new AppError('invalid-input', { details: { reason: 'directory-inside' } });
  }
  try {
    await makeFolder(directory);
    await makeFolder(placesOf(deskFolder(directory, desk)).sets);
    await writeDurably(join(directory, probe), '');
    await rm(join(directory, probe), { force: true });
  } catch (cause) {
    throw new AppError('unavailable', { details: { reason: 'backup-directory', path: directory }, cause });
  }
  return directory;
}

/** null when one of them is not there now. */
export function isOnSameDisk(one: string, other: string): boolean | null {
  try {
    return statSync(one).dev === statSync(other).dev;
  } catch {
    // A share that is away.
    return null;
  }
}

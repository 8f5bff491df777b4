import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import { openSetDatabase } from '../db/set-database.ts';
import type { Clock } from '../platform/clock.ts';
import { hashFile, namesIn, prefixes } from './durable-files.ts';
import type { SetProgress } from './make-set.ts';
import { baseOf, databaseOf, placesOf, readSet } from './set-manifest.ts';

export type SetVerdict = {
  readonly ok: boolean;
  /** Why not, as a reason that has words. */
  readonly reason: string | null;
  readonly files: number;
  readonly missing: number;
  /** Only looked for when every file is read. */
  readonly damaged: number;
};

type Check = {
  readonly set: string;
  /** Reads every file and counts its hash; else only its presence is looked at. */
  readonly deep: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SetProgress) => void;
};

const pauseMs = 4;

/** Whether a whole backup is whole: its database unchanged and sound, and every file there. */
export async function checkSet(check: Check): Promise<SetVerdict> {
  const nothing = { files: 0, missing: 0, damaged: 0 };
  const manifest = await readSet(check.set);
  if (!manifest) return { ok: false, reason: 'backup-not-whole', ...nothing };
  const file = databaseOf(check.set);
  check.onProgress?.({ phase: 'check', done: 0, total: manifest.files.count });
  const { size = -1 } = (await stat(file).catch(() => undefined)) ?? {};
  if (size !== manifest.database.bytes || (await hashFile(file)) !== manifest.database.sha256) {
    return { ok: false, reason: 'backup-damaged', ...nothing };
  }
  try {
    const counts = await checkFiles(check, manifest.files.count);
    // What was missing when it was made is not this backup's fault, and yet it is not here.
    const isWhole = counts.missing === 0 && counts.damaged === 0;
    return { ok: isWhole, reason: isWhole ? null : 'backup-files-missing', ...counts };
  } catch (error) {
    const { reason } = toAppError(error);
    if (reason !== 'backup-damaged' && reason !== 'database-newer') throw error;
    return { ok: false, reason, ...nothing };
  }
}

async function checkFiles({ set, deep, clock, signal, onProgress }: Check, total: number) {
  const places = placesOf(baseOf(set));
  const database = openSetDatabase(databaseOf(set), true);
  let files = 0;
  let missing = 0;
  let damaged = 0;
  try {
    for (const prefix of prefixes) {
      const there = new Set(await namesIn(join(places.files, prefix)));
      const hashes = new Set(database.filesOf(prefix).map(({ sha256 }) => sha256));
      for (const sha256 of hashes) {
        signal.throwIfAborted();
        files += 1;
        if (!there.has(sha256)) missing += 1;
        else if (deep && (await hashFile(places.file(sha256))) !== sha256) damaged += 1;
      }
      onProgress?.({ phase: 'check', done: files, total });
      await clock.sleep(deep ? pauseMs : 0, signal);
    }
  } finally {
    database.close();
  }
  return { files, missing, damaged };
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openSetDatabase } from '../db/set-database.ts';
import type { Clock } from '../platform/clock.ts';
import { makeFolder, namesIn, placeFile, prefixes, syncFolder } from './durable-files.ts';
import { requireRoom, type FilePlaces, type SetProgress } from './make-set.ts';
import { baseOf, databaseOf, placesOf } from './set-manifest.ts';

type Take = {
  readonly set: string;
  readonly dirs: { readonly raw: string; readonly attachments: string };
  readonly places: FilePlaces;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SetProgress) => void;
  /** For tests. */
  readonly freeBytes?: (path: string) => Promise<number>;
};

const filesAtOnce = 32;

/**
 * Brings every file of a whole backup into the data directory; what is there stays. May run beside the desk and again
 * after it was killed: nothing names the files yet. Returns how many the backup could not give. Throws `unavailable`
 * (reason `restore-disk-full`) before the disk is.
 */
export async function takeFiles({
  set,
  dirs,
  places,
  clock,
  signal,
  onProgress,
  freeBytes,
}: Take): Promise<number> {
  const from = placesOf(baseOf(set));
  const database = openSetDatabase(databaseOf(set), false);
  const total = database.count().files;
  // It comes after the files, beside the one there is.
  const { size: databaseBytes } = await stat(databaseOf(set));
  let done = 0;
  let missing = 0;
  try {
    for (const prefix of prefixes) {
      const named = database.filesOf(prefix);
      const there = new Set([
        ...(await namesIn(join(dirs.raw, prefix))),
        ...(await namesIn(join(dirs.attachments, prefix))),
      ]);
      const wanted = named.filter(
        ({ kind, sha256 }) => !there.has(kind === 'raw' ? `${sha256}.eml` : sha256),
      );
      if (wanted.length > 0) {
        await makeFolder(join(dirs.raw, prefix));
        await makeFolder(join(dirs.attachments, prefix));
      }
      for (let at = 0; at < wanted.length; at += filesAtOnce) {
        signal.throwIfAborted();
        await requireRoom(dirs.attachments, databaseBytes, freeBytes, 'restore-disk-full');
        const outcomes = await Promise.all(
          wanted.slice(at, at + filesAtOnce).map(({ kind, sha256 }) => {
            const target = kind === 'raw' ? places.raw(sha256) : places.attachment(sha256);
            return placeFile(from.file(sha256), target, sha256, true);
          }),
        );
        missing += outcomes.filter((outcome) => outcome === 'missing' || outcome === 'damaged').length;
      }
      if (wanted.length > 0) {
        await syncFolder(join(dirs.raw, prefix));
        await syncFolder(join(dirs.attachments, prefix));
      }
      done += named.length;
      onProgress?.({ phase: 'files', done, total });
      await clock.sleep(0, signal);
    }
  } finally {
    database.close();
  }
  return missing;
}

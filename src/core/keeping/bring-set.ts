import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDir } from '../platform/data-dir.ts';
import { checkSet } from './check-set.ts';
import type { FilePlaces, SetProgress } from './make-set.ts';
import { databaseOf, readSet } from './set-manifest.ts';
import { takeFiles } from './take-from-set.ts';

/** Where raw letters and attachments lie in a data directory. */
export function filePlaces({ raw, attachments }: Pick<DataDir, 'raw' | 'attachments'>): FilePlaces {
  return {
    raw: (sha256) => join(raw, sha256.slice(0, 2), `${sha256}.eml`),
    attachment: (sha256) => join(attachments, sha256.slice(0, 2), sha256),
  };
}

/**
 * Checks a whole backup and brings its files in; the database it names takes its place afterwards. Throws `conflict`
 * with the reason that has words; missing files alone do not forbid it, since what is there is worth having.
 */
export async function bringSet(
  set: string,
  dirs: Pick<DataDir, 'raw' | 'attachments'>,
  clock: Clock,
  { signal, onProgress, freeBytes }: BringOptions = {},
): Promise<{ readonly name: string; readonly file: string }> {
  const abort = signal ?? new AbortController().signal;
  const verdict = await checkSet({ set, deep: false, clock, signal: abort });
  const manifest = await readSet(set);
  if (!manifest || (!verdict.ok && verdict.reason !== 'backup-files-missing')) {
    throw new AppError('conflict', {
      message: 'The backup cannot be restored',
      details: { reason: verdict.reason ?? 'backup-not-whole' },
    });
  }
  await takeFiles({
    set,
    dirs,
    places: filePlaces(dirs),
    clock,
    signal: abort,
    ...(onProgress ? { onProgress } : {}),
    ...(freeBytes ? { freeBytes } : {}),
  });
  return { name: manifest.name, file: databaseOf(set) };
}

type BringOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SetProgress) => void;
  readonly freeBytes?: (path: string) => Promise<number>;
};

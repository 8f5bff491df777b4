import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { backupTime } from '../db/backup.ts';
import { namesIn } from './durable-files.ts';

/** How a folder begins that is no backup yet, or no longer. */
export const unfinished = 'part-';

/** Written last: a folder without it is no backup, whatever else lies in it. */
const manifestName = 'manifest.json';
/** Ours takes a few hundred bytes. */
const longestManifest = 100_000;

const setManifest = z.object({
  version: z.literal(1),
  /** Of the workstation, so that two desks may share one disk. */
  desk: z.string(),
  codePrefix: z.string(),
  pult: z.string(),
  schema: z.int(),
  /** As far as a date goes. */
  madeAt: z.int().min(0).max(8.64e15),
  reason: z.enum(['full', 'move']),
  database: z.object({ bytes: z.int(), sha256: z.string() }),
  /** `missing` could not be read when the backup was made. */
  files: z.object({ count: z.int(), bytes: z.int(), missing: z.int() }),
  /** Whether the recovery key of then opens its secrets. */
  recovery: z.boolean(),
});
export type SetManifest = z.infer<typeof setManifest>;

export type BackupSet = SetManifest & { readonly name: string; readonly path: string };

/** Where things lie inside one desk's folder of whole backups. */
export function placesOf(base: string) {
  return {
    sets: join(base, 'sets'),
    files: join(base, 'files'),
    set: (name: string) => join(base, 'sets', name),
    file: (sha256: string) => join(base, 'files', sha256.slice(0, 2), sha256),
  };
}

export function baseOf(set: string): string {
  return resolve(set, '../..');
}

export function databaseOf(set: string): string {
  return join(set, 'pult.db');
}

export function manifestOf(set: string): string {
  return join(set, manifestName);
}

/** undefined for a folder that is no whole backup. */
export async function readSet(path: string): Promise<BackupSet | undefined> {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (backupTime(name) === undefined) return undefined;
  try {
    const found = await lstat(manifestOf(path));
    if (!found.isFile() || found.size > longestManifest) return undefined;
    const manifest = setManifest.parse(JSON.parse(await readFile(manifestOf(path), 'utf8')));
    return { ...manifest, name, path };
  } catch {
    // Not finished, or damaged: what cannot say what it holds is not offered.
    return undefined;
  }
}

/** Whole backups in one desk's folder, newest first. */
export async function listSets(base: string): Promise<BackupSet[]> {
  const { sets } = placesOf(base);
  const found = await Promise.all((await namesIn(sets)).map((name) => readSet(join(sets, name))));
  return found.flatMap((set) => set ?? []).toSorted((a, b) => b.madeAt - a.madeAt);
}

/**
 * Whole backups at a path a person named: one of them, the folder of a desk, or the disk with folders of several.
 * Throws `not-found` (reason `backup-set`) when there is none.
 */
export async function findSets(path: string): Promise<BackupSet[]> {
  const itself = await readSet(resolve(path));
  if (itself) return [itself];
  const folders = [path, ...(await namesIn(path)).filter(isDeskFolder).map((name) => join(path, name))];
  const found = (await Promise.all(folders.map((folder) => listSets(resolve(folder))))).flat();
  if (found.length === 0) throw new AppError('not-found', { details: { reason: 'backup-set', path } });
  return found.toSorted((a, b) => b.madeAt - a.madeAt);
}

const folderStart = 'pult-';

function isDeskFolder(name: string): boolean {
  return name.startsWith(folderStart);
}

/** A desk's own folder on a disk it may share with others. */
export function deskFolder(directory: string, desk: string): string {
  return join(directory, `${folderStart}${desk.replaceAll('-', '').slice(-12)}`);
}

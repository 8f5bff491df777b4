import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { copyDatabase, setName } from '../db/backup.ts';
import type { Db } from '../db/open.ts';
import { openSetDatabase, type NamedFile, type SetDatabase } from '../db/set-database.ts';
import type { Clock } from '../platform/clock.ts';
import {
  hashFile,
  makeFolder,
  makeFolderInside,
  namesIn,
  placeFile,
  prefixes,
  syncFolder,
  writeDurably,
  type CopyOutcome,
} from './durable-files.ts';
import {
  databaseOf,
  manifestOf,
  placesOf,
  readSet,
  unfinished,
  type BackupSet,
  type SetManifest,
} from './set-manifest.ts';

export type SetProgress = {
  readonly phase: 'database' | 'files' | 'check';
  readonly done: number;
  readonly total: number;
};

export type FilePlaces = {
  readonly raw: (sha256: string) => string;
  readonly attachment: (sha256: string) => string;
};

export type MakeSet = {
  readonly db: Db;
  readonly places: FilePlaces;
  readonly clock: Clock;
  /** One desk's folder of whole backups. */
  readonly base: string;
  readonly about: Pick<SetManifest, 'desk' | 'codePrefix' | 'pult' | 'reason' | 'recovery'>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SetProgress) => void;
  /** For tests: a full disk is hard to come by. */
  readonly freeBytes?: (path: string) => Promise<number>;
};

/** Must stay free on the disk that takes the copy. */
const reserveBytes = 200_000_000;
/** Between two handfuls of files the desk comes first. */
const filesAtOnce = 32;
const pauseMs = 4;

/**
 * A whole backup: the database as of one moment and every file it names, each file once however many backups name it.
 * Killed in the middle it leaves files that the next one finds in place, and no folder that looks whole. Throws
 * `unavailable` (reasons `backup-disk-full`, `backup-directory`).
 */
export async function makeSet(job: MakeSet): Promise<BackupSet> {
  const { base, clock, signal, about } = job;
  const places = placesOf(base);
  await prepareFolder(job);
  const madeAt = clock.now();
  const name = setName(madeAt, about.reason);
  const draft = join(places.sets, `${unfinished}${name}`);
  await makeFolderInside(draft);
  job.onProgress({ phase: 'database', done: 0, total: 1 });
  await copyDatabase(job.db.connection, databaseOf(draft));
  signal.throwIfAborted();
  const database = openSetDatabase(databaseOf(draft), false);
  try {
    const named = database.count();
    await takeFiles(job, database, named.files);
    const missing = await countMissing(job, database);
    const { size } = await stat(databaseOf(draft));
    const sha256 = (await hashFile(databaseOf(draft))) ?? '';
    const manifest: SetManifest = {
      version: 1,
      ...about,
      schema: database.schema,
      madeAt,
      database: { bytes: size, sha256 },
      files: { count: named.files, bytes: named.bytes, missing },
    };
    await syncFile(databaseOf(draft));
    await writeDurably(manifestOf(draft), JSON.stringify(manifest, null, 2));
  } finally {
    database.close();
  }
  await rm(places.set(name), { recursive: true, force: true });
  await rename(draft, places.set(name));
  await syncFolder(places.sets);
  const made = await readSet(places.set(name));
  if (!made) throw new AppError('internal', { message: 'The backup just made cannot be read' });
  return made;
}

async function prepareFolder({ base, db, freeBytes }: MakeSet): Promise<void> {
  const { sets, files } = placesOf(base);
  try {
    await makeFolder(sets);
    await makeFolder(files);
    const left = (await namesIn(sets)).filter((name) => name.startsWith(unfinished));
    await Promise.all(left.map((name) => rm(join(sets, name), { recursive: true, force: true })));
  } catch (cause) {
    throw new AppError('unavailable', { details: { reason: 'backup-directory', path: base }, cause });
  }
  const { size } = await stat(db.file).catch(() => ({ size: 0 }));
  await requireRoom(base, size, freeBytes);
}

/** Throws `unavailable` with that reason. */
export async function requireRoom(
  path: string,
  bytes: number,
  freeBytes: (path: string) => Promise<number> = freeBytesOf,
  reason = 'backup-disk-full',
): Promise<void> {
  if ((await freeBytes(path)) >= bytes + reserveBytes) return;
  throw new AppError('unavailable', { details: { reason, path } });
}

async function freeBytesOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

async function takeFiles(job: MakeSet, database: SetDatabase, total: number): Promise<void> {
  const places = placesOf(job.base);
  let done = 0;
  for (const prefix of prefixes) {
    const named = database.filesOf(prefix);
    const folder = join(places.files, prefix);
    const there = new Set(await namesIn(folder));
    const wanted = named.filter(({ sha256 }) => !there.has(sha256));
    if (wanted.length > 0) await makeFolderInside(folder);
    for (let at = 0; at < wanted.length; at += filesAtOnce) {
      job.signal.throwIfAborted();
      if (at > 0 || wanted.length > 8) await requireRoom(job.base, 0, job.freeBytes);
      await Promise.all(
        wanted.slice(at, at + filesAtOnce).map((file) => take(job, file, places.file(file.sha256))),
      );
      await job.clock.sleep(pauseMs, job.signal);
    }
    if (wanted.length > 0) await syncFolder(folder);
    done += named.length;
    job.onProgress({ phase: 'files', done, total });
    await job.clock.sleep(0, job.signal);
  }
}

/** Looked at again at the end: another desk with the same name may have swept the folder meanwhile. */
async function countMissing({ base, clock, signal }: MakeSet, database: SetDatabase): Promise<number> {
  let missing = 0;
  for (const prefix of prefixes) {
    const there = new Set(await namesIn(join(placesOf(base).files, prefix)));
    missing += database.filesOf(prefix).filter(({ sha256 }) => !there.has(sha256)).length;
    await clock.sleep(0, signal);
  }
  return missing;
}

function take({ places }: MakeSet, { kind, sha256 }: NamedFile, target: string): Promise<CopyOutcome> {
  return placeFile(kind === 'raw' ? places.raw(sha256) : places.attachment(sha256), target, sha256);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

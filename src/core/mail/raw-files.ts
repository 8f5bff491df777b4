import { createHash, type Hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { DataDir } from '../platform/data-dir.ts';

export type StoredFile = { readonly sha256: string; readonly size: number };

export type RawFiles = {
  /** Makes the folders, once per start. */
  prepare(): Promise<void>;
  path(sha256: string): string;
  /** Every letter is on the disk, its name included, when this resolves. Answers in the order given. */
  write(letters: readonly Uint8Array[]): Promise<StoredFile[]>;
  /** For a letter too big to hold in memory. */
  writeStream(chunks: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** The first bytes, for what must be shown without parsing. */
  head(sha256: string, maxBytes: number): Promise<Uint8Array>;
  read(sha256: string): Promise<Buffer>;
  /** A second, durable copy under another name; what is there already is whole. Returns its bytes. */
  copyTo(sha256: string, target: string): Promise<number>;
  /**
   * Removes letters without a row, as a crash leaves them, when older than `olderThanMs`: the row of one just written is
   * about to come. Returns how many went. Half-written drafts lie in tmp/, which is emptied at each start.
   */
  sweep(isKnown: (sha256: string) => boolean, olderThanMs: number, signal: AbortSignal): Promise<number>;
};

type Parts = {
  readonly dirs: Pick<DataDir, 'raw' | 'tmp'>;
  readonly clock: Clock;
  readonly uniqueName: () => string;
};

/**
 * How many files are written and fsynced at a time. Measured on ext4 with letters of 4.8 kB: one by one 2,460 a second
 * with their folders, four at once 3,050, sixteen 5,750, sixty-four 6,130. One fsynced pack per chunk would do 137,000
 * and save about 0.4 ms of system time a letter, but then a letter is no file of its own, and parsing, backup and
 * sweeping all need an index into packs.
 */
const concurrentWrites = 16;
const sweepPause = 500;

export function createRawFiles({ dirs, clock, uniqueName }: Parts): RawFiles {
  const { raw: rawDir, tmp: tmpDir } = dirs;
  const folder = (sha256: string) => join(rawDir, sha256.slice(0, 2));
  const path = (sha256: string) => join(folder(sha256), `${sha256}.eml`);
  const draftPath = () => join(tmpDir, `letter-${uniqueName()}`);
  // Letters somebody counts on since the start, for the sweep to leave alone: an orphan of a crash may be just the
  // letter that is fetched again. Kept until the sweep is over.
  let claimed: Set<string> | undefined = new Set();

  async function writeOne(bytes: Uint8Array): Promise<StoredFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    claimed?.add(sha256);
    // A name in place was fsynced before it was renamed, so its bytes are whole; its folder is synced again below.
    if ((await hasSize(path(sha256), bytes.length)) && (await isStillKept(path(sha256)))) {
      return { sha256, size: bytes.length };
    }
    const draft = draftPath();
    await writeDraft(draft, (file) => file.writeFile(bytes));
    await rename(draft, path(sha256));
    return { sha256, size: bytes.length };
  }

  async function syncFolders(names: Iterable<string>): Promise<void> {
    await mapConcurrently([...new Set(names)], syncFolder);
  }

  return {
    async prepare() {
      await mkdir(tmpDir, { recursive: true });
      const names = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
      await mapConcurrently(names, (name) => mkdir(join(rawDir, name), { recursive: true }));
      await syncFolders([rawDir]);
    },
    path,
    async write(letters) {
      const stored = await mapConcurrently(letters, writeOne);
      await syncFolders(stored.map(({ sha256 }) => folder(sha256)));
      return stored;
    },
    async writeStream(chunks) {
      const draft = draftPath();
      const hash = createHash('sha256');
      const size = await writeDraft(draft, (file) => pour(chunks, file, hash));
      const sha256 = hash.digest('hex');
      claimed?.add(sha256);
      await rename(draft, path(sha256));
      await syncFolders([folder(sha256)]);
      return { sha256, size };
    },
    async head(sha256, maxBytes) {
      const file = await open(path(sha256), 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    read: (sha256) => readFile(path(sha256)),
    async copyTo(sha256, target) {
      const known = await stat(target).catch(ignoreMissing);
      if (known !== undefined) return known.size;
      const bytes = await readFile(path(sha256));
      const draft = draftPath();
      await writeDraft(draft, (file) => file.writeFile(bytes));
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(draft, target);
      await syncFolders([dirname(target), dirname(dirname(target))]);
      return bytes.length;
    },
    async sweep(isKnown, olderThanMs, signal) {
      const before = clock.now() - olderThanMs;
      const unknown = (name: string) => {
        const sha256 = name.slice(0, -'.eml'.length);
        return name.endsWith('.eml') && claimed?.has(sha256) !== true && !isKnown(sha256);
      };
      const pause = () => clock.sleep(0, signal);
      let removed = 0;
      for (let index = 0; index < 256; index += 1) {
        signal.throwIfAborted();
        const name = index.toString(16).padStart(2, '0');
        removed += await sweepFolder(join(rawDir, name), before, unknown, pause);
      }
      claimed = undefined;
      return removed;
    },
  };
}

async function hasSize(path: string, size: number): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing))?.size === size;
}

/** Marks it as counted on from now: whoever removes letters past their time leaves it alone. */
async function isStillKept(path: string): Promise<boolean> {
  // Of the file system, not of the desk: compared with the times the system itself gives.
  const seconds = systemClock.now() / 1000;
  return utimes(path, seconds, seconds)
    .then(() => true, ignoreMissing)
    .then(Boolean);
}

/** Writes and fsyncs a file nobody knows yet; leaves none behind when it fails. */
async function writeDraft<T>(path: string, fill: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'wx', 0o600);
  try {
    const result = await fill(file);
    await file.sync();
    await file.close();
    return result;
  } catch (failure) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw failure;
  }
}

async function pour(chunks: AsyncIterable<Uint8Array>, file: FileHandle, hash: Hash): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    await file.writeFile(chunk);
    size += chunk.length;
  }
  return size;
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweepFolder(
  path: string,
  before: number,
  isLeftover: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<number> {
  let removed = 0;
  let seen = 0;
  for await (const entry of await opendir(path)) {
    seen += 1;
    if (seen % sweepPause === 0) await pause();
    if (!entry.isFile() || !isLeftover(entry.name)) continue;
    const file = join(path, entry.name);
    const modifiedAt = (await stat(file).catch(ignoreMissing))?.mtimeMs;
    // Asked again and removed without a pause between: nobody can come to count on it meanwhile.
    if (modifiedAt === undefined || modifiedAt > before || !isLeftover(entry.name)) continue;
    rmSync(file, { force: true });
    removed += 1;
  }
  return removed;
}

function ignoreMissing(failure: unknown): undefined {
  if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
  throw failure;
}

async function mapConcurrently<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      const item = items[index];
      if (item !== undefined) results[index] = await action(item);
    }
  };
  // All settle before one failure is told, so that no write goes on behind the caller's back.
  const workers = await Promise.allSettled(Array.from({ length: concurrentWrites }, work));
  const failed = workers.find((worker) => worker.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}

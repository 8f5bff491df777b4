import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The two digits by which folders of hashes are told apart. */
export const prefixes: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);

export type CopyOutcome = 'linked' | 'copied' | 'missing' | 'damaged';

/**
 * Puts a file of that hash at `target`, whole or not at all. Linked where both lie on one disk, since its bytes never
 * change; else copied, with its hash counted on the way. `isForeign` counts what was linked as well: nobody
 * but a disk has vouched for it. Throws when the target cannot be written.
 */
export async function placeFile(
  source: string,
  target: string,
  sha256: string,
  isForeign = false,
): Promise<CopyOutcome> {
  const found = await lstat(source).catch(ignoreMissing);
  if (found === undefined) return 'missing';
  // A link could lead anywhere, and a pipe would be waited for.
  if (!found.isFile()) return 'damaged';
  const draft = `${target}.part`;
  await rm(draft, { force: true });
  const linked = await link(source, isForeign ? draft : target).then(() => true, refusedLink);
  if (linked === 'missing') return 'missing';
  if (linked && !isForeign) return 'linked';
  if (linked) return keepCounted(draft, target, sha256);
  const copied = await copyCounting(source, draft).catch(async (failure: unknown) => {
    // What a full disk has no room for must not stand there half.
    await rm(draft, { force: true }).catch(() => undefined);
    throw failure;
  });
  if (copied === undefined) return 'missing';
  if (copied.sha256 !== sha256) {
    await rm(draft, { force: true });
    return 'damaged';
  }
  await rename(draft, target);
  return 'copied';
}

/** Under its name only when its bytes are what the name says, also when killed in between. */
async function keepCounted(draft: string, target: string, sha256: string): Promise<CopyOutcome> {
  if ((await hashFile(draft)) === sha256) {
    await rename(draft, target);
    return 'linked';
  }
  await rm(draft, { force: true });
  return 'damaged';
}

/** Another disk, a share without links, a file system that has none: then it is copied. */
function refusedLink(error: unknown): 'missing' | false | true {
  const { code } = error as { code?: string };
  if (code === 'ENOENT') return 'missing';
  return code === 'EEXIST';
}

async function copyCounting(
  source: string,
  target: string,
): Promise<{ readonly sha256: string; readonly size: number } | undefined> {
  const from = await open(source, 'r').catch(ignoreMissing);
  if (from === undefined) return undefined;
  const to = await open(target, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of from.createReadStream({ autoClose: false })) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      size += bytes.length;
      await to.writeFile(bytes);
    }
    await to.sync();
  } finally {
    await from.close();
    await to.close();
  }
  return { sha256: hash.digest('hex'), size };
}

/** undefined when there is no such file: a link might lead anywhere, and a pipe would be waited for. */
export async function hashFile(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(ignoreMissing);
  if (!found?.isFile()) return undefined;
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    return ignoreMissing(error);
  }
  return hash.digest('hex');
}

/** Whole and on the disk under its name, or not there at all. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Windows cannot open a folder for that and does not need it; some shares cannot either. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Not every file system can; the names themselves have been written.
  } finally {
    await handle?.close();
  }
}

/** Names in a folder; none when there is no such folder. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(ignoreMissing)) ?? [];
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/**
 * Only inside a folder that is there: below the mount point of a disk that was pulled out a whole path would be made on
 * the disk of the system.
 */
export async function makeFolderInside(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((failure: unknown) => {
    if ((failure as { code?: string }).code !== 'EEXIST') throw failure;
  });
}

function ignoreMissing(error: unknown): undefined {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}

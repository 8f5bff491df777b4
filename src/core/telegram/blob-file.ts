import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Blob = {
  write(chunk: Uint8Array): Promise<void>;
  /** Under its hash, its name included on the disk, when this resolves. */
  end(): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Instead of `end`: nothing of it stays. */
  discard(): Promise<void>;
};

/** A file that is not whole yet; nobody waits for the disk on the loop. */
export async function openBlob(temporary: string, pathOf: (sha256: string) => string): Promise<Blob> {
  const hash = createHash('sha256');
  const file = await open(temporary, 'wx', 0o600);
  let size = 0;
  let isOpen = true;
  const close = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    async write(chunk) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    },
    async end() {
      await file.sync();
      await close();
      const sha256 = hash.digest('hex');
      const target = pathOf(sha256);
      const folder = dirname(target);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // What is there already has the same bytes.
      await rename(temporary, target);
      await syncFolder(folder);
      await syncFolder(dirname(folder));
      return { sha256, size };
    },
    async discard() {
      await close();
      await rm(temporary, { force: true });
    },
  };
}

/** Windows cannot open a folder for that, and does not need it: NTFS journals the rename. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

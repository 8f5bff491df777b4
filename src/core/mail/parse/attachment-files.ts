import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../platform/clock.ts';
import { type BodyStore, createGrowingBuffer, type StoredBody } from './body-store.ts';

/** Bodies up to this size are hashed before a file is made: most attachments seen twice cost no write. */
const spillBytes = 1024 * 1024;

/** The folder for files that have no name yet; everything in it may be deleted while no letter is being parsed. */
export function incomingDir(attachmentsDir: string): string {
  return join(attachmentsDir, 'incoming');
}

/** Where the bytes of that hash live. */
export function attachmentPath(attachmentsDir: string, sha256: string): string {
  return join(attachmentsDir, sha256.slice(0, 2), sha256);
}

/**
 * Content-addressed files: temporary file, fsync, rename, fsync of the folder; a file that exists is whole. Synchronous,
 * for the parse worker. `owner` keeps the temporary files of two workers apart.
 */
export function createAttachmentFiles(attachmentsDir: string, owner: string) {
  let opened = 0;
  return {
    open() {
      opened += 1;
      return openFile(attachmentsDir, join(incomingDir(attachmentsDir), `${owner}-${opened}`));
    },
  } satisfies BodyStore<undefined>;
}

function openFile(attachmentsDir: string, temporary: string) {
  const hash = createHash('sha256');
  const buffer = createGrowingBuffer();
  let file: number | undefined;
  let size = 0;
  const spill = () => {
    file ??= openTemporary(attachmentsDir, temporary);
    writeAll(file, buffer.bytes());
    buffer.clear();
  };
  return {
    write(bytes: Uint8Array) {
      hash.update(bytes);
      size += bytes.length;
      buffer.append(bytes);
      if (buffer.length() >= spillBytes) spill();
    },
    /** Instead of `end`: nothing of it stays. */
    discard() {
      if (file !== undefined) closeSync(file);
      rmSync(temporary, { force: true });
    },
    end(): StoredBody<undefined> {
      const sha256 = digest(hash);
      const target = attachmentPath(attachmentsDir, sha256);
      if (isKept(target)) {
        if (file !== undefined) closeSync(file);
        rmSync(temporary, { force: true });
      } else {
        spill();
        if (file !== undefined) publish(file, temporary, target);
      }
      return { content: undefined, size, sha256 };
    },
  };
}

/**
 * Whether the bytes are there already. Its time is set to now: whoever removes files that nobody names leaves alone what
 * somebody has just counted on.
 */
function isKept(target: string): boolean {
  try {
    // Of the file system, not of the desk: compared with the times the system itself gives.
    const seconds = systemClock.now() / 1000;
    utimesSync(target, seconds, seconds);
    return true;
  } catch {
    // Not there, or being taken away this moment: it is written.
    return false;
  }
}

function digest(hash: Hash): string {
  return hash.digest('hex');
}

function openTemporary(attachmentsDir: string, temporary: string): number {
  mkdirSync(incomingDir(attachmentsDir), { recursive: true, mode: 0o700 });
  return openSync(temporary, 'w', 0o600);
}

function publish(file: number, temporary: string, target: string): void {
  fsyncSync(file);
  closeSync(file);
  const folder = join(target, '..');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  renameSync(temporary, target);
  syncFolder(folder);
  syncFolder(join(folder, '..'));
}

/** Windows cannot open a folder for that, and does not need it: NTFS journals the rename. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

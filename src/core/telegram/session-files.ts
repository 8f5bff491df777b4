import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SecretBox } from '../platform/capabilities.ts';
import type { DataDir } from '../platform/data-dir.ts';
import { telegramError } from './telegram-error.ts';

/** Full access to somebody's account. */
export type SessionSecret = {
  readonly session: string;
  readonly userId: string;
  /** The account's own number, which stands nowhere else. */
  readonly phone: string | null;
  readonly about: string | null;
};

export type SessionFiles = {
  /** On the disk, its name included, when this resolves. */
  write(name: string, secret: SessionSecret): Promise<void>;
  /**
   * Throws `session-elsewhere` when it was written on another machine, `session-broken` when it is missing or cannot be
   * unsealed; the file stays, for a keyring may come back.
   */
  read(name: string): Promise<SessionSecret>;
  remove(name: string): Promise<void>;
  /** Names of what is there. */
  list(): Promise<string[]>;
};

type Parts = {
  readonly dirs: Pick<DataDir, 'telegram' | 'tmp'>;
  readonly secretBox: SecretBox;
  readonly machineId: string;
};

const extension = '.session';
const payload = z.object({
  version: z.literal(1),
  machine: z.string(),
  session: z.string(),
  userId: z.string(),
  phone: z.string().nullable(),
  about: z.string().nullable(),
});

/**
 * Outside the database, so that no backup carries them, and good on this machine alone: two programs with one session
 * make Telegram end it.
 */
export function createSessionFiles({ dirs, secretBox, machineId }: Parts): SessionFiles {
  const machine = createHash('sha256').update(`pult telegram ${machineId}`).digest('hex');
  const path = (name: string) => join(dirs.telegram, `${name}${extension}`);
  return {
    async write(name, { session, userId, phone, about }) {
      const sealed = secretBox.seal(JSON.stringify({ version: 1, machine, session, userId, phone, about }));
      const draft = join(dirs.tmp, `telegram-${name}`);
      await writeWhole(draft, sealed);
      await rename(draft, path(name));
      await syncFolder(dirs.telegram);
    },
    async read(name) {
      const found = payload.safeParse(unseal(secretBox, await readText(path(name))));
      if (!found.success) throw telegramError('session-broken');
      if (found.data.machine !== machine) throw telegramError('session-elsewhere');
      const { session, userId, phone, about } = found.data;
      return { session, userId, phone, about };
    },
    async remove(name) {
      await rm(path(name), { force: true });
      await syncFolder(dirs.telegram);
    },
    async list() {
      const names = await readdir(dirs.telegram);
      return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
    },
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw telegramError('session-broken', { cause });
  }
}

/** Without what failed as the cause: a parser quotes what it could not parse. */
function unseal(secretBox: SecretBox, sealed: string): unknown {
  try {
    return JSON.parse(secretBox.open(sealed));
  } catch {
    throw telegramError('session-broken');
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  // A draft of a killed process keeps its mode; a new one has ours.
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
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

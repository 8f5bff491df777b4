import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toAppError } from '../../shared/errors.ts';
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
  /** On the disk, its name included, when this returns. */
  write(name: string, secret: SessionSecret): void;
  /**
   * Throws `session-elsewhere` when it was written on another machine, `session-sealed` when its key is away for now,
   * `session-broken` when it is missing or cannot be unsealed; the file stays.
   */
  read(name: string): SessionSecret;
  remove(name: string): void;
  /** Names of what is there. */
  list(): string[];
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
 * make Telegram end it. Written at once and not in the background: they are small, rare and must not race each other.
 */
export function createSessionFiles({ dirs, secretBox, machineId }: Parts): SessionFiles {
  const machine = createHash('sha256').update(`pult telegram ${machineId}`).digest('hex');
  const path = (name: string) => join(dirs.telegram, `${name}${extension}`);
  return {
    write(name, { session, userId, phone, about }) {
      const sealed = secretBox.seal(JSON.stringify({ version: 1, machine, session, userId, phone, about }));
      const draft = join(dirs.tmp, `telegram-${name}`);
      writeWhole(draft, sealed);
      renameSync(draft, path(name));
      syncFolder(dirs.telegram);
    },
    read(name) {
      const found = payload.safeParse(unseal(secretBox, readText(path(name))));
      if (!found.success) throw telegramError('session-broken');
      if (found.data.machine !== machine) throw telegramError('session-elsewhere');
      const { session, userId, phone, about } = found.data;
      return { session, userId, phone, about };
    },
    remove(name) {
      rmSync(path(name), { force: true });
      syncFolder(dirs.telegram);
    },
    list() {
      const names = readdirSync(dirs.telegram);
      return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw telegramError('session-broken', { cause });
  }
}

/** Without what failed as the cause: a parser quotes what it could not parse. */
function unseal(secretBox: SecretBox, sealed: string): unknown {
  try {
    return JSON.parse(secretBox.open(sealed));
  } catch (failure) {
    const isAway = toAppError(failure).details['keyAway'] === true;
    throw telegramError(isAway ? 'session-sealed' : 'session-broken');
  }
}

function writeWhole(path: string, text: string): void {
  // A draft of a killed process keeps its mode; a new one has ours.
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  // Windows cannot open a folder; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { writePrivateFile } from './host-file.ts';
import type { Keyring } from './keyring.ts';
import type { SecretKey } from './secret-box.ts';

const keyFile = z.object({
  /** The name of this desk's entry in the keyring; stays when the directory moves. */
  id: z.string().min(8),
  /** Base64; only there where no keyring was. */
  key: z.string().optional(),
});
type KeyFile = z.infer<typeof keyFile>;

const keyBytes = 32;

/**
 * The keys of a desk, the one to seal with first: the keyring's where there is one, else one in a file of mode 0600
 * that is made when it is needed. A damaged key file is `denied` with reason `secret-unreadable`: it is never replaced,
 * because what it sealed would be lost with it.
 */
export async function readSecretKeys(
  dataDir: string,
  keyring: Keyring | undefined,
): Promise<readonly [SecretKey, ...SecretKey[]]> {
  const path = join(dataDir, 'secret.json');
  const file = readKeyFile(path) ?? { id: `desk-${randomBytes(8).toString('hex')}` };
  const fromRing = keyring === undefined ? undefined : await ringKey(keyring, file.id);
  const stored = file.key === undefined ? undefined : toKey('f', file.key);
  if (fromRing) {
    writeKeyFile(path, file);
    return stored ? [fromRing, stored] : [fromRing];
  }
  if (stored) return [stored];
  const made = randomBytes(keyBytes).toString('base64');
  writeKeyFile(path, { ...file, key: made });
  return [toKey('f', made)];
}

async function ringKey(keyring: Keyring, id: string): Promise<SecretKey | undefined> {
  const found = await keyring.read(id);
  if (found === undefined) return undefined;
  if (found !== null) return toKey('k', found);
  const made = randomBytes(keyBytes).toString('base64');
  return (await keyring.write(id, made)) ? toKey('k', made) : undefined;
}

function toKey(origin: SecretKey['origin'], text: string): SecretKey {
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes) throw damaged();
  return { origin, key };
}

function readKeyFile(path: string): KeyFile | undefined {
  if (!existsSync(path)) return undefined;
  // Copied by hand or restored from an archive: closed to others again.
  chmodSync(path, 0o600);
  try {
    return keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw damaged(error);
  }
}

function writeKeyFile(path: string, file: KeyFile): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === JSON.stringify(file)) return;
  writePrivateFile(path, JSON.stringify(file));
}

function damaged(cause?: unknown): AppError {
  return new AppError('denied', {
    message: 'The key file of this desk is damaged',
    details: { reason: 'secret-unreadable' },
    cause,
  });
}

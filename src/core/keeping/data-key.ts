import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Random } from '../platform/random.ts';

const ivBytes = 12;
const tagBytes = 16;

/** What begins every secret sealed by the desk's own key. */
export const sealedPrefix = 'v2.d.';

/** AES-256-GCM under `key`; `label` says what it is for, so that one sealed thing cannot stand in for another. */
export function sealWith(key: Buffer, label: string, plain: Buffer, random: Random): string {
  const iv = Buffer.from(random.bytes(ivBytes));
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(label));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** undefined when another key sealed it, or it was changed since. */
export function openWith(key: Buffer, label: string, sealed: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < ivBytes + tagBytes) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
      .setAAD(Buffer.from(label))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    // The tag does not fit.
    return undefined;
  }
}

/** `keyAway`: the desk's key cannot be had at this start, which a recovery key or a keyring that comes back mends. */
export function unreadable(keyAway: boolean): AppError {
  return new AppError('denied', {
    message: 'A stored secret cannot be opened with the keys at hand',
    details: { reason: 'secret-unreadable', ...(keyAway ? { keyAway } : {}) },
  });
}

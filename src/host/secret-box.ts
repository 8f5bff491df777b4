import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretBox } from '../core/app-types.ts';
import { AppError } from '../shared/errors.ts';

/** `k` is a key from the system's keyring, `f` one from a file beside the data. */
export type SecretKey = { readonly origin: 'k' | 'f'; readonly key: Buffer };

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM over keys that were read at the start, so that sealing never waits for the system. Seals with the first
 * key; opens with whichever sealed, so that a keyring that comes back opens what it sealed before.
 */
export function createSecretBox(keys: readonly [SecretKey, ...SecretKey[]]): SecretBox {
  const [first] = keys;
  return {
    kind: first.origin === 'k' ? 'keyring' : 'file',
    seal(plain) {
      const iv = randomBytes(ivBytes);
      const head = `${version}.${first.origin}`;
      const cipher = createCipheriv('aes-256-gcm', first.key, iv).setAAD(Buffer.from(head));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${head}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(sealed) {
      const [given, origin, body = ''] = sealed.split('.');
      const found = given === version ? keys.find((key) => key.origin === origin) : undefined;
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < ivBytes + tagBytes) throw unreadable();
      if (!found) throw unreadable({ keyAway: given === version });
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, ivBytes))
          .setAAD(Buffer.from(`${version}.${found.origin}`))
          .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const plain = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
        return plain.toString('utf8');
      } catch (error) {
        throw unreadable({ cause: error });
      }
    },
  };
}

function unreadable(why: { readonly keyAway?: boolean; readonly cause?: unknown } = {}): AppError {
  const { keyAway = false, cause } = why;
  return new AppError('denied', {
    message: 'A stored secret cannot be opened with the keys at hand',
    details: { reason: 'secret-unreadable', ...(keyAway ? { keyAway } : {}) },
    cause,
  });
}

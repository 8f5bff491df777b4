import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';
import { igeDecrypt, sha1, sha256, toBigInt, xor } from './crypto.ts';
import { tlBytes } from './tl.ts';

export type RsaKey = {
  readonly fingerprint: bigint;
  readonly publicKey: TelegramNetwork['key'];
  /** Undoes RSA_PAD: the 192 bytes inside, or nothing when the hash does not fit. */
  unpad(data: Buffer): Buffer | undefined;
};

/** Without a PEM, the key that lies beside this file: one key for all test data centres of a process. */
export function openRsaKey(pem = readFileSync(join(import.meta.dirname, 'test-key.pem'), 'utf8')): RsaKey {
  const privateKey = createPrivateKey(pem.slice(pem.indexOf('-----BEGIN')));
  const { n = '', e = '' } = privateKey.export({ format: 'jwk' });
  const modulus = Buffer.from(n, 'base64url');
  const exponent = Buffer.from(e, 'base64url');
  const fingerprint = sha1(tlBytes(modulus), tlBytes(exponent)).readBigInt64LE(12);
  return {
    fingerprint,
    publicKey: {
      fingerprint: fingerprint.toString(),
      modulus: toBigInt(modulus).toString(),
      exponent: Number(toBigInt(exponent)),
    },
    unpad(data) {
      const raw = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, data);
      const encrypted = raw.subarray(32);
      const key = xor(raw.subarray(0, 32), sha256(encrypted));
      const plain = igeDecrypt(encrypted, { key, iv: Buffer.alloc(32) });
      const padded = Buffer.from(plain.subarray(0, 192)).reverse();
      return sha256(key, padded).equals(plain.subarray(192, 224)) ? padded : undefined;
    },
  };
}

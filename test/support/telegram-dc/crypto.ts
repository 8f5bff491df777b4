import { createHash } from 'node:crypto';
import { IGE } from 'telegram/crypto/IGE.js';

/** The 2048-bit safe prime of Telegram itself: clients refuse every other one for two-step passwords. */
export const dhPrime = Buffer.from(
  'c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db' +
    'fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64' +
    '2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41' +
    '0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4' +
    'e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf' +
    '6f4fadf034b10403119cd8e3b92fcc5b',
  'hex',
);
export const dhGenerator = 3;

export type AesKey = { readonly key: Buffer; readonly iv: Buffer };

/** Whose message it is: both sides derive different AES keys from the one auth key. */
export type Direction = 'from client' | 'from server';

export function sha1(...parts: readonly Buffer[]): Buffer {
  return createHash('sha1').update(Buffer.concat(parts)).digest();
}

export function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

export function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

export function igeEncrypt(data: Buffer, { key, iv }: AesKey): Buffer {
  return new IGE(key, iv).encryptIge(data);
}

export function igeDecrypt(data: Buffer, { key, iv }: AesKey): Buffer {
  return new IGE(key, iv).decryptIge(data);
}

export function toBigInt(bigEndian: Buffer): bigint {
  return BigInt(`0x${bigEndian.toString('hex') || '0'}`);
}

export function toBuffer(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** AES key of one message, MTProto 2.0. */
export function messageAes(authKey: Buffer, messageKey: Buffer, direction: Direction): AesKey {
  const x = direction === 'from client' ? 0 : 8;
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(x + 40, x + 76), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}

export function messageKey(authKey: Buffer, padded: Buffer, direction: Direction): Buffer {
  const x = direction === 'from client' ? 88 : 96;
  return sha256(authKey.subarray(x, x + 32), padded).subarray(8, 24);
}

/** MTProto 1.0, from the client: what binds a temporary key is still encrypted in the old way. */
export function messageAesV1(authKey: Buffer, key: Buffer): AesKey {
  const a = sha1(key, authKey.subarray(0, 32));
  const b = sha1(authKey.subarray(32, 48), key, authKey.subarray(48, 64));
  const c = sha1(authKey.subarray(64, 96), key);
  const d = sha1(key, authKey.subarray(96, 128));
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]),
    iv: Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]),
  };
}

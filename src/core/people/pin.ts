import { scryptSync, timingSafeEqual } from 'node:crypto';
import type { Random } from '../platform/random.ts';

const keyLength = 32;
/** OWASP's second choice for scrypt; about 60 ms, so guessing a PIN offline costs something. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;

/** `scrypt$<salt>$<key>`, both base64. */
export function hashPin(pin: string, random: Random): string {
  const salt = Buffer.from(random.bytes(16));
  return `scrypt$${salt.toString('base64')}$${scryptSync(pin, salt, keyLength, cost).toString('base64')}`;
}

export function isPin(pin: string, hash: string): boolean {
  const [kind, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const given = scryptSync(pin, Buffer.from(salt, 'base64'), keyLength, cost);
  return timingSafeEqual(given, Buffer.from(key, 'base64'));
}

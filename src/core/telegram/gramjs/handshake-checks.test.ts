import { createHash } from 'node:crypto';
import { BinaryReader } from 'telegram/extensions/index.js';
import bigInt from 'big-integer';
import { SecurityError } from 'telegram/errors/index.js';
import { Api } from 'telegram/tl/index.js';
import { afterEach, describe, expect, it } from 'vitest';
import { dhPrime } from '../../../../test/support/telegram-dc/crypto.ts';
import { checkHandshakes } from './handshake-checks.ts';

let restore = () => {};
afterEach(() => restore());

const prime = BigInt(`0x${dhPrime.toString('hex')}`);
const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(512, '0'), 'hex');
const otherPrime = bytes(prime - 2n);

type Offer = {
  readonly g?: number;
  readonly dhPrime?: Buffer;
  readonly gA?: Buffer;
  readonly broken?: boolean;
};

/** As the library reads it: the hash first, then the object. */
function read({ g = 3, dhPrime: modulus = dhPrime, gA = bytes(prime / 3n), broken = false }: Offer): unknown {
  const nonces = { nonce: bigInt(1), serverNonce: bigInt(2) };
  const offer = new Api.ServerDHInnerData({ ...nonces, g, dhPrime: modulus, gA, serverTime: 1 }).getBytes();
  const hash = createHash('sha1').update(offer).digest();
  if (broken) hash.writeUInt8(hash.readUInt8(0) ^ 1, 0);
  const reader = new BinaryReader(Buffer.concat([hash, offer, Buffer.alloc(9)]));
  reader.read(20);
  return reader.tgReadObject();
}

const unsound: readonly (readonly [string, Offer])[] = [
  ['whose hash is wrong', { broken: true }],
  ['with a prime of its own', { dhPrime: otherPrime }],
  ['with a generator of a small group', { g: 2 }],
  ['that names one', { gA: bytes(1n) }],
  ['that names nothing', { gA: Buffer.alloc(0) }],
  ['near the lower end', { gA: bytes(1n << 1984n) }],
  ['near the upper end', { gA: bytes(prime - 1n) }],
];

describe('an offer for the key exchange', () => {
  it.each(unsound)('%s is believed by the library as it is', (_, offer) => {
    expect(read(offer)).toBeInstanceOf(Api.ServerDHInnerData);
  });

  it.each(unsound)('%s is refused', (_, offer) => {
    restore = checkHandshakes();

    expect(() => read(offer)).toThrow(SecurityError);
  });

  it('that is sound is taken', () => {
    restore = checkHandshakes();

    expect(read({})).toBeInstanceOf(Api.ServerDHInnerData);
  });
});

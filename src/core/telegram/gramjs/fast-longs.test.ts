import { BinaryReader } from 'telegram/extensions/index.js';
import { expect, it } from 'vitest';
import { createSeededRandom } from '../../training/seeded-random.ts';
import { readLongsFast } from './fast-longs.ts';

const edges = [0n, 1n, -1n, 255n, 2n ** 31n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];

function numbers(): readonly bigint[] {
  const random = createSeededRandom(5);
  const drawn = Array.from({ length: 500 }, () => Buffer.from(random.bytes(8)).readBigInt64LE());
  return [...edges, ...drawn];
}

function read(number: bigint, signed: boolean) {
  const bytes = Buffer.alloc(12, 7);
  bytes.writeBigInt64LE(number);
  const reader = new BinaryReader(bytes);
  const long = reader.readLong(signed);
  return { long: long.toString(), isZero: long.isZero(), next: reader.readInt() };
}

const readAll = () => numbers().flatMap((number) => [read(number, true), read(number, false)]);

it('a number is the one the library itself reads', () => {
  const slowly = readAll();
  const restore = readLongsFast();

  const fast = readAll();
  restore();

  expect(fast).toEqual(slowly);
  expect(fast[4]?.long).toBe('-1');
});

it('what ends in the middle of a number is refused', () => {
  const restore = readLongsFast();

  expect(() => new BinaryReader(Buffer.alloc(7)).readLong()).toThrow('No more data');
  restore();
});

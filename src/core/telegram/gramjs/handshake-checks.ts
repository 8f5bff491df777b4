import { createHash } from 'node:crypto';
import { SecurityError } from 'telegram/errors/index.js';
import { Api } from 'telegram/tl/index.js';

/** As the library's reader is when it reads an object: behind its four bytes of kind. */
type Reader = { readonly stream: Buffer; readonly offset: number };
type Inner = { readonly g: number; readonly dhPrime: Buffer; readonly gA: Buffer };
type InnerClass = { fromReader: (reader: Reader) => Inner };

const hashBytes = 20;
const kindBytes = 4;
/**
 * SHA-256 of the one prime Telegram gives to everybody. To prove another one safe takes two seconds of this thread; the
 * library's two-step password knows no other either.
 */
const knownPrime = '02f85e7687fc6f33ba678226a963b3c8a191b47c890cf30debe17c1d623b5af1';
/** Those that generate the subgroup a secret cannot leak from, for that prime. */
const soundGenerators: ReadonlySet<number> = new Set([3, 4, 7]);
/** https://core.telegram.org/mtproto/auth_key: neither end of the range may be near. */
const margin = 1n << 1984n;

/**
 * The library believes whatever a server offers for the key exchange: it skips the hash of the offer, and takes any
 * prime and any number of the other side. Whoever sits between could make the key one that is known to him.
 */
export function checkHandshakes(): () => void {
  const inner = Api.ServerDHInnerData as unknown as InnerClass;
  const original = inner.fromReader;
  inner.fromReader = function readSound(reader) {
    const begin = reader.offset - kindBytes;
    const offer = original.call(this, reader);
    requireSound(offer, reader.stream.subarray(0, hashBytes), reader.stream.subarray(begin, reader.offset));
    return offer;
  };
  return () => {
    inner.fromReader = original;
  };
}

function requireSound({ g, dhPrime, gA }: Inner, hash: Buffer, offer: Buffer): void {
  if (!createHash('sha1').update(offer).digest().equals(hash)) {
    throw new SecurityError('The hash of the key exchange is wrong');
  }
  if (createHash('sha256').update(dhPrime).digest('hex') !== knownPrime || !soundGenerators.has(g)) {
    throw new SecurityError('The prime of the key exchange is not known to be safe');
  }
  const [prime, theirs] = [toBigInt(dhPrime), toBigInt(gA)];
  if (theirs <= margin || theirs >= prime - margin) {
    throw new SecurityError('The number of the other side is out of the safe range');
  }
}

function toBigInt(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex') || '0'}`);
}

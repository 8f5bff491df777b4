import type { Random } from '../platform/random.ts';

/** The same seed tells the same shift, so that a screenshot or a lesson can be repeated. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state are plenty for a story.
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { number, bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(number() * 256)) };
}

/** A seed for a stream of its own, so that one teller's choices do not change another's. */
export function seedFrom(random: Random): number {
  return Math.floor(random.number() * 4_294_967_296);
}

export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random.number() * items.length)] ?? items[0];
}

/** A whole number, both ends included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random.number() * (high - low + 1));
}

/** An id as mail programs make them, without angle brackets. */
export function makeMessageId(random: Random, domain: string): string {
  return `${Buffer.from(random.bytes(10)).toString('hex')}@${domain}`;
}

/** Deals the items in a shuffled order, and shuffles again only when all are dealt: no phrase comes twice in a row. */
export function createDeck<Item>(random: Random, items: readonly [Item, ...Item[]]): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = [...items];
    const [dealt = items[0]] = left.splice(Math.floor(random.number() * left.length), 1);
    return dealt;
  };
}

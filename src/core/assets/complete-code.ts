import type { AssetRow } from '../../shared/contract/assets.ts';
import { foldCode } from '../../shared/domain/asset-code.ts';
import type { AssetListStore, KeyHit } from '../db/asset-list-store.ts';

const shown = 32;
const nearestShown = 8;
/** Neighbours of a wrong code that are weighed one by one. */
const mostNear = 200;
/** A code further off than this many slips is another code. */
const furthest = 4;
const letters = '0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const longestTyped = 24;

/** By any piece of a code, name or alias; for what nothing has, the valid codes nearest to it. */
export function completeCode(
  lists: AssetListStore,
  { text, poleId }: { readonly text: string; readonly poleId: number | null },
): { readonly assets: AssetRow[]; readonly nearest: boolean } {
  const ids = lists.complete(text, poleId, shown);
  if (ids.length > 0) return { assets: lists.rows(ids), nearest: false };
  const typed = foldCode(text);
  // Words without a figure are names, and a name nobody has is no slip of a code.
  if (poleId !== null || !/\d/.test(typed)) return { assets: [], nearest: false };
  const near = nearestKeys(lists, typed.slice(0, longestTyped));
  return { assets: lists.rows(near), nearest: near.length > 0 };
}

function nearestKeys(lists: AssetListStore, typed: string): number[] {
  const found = new Map<number, number>();
  const weighed = new Set<string>();
  const weigh = ({ key, id }: KeyHit) => {
    const hit = `${key} ${id}`;
    if (weighed.has(hit)) return;
    weighed.add(hit);
    const slips = distance(typed, key.slice(0, typed.length + 1), furthest);
    if (slips <= furthest) found.set(id, Math.min(found.get(id) ?? furthest, slips));
  };
  for (const start of oneSlipAway(typed)) for (const hit of lists.keysFrom(start, 3)) weigh(hit);
  // Two slips and more: what shares the longest beginning.
  for (let length = typed.length - 1; length >= 3 && found.size < nearestShown; length -= 1) {
    for (const hit of lists.keysFrom(typed.slice(0, length), mostNear)) weigh(hit);
  }
  return [...found]
    .toSorted(([a, slipsOfA], [b, slipsOfB]) => slipsOfA - slipsOfB || a - b)
    .slice(0, nearestShown)
    .map(([id]) => id);
}

/** Every spelling that one wrong, missing, extra or swapped sign makes the typed one. */
function oneSlipAway(typed: string): Set<string> {
  const near = new Set<string>();
  for (let at = 0; at <= typed.length; at += 1) {
    const [before, rest] = [typed.slice(0, at), typed.slice(at)];
    for (const letter of letters) {
      near.add(before + letter + rest);
      if (rest !== '') near.add(before + letter + rest.slice(1));
    }
    if (rest.length > 0) near.add(before + rest.slice(1));
    if (rest.length > 1) near.add(`${before}${rest[1]}${rest[0]}${rest.slice(2)}`);
  }
  near.delete('');
  return near;
}

/** Slips between two words, counted only so far as they matter: two rows of the table are enough. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}

import type { LetterSize } from './imap-connection.ts';

type Limits = {
  readonly letters: number;
  readonly mostLetters: number;
  /** A letter above this goes alone. */
  readonly wholeBytes: number;
};

/** Of a full-sized chunk; a smaller one gets its share. */
const mostBytes = 16 * 1024 * 1024;

/** The next letters to fetch together, always at least one, and what is left. */
export function planChunks(
  letters: readonly LetterSize[],
  limits: Limits,
): { readonly chunk: readonly LetterSize[]; readonly rest: readonly LetterSize[] } {
  const budget = (mostBytes * limits.letters) / limits.mostLetters;
  let bytes = 0;
  let count = 0;
  for (const { size } of letters) {
    const isFirst = count === 0;
    const tooBig = size > limits.wholeBytes;
    if (!isFirst && (tooBig || count >= limits.letters || bytes + size > budget)) break;
    bytes += size;
    count += 1;
    if (tooBig) break;
  }
  return { chunk: letters.slice(0, count), rest: letters.slice(count) };
}

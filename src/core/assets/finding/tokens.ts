import { dashSigns, foldCode } from '../../../shared/domain/asset-code.ts';
import { voidSpans, type Span } from './void-spans.ts';

/** A run of letters, digits, dashes and low lines. */
export type Token = {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  /** What stands between this token and the one before. */
  readonly gap: string;
  /** In lower case, with `ё` as `е`. */
  readonly word: string;
  /** Folded when it may be a code, else the same as `word`. */
  readonly text: string;
  /** Has a digit or a dash. */
  readonly codeLike: boolean;
  /** Part of an address, a link, a phone or a sample. */
  readonly isVoid: boolean;
};

export type Tokens = { readonly text: string; readonly list: readonly Token[] };

/** Longer runs are no code: they are keys, hashes, hostile. */
const longestCode = 64;
const mostPieces = 8;
const runs = new RegExp(`[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}\\p{M}\\p{Cf}_${dashSigns}]*`, 'gu');
const codeSign = new RegExp(`[\\p{Nd}${dashSigns}]`, 'u');
const tail = new RegExp(`[\\p{Cf}_${dashSigns}]`, 'u');
/** A dash with blanks beside it, or at the end of a line that was broken there. */
const spacedDash = new RegExp(`^(?:[^\\S\\n]{0,3}[${dashSigns}][^\\S\\n]{0,3}|[${dashSigns}]\\n)$`, 'u');
const singleBlank = /^ $/u;
const piece = /^(?:P|[A-Z]{0,2}\d{1,6})(?:-(?:P|[A-Z]{0,2}\d{1,6})){0,6}$/u;

export function tokenize(text: string): Tokens {
  const spans = voidSpans(text);
  const list: Token[] = [];
  let last = 0;
  let next = 0;
  let voidUntil = 0;
  for (const { 0: run, index } of text.matchAll(runs)) {
    const raw = run.slice(0, lengthWithoutTail(run));
    while (next < spans.length && spanStart(spans, next) < index + raw.length) {
      voidUntil = Math.max(voidUntil, spans[next]?.[1] ?? 0);
      next += 1;
    }
    const word = raw.slice(0, longestCode).toLowerCase().replaceAll('ё', 'е');
    const codeLike = codeSign.test(raw) && raw.length <= longestCode;
    list.push({
      start: index,
      end: index + raw.length,
      raw,
      gap: text.slice(last, index),
      word,
      text: codeLike ? foldCode(raw) : word,
      codeLike,
      isVoid: voidUntil > index,
    });
    last = index + raw.length;
  }
  return { text, list };
}

/** Index of the last token of a code written with blanks around its dashes, or in their place; `from` when there is none. */
export function chainEnd({ list }: Tokens, from: number): number {
  const first = list[from];
  if (!first || !isPiece(first)) return from;
  const gap = /^\d{5}$/u.test(first.text) && list[from + 1]?.gap === ' ' ? singleBlank : spacedDash;
  let end = from;
  while (end - from < mostPieces) {
    const next = list[end + 1];
    if (!next || next.isVoid || !gap.test(next.gap) || !isPiece(next)) break;
    end += 1;
  }
  return end - from < mostPieces ? end : from;
}

function isPiece({ raw, codeLike, text }: Token): boolean {
  if (raw.length > 30) return false;
  return codeLike ? piece.test(text) : /^[PpРр]$/u.test(raw);
}

function spanStart(spans: readonly Span[], index: number): number {
  return spans[index]?.[0] ?? Number.POSITIVE_INFINITY;
}

function lengthWithoutTail(run: string): number {
  let length = run.length;
  while (length > 1 && tail.test(run[length - 1] ?? '')) length -= 1;
  return length;
}

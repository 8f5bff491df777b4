import { foldCode } from '../../../shared/domain/asset-code.ts';
import type { AssetKind, FindingRule } from '../../../shared/domain/asset-kinds.ts';
import type { KnownAsset } from './finding.ts';
import type { LetterPart } from './letter-parts.ts';
import type { LookUp } from './look-up.ts';
import { saidNear, saidOf } from './number-context.ts';
import { looksLikeYear, shapeOf, type NumberShape, type Said } from './number-shape.ts';
import { readAlias } from './read-alias.ts';
import { readTails } from './short-list.ts';
import { unglue, type Piece } from './unglue.ts';
import { chainEnd, tokenize, type Token, type Tokens } from './tokens.ts';

/** Words of the text and the assets of one kind they may mean. */
export type Mention = {
  readonly part: LetterPart;
  readonly kind: AssetKind;
  readonly assets: readonly KnownAsset[];
  readonly rule: FindingRule;
  readonly shape: NumberShape;
  readonly words: string;
  /** It counts only when its pole is named, or when the sender is its operator: the words around do not say what it is. */
  readonly needs: 'pole' | 'operator' | 'either' | undefined;
};

type Reader = {
  readonly part: LetterPart;
  readonly tokens: Tokens;
  readonly lookUp: LookUp;
  /** The whole subject is one number. */
  readonly alone: boolean;
};

const truncated = /^[-\u2010-\u2015]?(?:…|\.{2,}|\*)/u;

/** A part that names more is a table of everything: nothing will be bound, and twenty are offered. */
const mostMentions = 300;

/** Everything in a part that may be an asset, in the order of the text. */
export function readPart(part: LetterPart, lookUp: LookUp, alone: boolean): Mention[] {
  const tokens = tokenize(part.text);
  const reader: Reader = { part, tokens, lookUp, alone };
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.list.length && mentions.length < mostMentions; at += 1) {
    const token = tokens.list[at];
    if (!token || token.isVoid) continue;
    const chain = token.codeLike ? readChain(reader, at) : undefined;
    const alias = chain ? undefined : readAlias(tokens, at, lookUp);
    if (chain) {
      mentions.push(...chain.mentions);
      at = chain.end;
    } else if (alias) {
      const words = part.text.slice(token.start, tokens.list[alias.end]?.end);
      mentions.push(...alias.hits.map((hit) => toMention(part, hit, words)));
      at = alias.end;
    } else if (token.codeLike) {
      mentions.push(...readToken(reader, at));
    }
  }
  return mentions;
}

/** A code with blanks around its dashes, unless its first piece is a code already. */
function readChain(reader: Reader, at: number): { mentions: Mention[]; end: number } | undefined {
  const { tokens, part, lookUp } = reader;
  const end = chainEnd(tokens, at);
  const first = tokens.list[at];
  const last = tokens.list[end];
  if (end === at || !first || !last) return undefined;
  if (lookUp.whole(first.text).some(({ kind }) => kind === 'pole')) return undefined;
  const words = part.text.slice(first.start, last.end);
  const code = foldCode(words).replaceAll(' ', '-');
  const found = lookUp.whole(code);
  const isOther = found.length > 0 && saidNear(tokens, at) === 'other';
  const hits = found.filter(({ kind }) => kind === 'pole' || !isOther);
  const poles = hits.length > 0 || /\d \w/u.test(words) ? [] : lookUp.starts(code);
  if (hits.length > 0) return { mentions: hits.map((hit) => toMention(part, hit, words)), end };
  if (poles.length === 0) return undefined;
  return { mentions: [toMention(part, { kind: 'pole', rule: 'code-start', assets: poles }, words)], end };
}

function readToken(reader: Reader, at: number): Mention[] {
  const { tokens, part, lookUp } = reader;
  const token = tokens.list[at];
  if (!token) return [];
  const hits = lookUp.whole(token.text);
  if (hits.length > 0) {
    const said = saidOf(tokens, at);
    const own = hits.flatMap((hit) => readHit(reader, hit, token, said));
    if (own.length === 0) return [];
    const tails = readTails(tokens, at, lookUp);
    return [
      ...own,
      ...tails.map((tail) =>
        toMention(part, tail.hit, part.text.slice(token.start, tokens.list[tail.at]?.end)),
      ),
    ];
  }
  const poles = lookUp.starts(token.text);
  if (poles.length > 0) {
    const said = saidOf(tokens, at);
    if (said === 'other' || said === 'unclear') return [];
    return [toMention(part, { kind: 'pole', rule: 'code-start', assets: poles }, token.raw)];
  }
  const spaced = readSpaced(reader, at);
  if (spaced.length > 0) return spaced;
  const pieces = unglue(token.text, lookUp);
  const near = pieces.length > 0 ? saidNear(tokens, at) : undefined;
  return pieces.flatMap((piece) => readPiece(reader, piece, token, near));
}

type Found = { readonly kind: AssetKind; readonly rule: FindingRule; readonly assets: readonly KnownAsset[] };

/** A code of a pole speaks for itself; a number needs the words around it. */
function readHit(reader: Reader, hit: Found, token: Token, said: Said | undefined): Mention[] {
  const { part, tokens, lookUp } = reader;
  if (hit.kind === 'pole' && hit.rule === 'code') {
    const longer = truncated.test(tokens.text.slice(token.end, token.end + 4))
      ? lookUp.starts(token.text)
      : [];
    if (longer.length === 0) return [toMention(part, hit, token.raw)];
    return [toMention(part, { ...hit, rule: 'code-start', assets: [...hit.assets, ...longer] }, token.raw)];
  }
  if (said === 'other') return [];
  const mention = toMention(part, hit, token.raw);
  if (said === 'station') return [mention];
  if (mention.shape !== 'bare') return [said === 'unclear' ? { ...mention, needs: 'either' } : mention];
  if (looksLikeYear(token.text)) return reader.alone ? [{ ...mention, needs: 'operator' }] : [];
  return [{ ...mention, needs: reader.alone ? undefined : 'pole' }];
}

/** `БС KA 0412`: only a word for a station tells it from the plate of a car. */
function readSpaced({ tokens, part, lookUp }: Reader, at: number): Mention[] {
  const letters = tokens.list[at - 1];
  const figures = tokens.list[at];
  if (!letters || !figures || !/^\d{3,6}$/u.test(figures.text)) return [];
  if (!/^[A-Z]{2,4}$/u.test(foldCode(letters.raw)) || !/^[^\S\n]$/u.test(figures.gap)) return [];
  if (saidNear(tokens, at - 1) !== 'station') return [];
  const words = part.text.slice(letters.start, figures.end);
  return lookUp.whole(foldCode(letters.raw) + figures.text).map((hit) => toMention(part, hit, words));
}

function readPiece(reader: Reader, { hit, said }: Piece, token: Token, around: Said | undefined): Mention[] {
  if (hit.kind === 'pole') return [toMention(reader.part, hit, token.raw)];
  return readHit(reader, hit, token, said ?? around);
}

function toMention(part: LetterPart, { kind, rule, assets }: Found, words: string): Mention {
  return { part, kind, rule, assets, words, shape: shapeOf(foldCode(words)), needs: undefined };
}

/** Formatting that can be typed; a part of what Telegram knows. Offsets and lengths count as JavaScript does. */
export type TypedMark = {
  readonly kind: 'bold' | 'italic' | 'strike' | 'code' | 'pre' | 'link';
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
};
export type MarkedText = { readonly text: string; readonly entities: readonly TypedMark[] };

type Span = {
  readonly kind: TypedMark['kind'];
  /** Offsets of the inside and of what follows the closing mark. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly url?: string;
};

const pairs = [
  { mark: '**', kind: 'bold' },
  { mark: '__', kind: 'italic' },
  { mark: '~~', kind: 'strike' },
] as const;

/** Telegram takes no more in one message; what is beyond leaves plain. */
const mostEntities = 100;
const link = /\[([^[\]\n]+)\]\(((?:https?:\/\/|mailto:|tg:)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/iy;
const wordSign = /[\p{L}\p{N}]/u;

/**
 * What leaves for Telegram from what was typed: `**bold**`, `__italic__`, `~~struck~~`, `` `mono` ``, ` ```block``` ` and
 * `[words](address)`. A mark counts only at the edge of a word, so `KA__01__2` and `2**3` stay as they are; a backslash
 * before a mark keeps it a sign.
 */
export function readMarked(typed: string): MarkedText {
  const entities: TypedMark[] = [];
  const text = read(typed, 0, entities);
  const inOrder = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: inOrder.slice(0, mostEntities) };
}

function read(source: string, base: number, entities: TypedMark[]): string {
  let text = '';
  let at = 0;
  while (at < source.length) {
    const span = spanAt(source, at);
    if (span) {
      const offset = base + text.length;
      const inner = source.slice(span.from, span.to);
      const isRaw = span.kind === 'code' || span.kind === 'pre';
      const words = isRaw ? inner : read(inner, offset, entities);
      entities.push({
        kind: span.kind,
        offset,
        length: words.length,
        ...(span.url === undefined ? {} : { url: span.url }),
      });
      text += words;
      at = span.end;
    } else if (source[at] === '\\' && spanAt(source, at + 1)) {
      const mark = markAt(source, at + 1);
      text += mark;
      at += 1 + mark.length;
    } else {
      text += source[at];
      at += 1;
    }
  }
  return text;
}

function spanAt(source: string, at: number): Span | undefined {
  const mark = markAt(source, at);
  if (mark === '') return undefined;
  if (mark === '[') {
    link.lastIndex = at;
    const found = link.exec(source);
    if (!found?.[1] || !found[2]) return undefined;
    const end = at + found[0].length;
    return { kind: 'link', from: at + 1, to: at + 1 + found[1].length, end, url: found[2] };
  }
  if (isWord(source[at - 1])) return undefined;
  if (mark === '```') return blockAt(source, at);
  const from = at + mark.length;
  if (isBlank(source[from]) || source[from] === mark[0]) return undefined;
  const to = closing(source, mark, from);
  if (to === undefined) return undefined;
  const kind = pairs.find((pair) => pair.mark === mark)?.kind ?? 'code';
  return { kind, from, to, end: to + mark.length };
}

/** A block keeps its lines; the line ends beside its marks are not part of it. */
function blockAt(source: string, at: number): Span | undefined {
  const close = source.indexOf('```', at + 3);
  if (close === -1) return undefined;
  const from = source[at + 3] === '\n' ? at + 4 : at + 3;
  const to = source[close - 1] === '\n' ? close - 1 : close;
  return from < to ? { kind: 'pre', from, to, end: close + 3 } : undefined;
}

function closing(source: string, mark: string, from: number): number | undefined {
  for (let at = source.indexOf(mark, from + 1); at !== -1; at = source.indexOf(mark, at + 1)) {
    if (mark === '`' && source.slice(from, at).includes('\n')) return undefined;
    const after = source[at + mark.length];
    if (!isBlank(source[at - 1]) && after !== mark[0] && !isWord(after)) return at;
  }
  return undefined;
}

function markAt(source: string, at: number): string {
  const pair = pairs.find(({ mark }) => source.startsWith(mark, at));
  if (pair) return pair.mark;
  if (source.startsWith('```', at)) return '```';
  return source[at] === '`' || source[at] === '[' ? source[at] : '';
}

export function isWord(sign: string | undefined): boolean {
  return sign !== undefined && wordSign.test(sign);
}

export function isBlank(sign: string | undefined): boolean {
  return sign === undefined || /\s/.test(sign);
}

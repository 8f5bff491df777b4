import { readMarked, type TypedMark } from './marked-text.ts';

type Formatting = {
  readonly kind: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
};

const marks = { bold: '**', italic: '__', strike: '~~', code: '`' } as const;
const openings = /(?=\*\*|__|~~|`|\[)/g;

/** A text of nothing but marks must not hold up the desk; what is left then comes back as it reads. */
const mostTurns = 100;

/**
 * The other way: what has to be typed so that `readMarked` gives this text with this formatting. Signs that would be
 * taken for marks get a backslash; formatting no mark can say (half a word, a spoiler) is left out, words are not.
 */
export function writeMarked(text: string, entities: readonly Formatting[]): string {
  const signs = [...text.matchAll(openings)].map(({ index }) => index);
  const escaped = new Set<number>();
  let kept = nested(entities.filter(isTyped));
  let typed = compose(text, kept, escaped);
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const read = readMarked(typed);
    const lost = kept.find((mark) => !read.entities.some((other) => isSame(mark, other)));
    if (read.text === text && lost === undefined) return typed;
    const at = firstDifference(text, read.text);
    const taken = signToKeep({ text, signs, kept, escaped }, at);
    if (taken !== undefined) escaped.add(taken);
    else if (kept.length > 0) kept = kept.filter((mark) => mark !== (lost ?? kept.at(-1)));
    else break;
    typed = compose(text, kept, escaped);
  }
  return readMarked(typed).text === text ? typed : text;
}

function isTyped(entity: Formatting): entity is TypedMark {
  return (
    entity.kind in marks || entity.kind === 'pre' || (entity.kind === 'link' && entity.url !== undefined)
  );
}

/** From outside to inside; one that crosses another cannot be typed. */
function nested(all: readonly TypedMark[]): TypedMark[] {
  const kept: TypedMark[] = [];
  // Of two around the same words `readMarked` names the inner first.
  const outsideIn = all.toReversed().toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  for (const mark of outsideIn) {
    const end = mark.offset + mark.length;
    const crosses = kept.some((outer) => {
      const outerEnd = outer.offset + outer.length;
      return mark.offset < outerEnd && end > outerEnd;
    });
    if (mark.length > 0 && !crosses) kept.push(mark);
  }
  return kept;
}

function compose(text: string, kept: readonly TypedMark[], escaped: ReadonlySet<number>): string {
  let typed = '';
  for (let at = 0; at <= text.length; at += 1) {
    for (const mark of kept.toReversed()) if (mark.offset + mark.length === at) typed += closing(mark);
    for (const mark of kept) if (mark.offset === at) typed += opening(mark);
    if (escaped.has(at)) typed += '\\';
    typed += text[at] ?? '';
  }
  return typed;
}

function opening({ kind }: TypedMark): string {
  if (kind === 'link') return '[';
  return kind === 'pre' ? '```\n' : marks[kind];
}

function closing({ kind, url }: TypedMark): string {
  if (kind === 'link') return `](${url})`;
  return kind === 'pre' ? '\n```' : marks[kind];
}

function isSame(a: TypedMark, b: TypedMark): boolean {
  return a.kind === b.kind && a.offset === b.offset && a.length === b.length && a.url === b.url;
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

type Writing = {
  readonly text: string;
  readonly signs: readonly number[];
  readonly kept: readonly TypedMark[];
  readonly escaped: ReadonlySet<number>;
};

/** The sign that was taken for a mark, or for the end of a backslash, stands about where the texts part. */
function signToKeep({ text, signs, kept, escaped }: Writing, at: number): number | undefined {
  return signs
    .filter((sign) => !escaped.has(sign) && Math.abs(sign - at) <= 3)
    .toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at))
    .find((sign) => {
      const typed = compose(text, kept, new Set(escaped).add(sign));
      return firstDifference(text, readMarked(typed).text) > at;
    });
}

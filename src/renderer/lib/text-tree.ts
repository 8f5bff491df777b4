import type { ChatEntity } from '../../shared/contract/chats.ts';

export type TextNode =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | {
      readonly kind: ChatEntity['kind'];
      readonly at: number;
      readonly entity: ChatEntity;
      readonly children: readonly TextNode[];
    };

type Span = { readonly start: number; readonly end: number; readonly entity: ChatEntity };

/** Blocks hold everything, what is clicked holds what is only drawn. */
const ranks: Readonly<Record<ChatEntity['kind'], number>> = {
  quote: 0,
  pre: 1,
  spoiler: 2,
  link: 3,
  mention: 3,
  email: 3,
  phone: 3,
  hashtag: 3,
  code: 4,
  bold: 5,
  italic: 5,
  underline: 5,
  strike: 5,
};

/**
 * Marks as a tree over the text, whatever came: a mark that sticks out of its parent is cut there and goes on after it,
 * one that reaches past the text is shortened, none divides a character of two units.
 */
export function textTree(text: string, entities: readonly ChatEntity[]): readonly TextNode[] {
  const spans = entities
    .map((entity) => spanOf(text, entity))
    .filter((span) => span.start < span.end)
    .toSorted(inOrder);
  return grow(text, 0, text.length, spans, new Set());
}

function spanOf(text: string, entity: ChatEntity): Span {
  const start = whole(text, Math.min(Math.max(0, entity.offset), text.length), -1);
  const end = whole(text, Math.min(entity.offset + entity.length, text.length), 1);
  return { start, end, entity };
}

/** Moves a place out of the middle of a surrogate pair. */
function whole(text: string, place: number, step: 1 | -1): number {
  const before = text.charCodeAt(place - 1);
  const after = text.charCodeAt(place);
  const isInside = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return isInside ? place + step : place;
}

function inOrder(one: Span, other: Span): number {
  return one.start - other.start || other.end - one.end || ranks[one.entity.kind] - ranks[other.entity.kind];
}

/** `around`: kinds already open here; a mark inside its own kind says nothing, a link inside a link cannot be. */
function grow(
  text: string,
  from: number,
  to: number,
  spans: readonly Span[],
  around: ReadonlySet<ChatEntity['kind']>,
): readonly TextNode[] {
  const nodes: TextNode[] = [];
  const waiting = [...spans];
  let at = from;
  for (let span = waiting.shift(); span !== undefined; span = waiting.shift()) {
    const { start, end, entity } = span;
    if (isSaid(entity.kind, around) || start >= to) continue;
    const inside: Span[] = [];
    const after: Span[] = [];
    for (const other of waiting.splice(0)) {
      if (other.start >= end) after.push(other);
      else if (other.end <= end) inside.push(other);
      else {
        inside.push({ ...other, end });
        after.push({ ...other, start: end });
      }
    }
    waiting.push(...after.toSorted(inOrder));
    if (start > at) nodes.push({ kind: 'text', at, text: text.slice(at, start) });
    const children = grow(text, start, end, inside, new Set([...around, entity.kind]));
    nodes.push({ kind: entity.kind, at: start, entity, children });
    at = end;
  }
  if (at < to) nodes.push({ kind: 'text', at, text: text.slice(at, to) });
  return nodes;
}

const clicked: ReadonlySet<ChatEntity['kind']> = new Set(['link', 'mention', 'email', 'phone', 'hashtag']);

function isSaid(kind: ChatEntity['kind'], around: ReadonlySet<ChatEntity['kind']>): boolean {
  return around.has(kind) || (clicked.has(kind) && [...around].some((other) => clicked.has(other)));
}

import { isBlank, isWord } from '../../../shared/domain/marked-text.ts';

export type MarkKind = 'bold' | 'italic' | 'strike' | 'code' | 'link';
export type Selected = { readonly text: string; readonly start: number; readonly end: number };

const marks: Record<Exclude<MarkKind, 'link'>, string> = {
  bold: '**',
  italic: '__',
  strike: '~~',
  code: '`',
};

/**
 * Puts a mark around what is chosen, or takes it away when it is there; half a chosen word becomes the whole word. At the
 * end of marked words the same key leads out of them.
 */
export function toggleMark(selected: Selected, kind: MarkKind): Selected {
  const { text, start, end } = wholeWords(selected);
  const inner = text.slice(start, end);
  if (kind === 'link') return linkFrom(text, start, end);
  const mark = kind === 'code' && inner.includes('\n') ? '```' : marks[kind];
  const { length } = mark;
  if (text.slice(start - length, start) === mark && text.slice(end, end + length) === mark) {
    const without = text.slice(0, start - length) + inner + text.slice(end + length);
    return { text: without, start: start - length, end: end - length };
  }
  if (inner === '' && endsMarked(text, end, mark)) return { text, start: end + length, end: end + length };
  const marked = text.slice(0, start) + mark + inner + mark + text.slice(end);
  return { text: marked, start: start + length, end: end + length };
}

/** An odd number of marks before means that the one ahead closes. */
function endsMarked(text: string, caret: number, mark: string): boolean {
  return text.startsWith(mark, caret) && text.slice(0, caret).split(mark).length % 2 === 0;
}

/** An address that was chosen becomes the address, words become the words; what is missing is chosen to be typed. */
function linkFrom(text: string, start: number, end: number): Selected {
  const inner = text.slice(start, end);
  const isAddress = /^(https?:\/\/|mailto:|tg:)\S+$/i.test(inner);
  const words = isAddress ? '' : inner;
  const address = isAddress ? inner : 'https://';
  const made = `${text.slice(0, start)}[${words}](${address})${text.slice(end)}`;
  const caret = words === '' ? start + 1 : start + words.length + 3;
  return { text: made, start: caret, end: words === '' ? caret : caret + address.length };
}

function wholeWords({ text, start, end }: Selected): Selected {
  let from = start;
  let to = end;
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  if (from === to) return { text, start, end: start };
  while (isWord(text[from]) && isWord(text[from - 1])) from -= 1;
  while (isWord(text[to - 1]) && isWord(text[to])) to += 1;
  return { text, start: from, end: to };
}

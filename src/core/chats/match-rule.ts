import { foldText, isCode, toLatin } from '../../shared/domain/search-text.ts';
import type { ChatRule } from '../../shared/contract/chats.ts';
import type { PeerId } from '../platform/chat-types.ts';

export type Said = { readonly text: string; readonly senderId: PeerId | null };

/** What sets a rule off: the code for a rule by code, otherwise an empty text; undefined when nothing does. */
export function matchRule({ kind, value }: Pick<ChatRule, 'kind' | 'value'>, said: Said): string | undefined {
  const wanted = listOf(value);
  switch (kind) {
    case 'all':
      return '';
    case 'sender':
      return said.senderId !== null && wanted.includes(said.senderId) ? '' : undefined;
    case 'keyword': {
      const folded = foldText(said.text);
      return wanted.some((word) => holdsBeginning(folded, foldText(word))) ? '' : undefined;
    }
    case 'code':
      return codesIn(said.text, wanted).at(0);
  }
}

/** Codes that begin with one of the prefixes, folded and in one piece; without prefixes any letters and figures that look like one. */
export function codesIn(text: string, prefixes: readonly string[]): string[] {
  const wanted = prefixes.map((prefix) => plainCode(foldText(prefix))).filter((prefix) => prefix !== '');
  const folded = foldText(text);
  const found: string[] = [];
  for (const [run, head = ''] of folded.matchAll(runs)) {
    if (wanted.length === 0) {
      if (isCode(run) && /^\p{L}{1,5}[-_ ]?\d{2,}/u.test(run) && !run.includes(' '))
        found.push(plainCode(run));
      continue;
    }
    // `KA 0412`: the number may stand apart when the letters before it are a prefix.
    const joined = plainCode(run);
    const isWhole = wanted.some(
      (prefix) => joined.startsWith(prefix) && /\d/.test(joined.charAt(prefix.length)),
    );
    if (isWhole && (!run.includes(' ') || wanted.includes(plainCode(head)))) found.push(joined);
  }
  return found;
}

/** Letters and figures joined by dashes; a word of letters takes a number after one space along. */
const runs =
  /([\p{L}\p{N}]+)(?:[-_][\p{L}\p{N}]+)*(?:(?<=(?<![\p{L}\p{N}])\p{L}+) \d+(?:[-_][\p{L}\p{N}]+)*)?/gu;

function plainCode(run: string): string {
  return toLatin(run.replaceAll(/[-_ ]/g, ''));
}

/** At the beginning of a word: Russian words end in many ways. */
function holdsBeginning(folded: string, word: string): boolean {
  if (word === '') return false;
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) return true;
  }
  return false;
}

export function listOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

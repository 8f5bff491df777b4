import { limits } from './limits.ts';

/** Longer ones are garbage; RFC 5322 allows a line of 998. */
const maxIdChars = 998;

/** Ids that mailers invent for a letter that answers nothing. */
const emptyIds = /^(?:auto-.*|null|0|none|undefined|-)$/i;

/** Without angle brackets and blanks, so that a folded or broken id still equals itself; undefined when there is none. */
export function readMessageId(header: string | undefined): string | undefined {
  return readIds(header).at(0);
}

/** Ids this letter answers, oldest first, without those that name nothing or the letter itself. */
export function readReferences(header: string | undefined, own: string | undefined): readonly string[] {
  const ids = readIds(header).filter((id) => !emptyIds.test(id) && id !== own);
  const unique = [...new Set(ids)];
  // The first names the conversation, the last the letters it answers: a hostile middle is dropped.
  return unique.length <= limits.references
    ? unique
    : [...unique.slice(0, 1), ...unique.slice(1 - limits.references)];
}

function readIds(header: string | undefined): string[] {
  if (header === undefined) return [];
  const text = header.slice(0, maxIdChars * limits.references);
  const bracketed = Array.from(text.matchAll(/<([^<>]*)>?/g), (match) => match[1] ?? '');
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,;]+/);
  return ids.map((id) => id.replaceAll(/[\s"]+/g, '').slice(0, maxIdChars)).filter((id) => id !== '');
}

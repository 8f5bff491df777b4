import type { Draft } from '../../../shared/contract/letters.ts';
import type { DraftChange } from './composer-state.ts';
import { splitQuote } from './split-quote.ts';

/** What the hand wrote in a letter: without the signature and the quoted letter. */
export function ownText(body: string): string {
  const { typed } = splitQuote(body);
  const signature = /(^|\n)-- \n/.exec(typed);
  return (signature ? typed.slice(0, signature.index) : typed).trim();
}

/**
 * A reply becomes a forward, or a template is chosen, while a letter is being written: its words and files go along.
 * undefined when there is nothing to take.
 */
export function carryOver(from: Draft, to: Draft): DraftChange | undefined {
  const text = ownText(from.body);
  const known = new Set(to.attachments.map(({ sha256 }) => sha256));
  const files = from.attachments.filter(({ sha256 }) => !known.has(sha256));
  const change: DraftChange = {
    ...(text === '' || ownText(to.body) === text ? {} : { body: `${text}\n\n${to.body.trimStart()}` }),
    ...(files.length === 0 || from.mode === 'forward' ? {} : { attachments: [...to.attachments, ...files] }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

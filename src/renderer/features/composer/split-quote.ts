/** A letter's text as the composer shows it: what the hand writes, and the quoted letter folded below. */
export type SplitBody = { readonly typed: string; readonly quoted: string };

/**
 * Finds the quoted letter at the end: a block of `>` lines with its attribution, or everything below a
 * "forwarded" ruler. `typed + quoted` is the body again; the line end between them belongs to the quote, so that
 * the hand may empty its part.
 */
export function splitQuote(body: string): SplitBody {
  const lines = body.split('\n');
  const ruler = lines.findIndex((line) => /^-{3,}\s?\S.*\S\s?-{3,}$/.test(line.trim()));
  const start = ruler === -1 ? quoteStart(lines) : ruler;
  if (start === undefined) return { typed: body, quoted: '' };
  const typed = lines.slice(0, start).join('\n');
  return { typed, quoted: body.slice(typed.length) };
}

/** The other way; the quote always begins on a line of its own. */
export function joinQuote(typed: string, quoted: string): string {
  return typed === '' || quoted === '' || quoted.startsWith('\n') ? typed + quoted : `${typed}\n${quoted}`;
}

function quoteStart(lines: readonly string[]): number | undefined {
  let index = lines.length;
  while (index > 0 && isQuotedOrBlank(lines[index - 1])) index -= 1;
  const first = lines.findIndex((line, at) => at >= index && line.startsWith('>'));
  if (first === -1) return undefined;
  const attribution = lines[first - 1]?.trim() ?? '';
  return attribution.endsWith(':') ? first - 1 : first;
}

function isQuotedOrBlank(line: string | undefined): boolean {
  return line !== undefined && (line.startsWith('>') || line.trim() === '');
}

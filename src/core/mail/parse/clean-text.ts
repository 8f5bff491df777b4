const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/**
 * One line as a person reads it: compatibility forms folded, blanks joined, what cannot be seen removed. The number
 * sign stays: NFKC would turn the station `БС№14417` into `БСNo14417`.
 */
export function cleanLine(text: string): string {
  return text
    .split('№')
    .map((piece) => piece.normalize('NFKC'))
    .join('№')
    .replaceAll(invisible, '')
    .replaceAll(/[\s\0-\x1f\x7f]+/g, ' ')
    .trim();
}

/** Text of a body: lines end in LF, control characters and trailing blanks are gone, everything else stays. */
export function cleanBody(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(controls, '')
    .replaceAll('\ufeff', '')
    .replaceAll(/\n{4,}/g, '\n\n\n')
    .trim();
}

/** RFC 3676: a line that ends in a blank goes on in the next one of the same quote depth. */
export function unflow(text: string, deleteBlank: boolean): string {
  const lines: string[] = [];
  let flowing = false;
  let depth = 0;
  for (const line of text.replaceAll(/\r\n?/g, '\n').split('\n')) {
    const quote = /^>*/.exec(line)?.[0].length ?? 0;
    const body = line.slice(quote).replace(/^ /, '');
    const flows = body.endsWith(' ') && body !== '-- ';
    const piece = flows && deleteBlank ? body.slice(0, -1) : body;
    if (flowing && quote === depth && body !== '-- ') lines[lines.length - 1] += piece;
    else lines.push(quote > 0 ? `${'>'.repeat(quote)} ${piece}` : piece);
    flowing = flows;
    depth = quote;
  }
  return lines.join('\n');
}

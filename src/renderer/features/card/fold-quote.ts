/** Where people's programs say that the older letter begins. */
const introductions: readonly RegExp[] = [
  /^-{2,}\s*(original message|исходное сообщение|пересылаемое сообщение|forwarded message)/i,
  /^.{0,200}\b(wrote|writes):\s*$/i,
  /^.{0,200}(пишет|писал|писала|написал|написала|написал\(а\)):\s*$/i,
  /<[^<>\s]+@[^<>\s]+>:\s*$/,
  /^(from|от кого|от):\s.*@/i,
];

/** Splits a letter into what is new and the quote at its end; a quote in the middle is part of the answer. */
export function foldQuote(text: string): { readonly fresh: string; readonly quote: string } {
  const lines = text.split('\n');
  const introduced = lines.findIndex((line) => introductions.some((pattern) => pattern.test(line.trim())));
  const trailing = trailingQuote(lines);
  const at = introduced >= 0 && (trailing < 0 || introduced <= trailing) ? introduced : trailing;
  if (at <= 0 || lines.slice(0, at).join('').trim() === '') return { fresh: text, quote: '' };
  return { fresh: lines.slice(0, at).join('\n').trimEnd(), quote: lines.slice(at).join('\n').trim() };
}

/** The first line from which on everything is quoted, or -1. */
function trailingQuote(lines: readonly string[]): number {
  let at = -1;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (line.startsWith('>')) at = index;
    else if (line !== '') break;
  }
  return at;
}

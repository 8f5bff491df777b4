export type Named = { readonly id: number; readonly name: string };

/** Where a person is named: `[start, end)` with the sign. */
export type Mention = { readonly personId: number; readonly start: number; readonly end: number };

const isLetter = /[\p{L}\p{N}_]/u;
const firstWord = /^[\p{L}\p{N}_-]+/u;

/**
 * `@Имя Фамилия` as written out by completion, or `@Имя` typed by hand where only one person begins so. An address
 * such as `noc@towers.example` names nobody.
 */
export function findMentions(text: string, people: readonly Named[]): Mention[] {
  const folded = text.toLocaleLowerCase();
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
  const found: Mention[] = [];
  for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
    const before = folded[at - 1];
    if (before !== undefined && isLetter.test(before)) continue;
    const mention = mentionAt(folded, at, longestFirst);
    if (mention) found.push(mention);
  }
  return found;
}

function mentionAt(folded: string, start: number, people: readonly Named[]): Mention | undefined {
  const rest = folded.slice(start + 1);
  const whole = people.find(({ name }) => {
    const wanted = name.toLocaleLowerCase();
    return rest.startsWith(wanted) && !isLetter.test(rest[wanted.length] ?? ' ');
  });
  if (whole) return { personId: whole.id, start, end: start + 1 + whole.name.length };
  const word = firstWord.exec(rest)?.[0];
  if (word === undefined) return undefined;
  const [only, ...others] = people.filter(
    ({ name }) => firstWord.exec(name.toLocaleLowerCase())?.[0] === word,
  );
  return only && others.length === 0 ? { personId: only.id, start, end: start + 1 + word.length } : undefined;
}

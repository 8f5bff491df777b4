import type { Hit, LookUp } from './look-up.ts';
import type { Tokens } from './tokens.ts';

const mostWords = 3;
/** Names stand at the beginning of a letter; asking for every word of a long one would only cost time. */
const searchedWords = 400;
const shortestName = 4;
/** `пос. Боровое` is where a letter comes from, not the station that is called so. */
const locality =
  /^(?:г|гор|город[ае]?|с|сел[оае]|пос|поселок|поселк[аеу]|пгт|дер|деревн\p{L}*|д|х|хутор[ае]?|ст|станиц\p{L}*|ул|улиц\p{L}*|пер|пр|пр-кт|проспект\p{L}*|р-н|район[ае]?|урочищ\p{L}*|мкр)$/u;

/** A name in words that somebody gave an asset, the longest that begins here. */
export function readAlias(
  { list }: Tokens,
  at: number,
  lookUp: LookUp,
): { readonly hits: readonly Hit[]; readonly end: number } | undefined {
  const first = list[at];
  if (!first || at >= searchedWords || first.raw.length > 64 || !/\p{L}/u.test(first.raw)) return undefined;
  if (!lookUp.mayName(first.raw)) return undefined;
  if (locality.test(list[at - 1]?.word ?? '') && !first.codeLike) return undefined;
  const words: string[] = [];
  for (let end = at; end < at + mostWords && end < list.length; end += 1) {
    const token = list[end];
    if (!token || token.isVoid || token.raw.length > 64) break;
    if (end > at && !/^[^\S\n]{1,2}$/u.test(token.gap)) break;
    words.push(token.raw);
  }
  for (let count = words.length; count > 0; count -= 1) {
    const name = words.slice(0, count).join(' ');
    if (count === 1 && (first.codeLike || name.length < shortestName)) break;
    const hits = lookUp.named(name);
    if (hits.length > 0) return { hits, end: at + count - 1 };
  }
  return undefined;
}

import type { LookUp, Hit } from './look-up.ts';
import type { Tokens } from './tokens.ts';

const tightGap = /^[/\\,(+&]$/u;
/** With blanks only a longer tail is taken for one: `41208-P-52-1-1, 2 фазы` is one pole. */
const looseGap = /^\s{0,2}[,;/+&]?\s{0,2}-?$/u;
const longTail = /^(?:\d{3,5}|\d{1,3}(?:-\d{1,3})+)$/u;
/** `41208-P-52-1-1 и 2.`: nothing is counted by the two. */
const uncounted = /^[^\S\n]?(?:$|[.,;:)\n])/u;
const mostTails = 10;

/** `KA0411/12`, `77-81240, 81241`, `58346-11-77-1-2 и 1-3`: what the tails behind a code mean, when the registry has it. */
export function readTails(
  tokens: Tokens,
  at: number,
  lookUp: LookUp,
): readonly { readonly hit: Hit; readonly at: number }[] {
  const { list } = tokens;
  const code = list[at]?.text ?? '';
  const found: { hit: Hit; at: number }[] = [];
  let next = at + 1;
  for (let tails = 0; tails < mostTails; tails += 1) {
    if (/^(?:и|and|или)$/u.test(list[next]?.word ?? '') && list[next]?.gap === ' ') next += 1;
    const tail = list[next];
    if (!tail || tail.isVoid || !/^[\d-]{1,9}$/u.test(tail.text) || tail.text.length >= code.length) break;
    const isLoose =
      longTail.test(tail.text) ||
      tail.gap.endsWith('-') ||
      uncounted.test(tokens.text.slice(tail.end, tail.end + 2));
    const isTail = tightGap.test(tail.gap) || (isLoose && looseGap.test(tail.gap));
    if (!isTail || lookUp.whole(tail.text).length > 0) break;
    const hits = lookUp.whole(code.slice(0, -tail.text.length) + tail.text);
    if (hits.length === 0) break;
    found.push(...hits.map((hit) => ({ hit, at: next })));
    next += 1;
  }
  return found;
}

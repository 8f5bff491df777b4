import { z } from 'zod';
import type { Heard } from './message-text.ts';

const collected = z.object({
  from: z.string(),
  reference: z.number(),
  texts: z.array(z.string().nullable()),
  begunAt: z.number(),
});
type Collected = z.infer<typeof collected>;

/** A part that is missing for so long does not come any more: what is there is better than nothing. */
const patienceMs = 5 * 60_000;
/** Whoever sends beginnings without an end fills nobody's memory. */
const mostOpen = 50;

/** Long messages come in parts, in any order; a centre says each of them once, so what has come is kept as text. */
export function createJoiner() {
  let open: readonly Collected[] = [];
  return {
    /** What waits for its other parts, to be gone on from after a restart. */
    kept: () => (open.length === 0 ? '' : JSON.stringify(open)),
    restore(kept: string): void {
      const read = z.array(collected).safeParse(kept === '' ? [] : parsed(kept));
      open = read.success ? read.data : [];
    },
    /** When the one that waits longest is waited for no more. */
    lateAt: () =>
      open.length === 0 ? undefined : Math.min(...open.map(({ begunAt }) => begunAt)) + patienceMs,
    /** The whole text once its last part has come. */
    take(from: string, { text, part }: Heard, now: number): string | undefined {
      if (!part) return text;
      const { reference, count, index } = part;
      const isSame = (one: Collected) =>
        one.from === from && one.reference === reference && one.texts.length === count;
      const begun = open.find(isSame);
      const before = begun?.texts ?? Array.from({ length: count }, () => null);
      const texts = before.with(index - 1, text);
      const others = open.filter((one) => one !== begun);
      if (!texts.includes(null)) {
        open = others;
        return texts.join('');
      }
      open = [...others, { from, reference, texts, begunAt: begun?.begunAt ?? now }];
      return undefined;
    },
    /** Those that wait for too long, or are too many, as far as they came. */
    late(now: number): readonly { readonly from: string; readonly text: string }[] {
      const isLate = ({ begunAt }: Collected, index: number) =>
        now - begunAt >= patienceMs || index < open.length - mostOpen;
      const gone = open.filter(isLate);
      open = open.filter((one) => !gone.includes(one));
      return gone.map(({ from, texts }) => ({ from, text: texts.map((text) => text ?? '…').join('') }));
    },
  };
}

function parsed(kept: string): unknown {
  try {
    return JSON.parse(kept);
  } catch {
    return [];
  }
}

import type { Heard } from './message-text.ts';

type Collected = { readonly texts: (string | undefined)[]; readonly begunAt: number };

/** A part that is missing for so long does not come any more: what is there is better than nothing. */
const patienceMs = 5 * 60_000;

/** Long messages come in parts, in any order; kept in memory, for a centre says each of them once. */
export function createJoiner() {
  const open = new Map<string, Collected>();
  return {
    /** The whole text once its last part has come. */
    take(from: string, { text, part }: Heard, now: number): string | undefined {
      if (!part) return text;
      const key = `${from}:${part.reference}:${part.count}`;
      const found = open.get(key) ?? {
        texts: Array.from({ length: part.count }, () => undefined),
        begunAt: now,
      };
      open.set(key, found);
      found.texts[part.index - 1] = text;
      if (found.texts.includes(undefined)) return undefined;
      open.delete(key);
      return found.texts.join('');
    },
    /** Those that wait for too long, as far as they came. */
    late(now: number): readonly { readonly from: string; readonly text: string }[] {
      const gone = [...open].filter(([, { begunAt }]) => now - begunAt >= patienceMs);
      for (const [key] of gone) open.delete(key);
      return gone.map(([key, { texts }]) => ({
        from: key.split(':')[0] ?? '',
        text: texts.map((text) => text ?? '…').join(''),
      }));
    },
  };
}

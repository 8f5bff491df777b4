import { fieldOf, wordsOf } from '../http-refusal.ts';

/** Where reading of the relay goes on, and when each person wrote last: only they open the window for free words. */
export type WhatsappCursor = {
  readonly at: string;
  readonly wrote: Readonly<Record<string, number>>;
};

export const windowMs = 24 * 3_600_000;

export function readWhatsappCursor(stored: string): WhatsappCursor {
  try {
    const cursor: unknown = JSON.parse(stored);
    const wrote = Object.entries(fieldOf(cursor, 'wrote') ?? {}).flatMap(([id, at]) =>
      typeof at === 'number' ? [[id, at] as const] : [],
    );
    return { at: wordsOf(fieldOf(cursor, 'at')), wrote: Object.fromEntries(wrote) };
  } catch {
    return { at: '', wrote: {} };
  }
}

/** Windows that have closed are forgotten: it is as long as people wrote today. */
export function writeWhatsappCursor({ at, wrote }: WhatsappCursor, now: number): string {
  const open = Object.entries(wrote).filter(([, wroteAt]) => now - wroteAt < windowMs);
  return JSON.stringify({ at, wrote: Object.fromEntries(open) });
}

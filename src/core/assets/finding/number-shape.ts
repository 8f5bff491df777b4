/** `bare`: 14417; `dashed`: 52-01873; `lettered`: KA0412. The barer a number, the more must speak for it. */
export type NumberShape = 'bare' | 'dashed' | 'lettered';

/**
 * `other`: the text says that the number belongs to something that is no asset; `unclear`: to something we have no word
 * for, so its pole or its operator must speak for it.
 */
export type Said = 'station' | 'other' | 'unclear' | 'nothing';

/** Of a folded code. */
export function shapeOf(code: string): NumberShape {
  if (/^\d+$/u.test(code)) return 'bare';
  return /^\d+(?:-\d+)+$/u.test(code) ? 'dashed' : 'lettered';
}

export const looksLikeYear = (code: string): boolean => /^(?:19|20)\d\d$/u.test(code);

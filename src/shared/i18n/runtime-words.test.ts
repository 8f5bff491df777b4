import { describe, expect, test } from 'vitest';
import { accountPresets } from '../../core/mail/presets.ts';
import { mailTroubles } from '../domain/mail-troubles.ts';
import { telegramTroubles } from '../domain/telegram-troubles.ts';
import { errorCodes } from '../errors.ts';
import { createWords } from './index.ts';

/** Keys that core names at run time: the compiler cannot see that they have words. */
const keys = [
  ...errorCodes.map((code) => `error.${code}`),
  ...mailTroubles.map((trouble) => `accountTest.${trouble}`),
  ...telegramTroubles.map((trouble) => `telegramTrouble.${trouble}`),
  ...accountPresets.flatMap(({ hint }) => hint ?? []),
];

describe.each(['ru', 'en'] as const)('in %s', (language) => {
  const words = createWords(language);

  test.each(keys)('%s says what happened and what to do', (key) => {
    expect(words.exists(key, { fallbackLng: language })).toBe(true);
  });
});

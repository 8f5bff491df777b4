import { describe, expect, test } from 'vitest';
import { maskLoginCode } from './mask-login-code.ts';

describe('a login code is covered however Telegram words it:', () => {
  test.each([
    [
      'Login code: 12345. Do not give this code to anyone!',
      'Login code: •••••. Do not give this code to anyone!',
    ],
    [
      'Код для входа в Telegram: 12345. Не давайте код никому.',
      'Код для входа в Telegram: •••••. Не давайте код никому.',
    ],
    ['Ваш код подтверждения — 123-456', 'Ваш код подтверждения — •••-•••'],
    ['Your code is 1 2 3 4 5', 'Your code is • • • • •'],
    ['12345 is your login code', '••••• is your login code'],
    ['Code: 12\u00a0345', 'Code: ••\u00a0•••'],
    ['Code: 1\u200b2\u200b3\u200b4\u200b5', 'Code: •\u200b•\u200b•\u200b•\u200b•'],
    ['Код: 12–345', 'Код: ••–•••'],
    ['Anmeldecode: 54321', 'Anmeldecode: •••••'],
    ['https://t.me/login/12345', 'https://t.me/login/•••••'],
    [
      'This is your login code:\nxZ3k-9aQe8\nDo not give it',
      'This is your login code:\n••••••••••\nDo not give it',
    ],
    [
      'Вот код для входа:\nAbCdEfGhIjK\n\nНе передавайте его',
      'Вот код для входа:\n•••••••••••\n\nНе передавайте его',
    ],
    ['Код: ١٢٣٤٥', 'Код: •••••'],
  ])('%s', (text, masked) => {
    expect(maskLoginCode(text)).toBe(masked);
    expect(maskLoginCode(text)).toHaveLength(text.length);
  });
});

test('what a notice of a new device tells stays readable', () => {
  const notice =
    'New login. We detected a login into your account from a new device on 01/02/2026 at 12:00:05 UTC.\nLocation: Uglich (IP = 203.0.113.77)\nВход 5 марта 2026 в 09:15, 2026-03-05.';

  expect(maskLoginCode(notice)).toBe(notice);
});

test('a code beside a date is covered, and the date stays', () => {
  expect(maskLoginCode('01/02/2026 12345')).toBe('01/02/2026 •••••');
  expect(maskLoginCode('Code: remember, it is 54321')).toBe('Code: remember, it is •••••');
});

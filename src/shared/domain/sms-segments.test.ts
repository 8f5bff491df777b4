import { expect, test } from 'vitest';
import { measureSms, smsText, splitSms } from './sms-segments.ts';

test.each([
  ['nothing', '', 'gsm7', 1, 160],
  ['160 Latin letters', 'a'.repeat(160), 'gsm7', 1, 0],
  ['one more', 'a'.repeat(161), 'gsm7', 2, 145],
  ['306 of them', 'a'.repeat(306), 'gsm7', 2, 0],
  ['307 of them', 'a'.repeat(307), 'gsm7', 3, 152],
  ['signs that are escaped, two each', '€'.repeat(80), 'gsm7', 1, 0],
  ['one escaped sign more', '€'.repeat(81), 'gsm7', 2, 143],
  ['70 Russian letters', 'щ'.repeat(70), 'ucs2', 1, 0],
  ['one more', 'щ'.repeat(71), 'ucs2', 2, 63],
  ['134 of them', 'щ'.repeat(134), 'ucs2', 2, 0],
  ['135 of them', 'щ'.repeat(135), 'ucs2', 3, 66],
  ['one Russian letter among Latin ones', `${'a'.repeat(70)}щ`, 'ucs2', 2, 63],
  ['35 pictures, two units each', '🗼'.repeat(35), 'ucs2', 1, 0],
  ['a picture that does not fit before the break', `${'щ'.repeat(66)}🗼${'щ'.repeat(10)}`, 'ucs2', 2, 55],
  ['an accent that the alphabet lacks', 'naïve', 'ucs2', 1, 65],
  ['Greek capitals that it has', 'ΔΦΓΛΩΠΨΣΘΞ', 'gsm7', 1, 150],
] as const)('%s are counted as an operator counts them', (_name, text, encoding, segments, left) => {
  expect(measureSms(text)).toMatchObject({ encoding, segments, left });
});

test('no sign is torn apart between two parts, and together they are the whole text', () => {
  const latin = `${'a'.repeat(152)}€${'b'.repeat(30)}`;
  const russian = `${'щ'.repeat(66)}🗼${'щ'.repeat(70)}`;

  expect(splitSms(latin)).toEqual(['a'.repeat(152), `€${'b'.repeat(30)}`]);
  expect(splitSms(russian)).toEqual(['щ'.repeat(66), `🗼${'щ'.repeat(65)}`, 'щ'.repeat(5)]);
});

test('a title is said once', () => {
  expect(smsText({ title: 'PLT-7', text: 'Мачта без питания' })).toBe('PLT-7\nМачта без питания');
  expect(smsText({ title: 'PLT-7', text: 'PLT-7: мачта без питания' })).toBe('PLT-7: мачта без питания');
  expect(smsText({ title: '', text: 'Мачта' })).toBe('Мачта');
});

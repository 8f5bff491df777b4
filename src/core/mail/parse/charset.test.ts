import { expect, test } from 'vitest';
import { encodeCharset } from '../../../../test/support/make-letter.ts';
import { decodeBytes } from './charset.ts';

const subjects = [
  'Т2 Отсутствует ВЭС KA0412/41208-P-52-1-1',
  'Отключение ЭП на БС 19203',
  'Акт осмотра.pdf',
  'Иванов Пётр Сергеевич',
  'ВНИМАНИЕ! АВАРИЯ НА БАЗОВОЙ СТАНЦИИ',
];

test.each(['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'])(
  'short Russian lines in undeclared %s are read',
  (charset) => {
    for (const subject of subjects) {
      expect(decodeBytes(encodeCharset(subject, charset), undefined)).toEqual({
        text: subject,
        guessed: true,
      });
    }
  },
);

test.each([
  ['windows-1251', 'cp-1251'],
  ['windows-1251', 'WIN1251'],
  ['koi8-r', 'KOI8R'],
  ['ibm866', 'cp866'],
  ['x-mac-cyrillic', 'mac-cyrillic'],
  ['utf-8', 'UTF8'],
])('%s is believed when it is called %s', (charset, label) => {
  for (const subject of subjects) {
    expect(decodeBytes(encodeCharset(subject, charset), label)).toEqual({ text: subject, guessed: false });
  }
});

test('a declared charset is not overruled by a word or two', () => {
  expect(decodeBytes(encodeCharset('ЩУКИН', 'koi8-r'), 'koi8-r')).toEqual({ text: 'ЩУКИН', guessed: false });
});

test('Western text is not taken for Russian', () => {
  const text = 'Größe geändert, à vérifier';

  expect(decodeBytes(encodeCharset(text, 'windows-1252'), 'iso-8859-1')).toEqual({ text, guessed: false });
  expect(decodeBytes(encodeCharset(text, 'windows-1252'), undefined).text).toBe(text);
});

test('a few broken bytes do not turn a UTF-8 text into another charset', () => {
  const bytes = Buffer.concat([Buffer.from('Площадка обесточена'), Buffer.of(0xd0)]);

  expect(decodeBytes(bytes, 'utf-8').text).toBe('Площадка обесточена\u{fffd}');
});

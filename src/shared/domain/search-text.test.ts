import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldInPlace, foldText, indexText, parseQuery, phoneDigits } from './search-text.ts';

test('folding twice changes nothing, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    { numRuns: 1000 },
  );
});

test('folding in place moves no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(foldInPlace(text)).toHaveLength(text.length);
    }),
  );
});

test('case, ё, dashes, fixed spaces and invisible marks make no difference', () => {
  expect(foldText('Ёлка\u00a0—  КАБЕЛЬ\u200b\u00ad‑1')).toBe('елка - кабель-1');
});

test('nothing of what was typed reaches the index but letters and digits in quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      const match = parseQuery(typed)?.match ?? '';

      expect(match.replaceAll(/"[\p{L}\p{N} ]+"/gu, 'q')).toMatch(/^(?:\(?q(?: \*)?\)?(?: (?:AND|OR) |$))*$/);
    }),
    { numRuns: 1000 },
  );
});

const queries: [typed: string, match: string | undefined][] = [
  ['', undefined],
  ['  *()" ', undefined],
  ['а', undefined],
  ['авария', '"авария" *'],
  ['авария ', '"авария"'],
  ['нет пит', '"нет" AND "пит" *'],
  ['"нет питания" тел', '"нет питания" AND "тел" *'],
  ['«нет питания»', '"нет питания"'],
  ['OR NOT NEAR(a b)', '"or" AND "not" AND "near" AND "a"'],
  ['plt 1042', '"plt" AND "1042" *'],
  ['PLT-1042', '("plt1042" * OR "plt 1042")'],
  ['ка0412', '("ka0412" * OR "ka412")'],
  ['41208-Р-52', '("41208p52" * OR "41208 p 52")'],
  ['52-01873', '"52 01873" *'],
  ['8 900 000-11-22', '"9000001122"'],
  ['+79000001122', '"9000001122"'],
  ['+7 (900) 000-11-22 щит', '"9000001122" AND "щит" *'],
  ['ivan.petrov@op.example', '"ivan petrov op example" *'],
];

test.each(queries)('"%s" asks for %s', (typed, match) => {
  expect(parseQuery(typed)?.match).toBe(match);
});

test('a hundred words are asked as the first eight', () => {
  expect(
    parseQuery(Array.from({ length: 60 }, (_, index) => `сл${'о'.repeat(index % 5)}во`).join(' '))?.needles,
  ).toHaveLength(8);
});

test('phones are the same however they are written, and other figures are not phones', () => {
  for (const phone of ['8 900 000-11-22', '+7 (900) 000-11-22', '79000001122', '900 000 11 22']) {
    expect(phoneDigits(phone)).toBe('9000001122');
  }
  expect(phoneDigits('2026-03-04 05')).toBeUndefined();
  expect(indexText(['тел. +7 (900) 000-11-22']).split(' ')).toContain('9000001122');
});

test('codes are indexed in one piece, in Latin letters, also without padding', () => {
  expect(indexText(['41208-Р-52-1-1']).split(' ')).toEqual(
    expect.arrayContaining(['41208p5211', '41208', 'p']),
  );
  expect(indexText(['КА000412']).split(' ')).toEqual(expect.arrayContaining(['ka000412', 'ka412']));
  expect(indexText(['ВЛ-10']).split(' ')).toContain('вл10');
});

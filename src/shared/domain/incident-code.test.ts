import { expect, test } from 'vitest';
import { findCodes, formatCode, withoutCodes } from './incident-code.ts';

const ours: [subject: string, number: number][] = [
  ['PLT-1042', 1042],
  ['Re: PLT-1042: нет питания', 1042],
  ['re: plt-1042', 1042],
  ['Fwd:PLT-1042', 1042],
  ['[PLT-1042] авария', 1042],
  ['По заявке PLT‑1042 (неразрывный дефис)', 1042],
  ['По заявке PLT–1042', 1042],
  ['По заявке PLT—1042', 1042],
  ['По заявке PLT−1042', 1042],
  ['PLT - 1042', 1042],
  ['PLT\u00a01042', 1042],
  ['PLT 1042', 1042],
  ['PLT_1042', 1042],
  ['РLТ-1042', 1042],
  ['рlт-1042', 1042],
  ['ПЛТ-1042', 1042],
  ['P\u200bLT-1042', 1042],
  ['ＰＬＴ-１０４２', 1042],
  ['PLT-1042.', 1042],
  ['заявка №PLT-1042', 1042],
  ['desk@towers.example Дата: сегодня PLT-1042', 1042],
];

test.each(ours)('reads our code in "%s"', (subject, number) => {
  expect(findCodes(subject, ['PLT'])).toEqual([{ code: `PLT-${number}`, prefix: 'PLT', number }]);
});

const notOurs = [
  'INCIDENT-40551',
  'XPLT-1042',
  'ХPLT-1042',
  'AB-PLT-1042',
  '7PLT-1042',
  'PLT-0042',
  'PLT-1042a',
  'PLT-1042-7',
  'PLT1042',
  'PLT-',
  'PLT-12345678901',
  'KRS-1042',
  '',
];

test.each(notOurs)('takes "%s" for nobody\'s code of ours', (subject) => {
  expect(findCodes(subject, ['PLT'])).toEqual([]);
});

test("a two-letter prefix is not found inside partners' tickets, and is found in Cyrillic", () => {
  expect(findCodes('INCIDENT-40551 CLIENT-77 EVENT-12', ['NT'])).toEqual([]);
  expect(findCodes('Re: НТ-120045: отключение', ['NT'])).toEqual([
    { code: 'NT-120045', prefix: 'NT', number: 120045 },
  ]);
});

test('several codes come in the order they are read, whatever their prefix', () => {
  expect(findCodes('KRS-7, PLT-1042 и PLT-1001', ['PLT', 'KRS']).map(({ code }) => code)).toEqual([
    'KRS-7',
    'PLT-1042',
    'PLT-1001',
  ]);
});

test('what is written is read again', () => {
  expect(findCodes(formatCode('PLT', 77), ['PLT']).map(({ number }) => number)).toEqual([77]);
  expect(withoutCodes('Re: PLT-77: вода', ['PLT']).includes('77')).toBe(false);
});

test('a hostile subject does not keep the pattern busy', () => {
  const started = performance.now();

  findCodes(`${'PLT-'.repeat(50_000)}${'P L T '.repeat(20_000)}${'PLT '.repeat(50_000)}`, ['PLT']);

  expect(performance.now() - started).toBeLessThan(500);
});

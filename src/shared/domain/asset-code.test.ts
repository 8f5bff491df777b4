import { expect, test } from 'vitest';
import { foldCode, numberKeys } from './asset-code.ts';

test('a code is one key, whatever alphabet, case or dash it is written in', () => {
  const spellings = [
    '41208-P-52-1-1',
    '41208-р-52-1-1',
    '41208–Р–52–1–1',
    '41208 - P - 52 - 1 - 1',
    '41208\u00a0\u2011\u00a0P\u221252\u20141\u200b-1',
    ' 41208-\u00adP-52-1-1 ',
    '４１２０８－Ｐ－５２－１－１',
  ];

  expect(new Set(spellings.map(foldCode))).toEqual(new Set(['41208-P-52-1-1']));
});

test('letters that only sound alike stay different codes', () => {
  expect(foldCode('41208-П-52')).not.toBe(foldCode('41208-P-52'));
  expect(foldCode('РО0595')).not.toBe(foldCode('RO0595'));
});

test('an alias in words keeps its words', () => {
  expect(foldCode(' ак-боровое ')).toBe(foldCode('АК – Боровое'));
  expect(foldCode('Горка\u00a0 8')).toBe(foldCode('горка 8'));
  expect(foldCode('Берёзовая')).toBe(foldCode('березовая'));
});

test('folding what is folded changes nothing', () => {
  for (const code of ['ﬁ-412', 'ß-1', 'İ-7', 'КДН-2555', 'а - - б', '№ 5', '\u1e9e\u0345-1']) {
    expect(foldCode(foldCode(code)), code).toBe(foldCode(code));
  }
});

test('a padded number shares a key with a shorter one', () => {
  expect(numberKeys('KA000412')).toEqual(['KA412']);
  expect(numberKeys('КА0412')).toEqual(['KA412']);
  expect(numberKeys('KA-0412')).toEqual(['KA412']);
  expect(numberKeys('KD-2140')).toEqual(['KD2140']);
  expect(numberKeys('PL_77_81903')).toEqual(['PL-77-81903']);
});

test('figures alone are never padded, and a number that is its own key has no other', () => {
  expect(['14417', '014417', '52-01873', 'KD2140', 'KA0000'].flatMap(numberKeys)).toEqual([]);
});

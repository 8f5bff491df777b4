import { expect, test } from 'vitest';
import { checkPerson, emptySetup, isPrefix } from './setup-form.ts';

test('a desk may be set up without a PIN', () => {
  expect(checkPerson({ ...emptySetup(), name: 'Орлова Анна' })).toEqual({});
});

test('a mistyped PIN is caught before it locks its owner out', () => {
  const form = { ...emptySetup(), name: 'Орлова Анна', pin: '1234', pinAgain: '1243' };

  expect(checkPerson(form)).toEqual({ pin: 'differentPin' });
  expect(checkPerson({ ...form, pin: '12' })).toEqual({ pin: 'badPin' });
});

test('a code prefix is two to eight Latin capitals', () => {
  expect(['PLT', 'AB'].every(isPrefix)).toBe(true);
  expect(['P', 'ПЛТ', 'plt', 'ABCDEFGHI'].some(isPrefix)).toBe(false);
});

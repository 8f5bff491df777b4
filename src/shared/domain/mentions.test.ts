import { expect, test } from 'vitest';
import { findMentions } from './mentions.ts';

const people = [
  { id: 1, name: 'Орлова Анна' },
  { id: 2, name: 'Орлова Анна Сергеевна' },
  { id: 3, name: 'Зуев Игорь' },
  { id: 4, name: 'Ким' },
];
const named = (text: string) =>
  findMentions(text, people).map(({ personId, start, end }) => [personId, text.slice(start, end)]);

test.each([
  ['@Зуев Игорь, выезжай', [[3, '@Зуев Игорь']]],
  [
    'зови @зуев и @КИМ!',
    [
      [3, '@зуев'],
      [4, '@КИМ'],
    ],
  ],
  ['@Орлова Анна Сергеевна', [[2, '@Орлова Анна Сергеевна']]],
  ['@Орлова Анна — да', [[1, '@Орлова Анна']]],
  // Two begin so: nobody is called by chance.
  ['@Орлова', []],
  ['@Кимов', []],
  ['noc@Ким.example', []],
  ['@@ @', []],
] as const)('%s', (text, expected) => {
  expect(named(text)).toEqual(expected);
});

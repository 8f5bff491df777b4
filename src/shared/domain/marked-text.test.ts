import { expect, test } from 'vitest';
import { readMarked } from './marked-text.ts';

const read = (typed: string) => {
  const { text, entities } = readMarked(typed);
  return {
    text,
    marked: entities.map(({ kind, offset, length }) => [kind, text.slice(offset, offset + length)]),
  };
};

test('marks leave as formatting and are not seen themselves', () => {
  expect(read('Объект **KA0412**: __до 14:30__, ~~не~~ `reset`')).toEqual({
    text: 'Объект KA0412: до 14:30, не reset',
    marked: [
      ['bold', 'KA0412'],
      ['italic', 'до 14:30'],
      ['strike', 'не'],
      ['code', 'reset'],
    ],
  });
});

test('formatting stands in formatting, but code is taken as it is', () => {
  expect(read('**важно __сегодня__** `a **b** c`')).toEqual({
    text: 'важно сегодня a **b** c',
    marked: [
      ['bold', 'важно сегодня'],
      ['italic', 'сегодня'],
      ['code', 'a **b** c'],
    ],
  });
});

test('codes, sums and paths are no formatting', () => {
  for (const plain of [
    'KA__01__2',
    '2**3**4',
    'C:\\_temp__',
    'a ** b ** c',
    '**',
    '****',
    '`',
    'x[1](2)',
    '5 ~~ 6',
  ]) {
    expect(read(plain)).toEqual({ text: plain, marked: [] });
  }
});

test('a backslash keeps a mark a sign, and is itself only there', () => {
  expect(read('\\**не жирно** и C:\\dir')).toEqual({ text: '**не жирно** и C:\\dir', marked: [] });
});

test('a link has its words and its address, and no address of another kind', () => {
  expect(readMarked('См. [схему](https://desk.example/a_(1)?x=1).')).toEqual({
    text: 'См. схему.',
    entities: [{ kind: 'link', offset: 4, length: 5, url: 'https://desk.example/a_(1)?x=1' }],
  });
  expect(read('[нажми](javascript:alert)').marked).toEqual([]);
});

test('offsets count as JavaScript does, also after signs outside of the first plane', () => {
  expect(readMarked('🔥 **жар**').entities).toEqual([{ kind: 'bold', offset: 3, length: 3 }]);
});

test('a block keeps its lines', () => {
  expect(read('```\na = 1\n  b\n``` дальше')).toEqual({
    text: 'a = 1\n  b дальше',
    marked: [['pre', 'a = 1\n  b']],
  });
});

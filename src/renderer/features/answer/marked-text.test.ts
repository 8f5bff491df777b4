import { expect, test } from 'vitest';
import { readMarked, toggleMark } from './marked-text.ts';

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

test('the same key marks and unmarks', () => {
  const marked = toggleMark({ text: 'Объект KA0412 готов', start: 7, end: 13 }, 'bold');
  expect(marked).toEqual({ text: 'Объект **KA0412** готов', start: 9, end: 15 });
  expect(toggleMark(marked, 'bold')).toEqual({ text: 'Объект KA0412 готов', start: 7, end: 13 });
});

test('half a chosen word and the blanks around it make a mark that counts', () => {
  const { text } = toggleMark({ text: 'до утра никак', start: 4, end: 8 }, 'italic');
  expect(text).toBe('до __утра__ никак');
  expect(readMarked(text).entities).toHaveLength(1);
});

test('several lines as code are a block', () => {
  expect(toggleMark({ text: 'a\nb', start: 0, end: 3 }, 'code').text).toBe('```a\nb```');
});

test('a link asks for what is missing', () => {
  const words = toggleMark({ text: 'схема', start: 0, end: 5 }, 'link');
  expect([words.text, words.text.slice(words.start, words.end)]).toEqual(['[схема](https://)', 'https://']);
  const address = toggleMark({ text: 'https://desk.example/1', start: 0, end: 22 }, 'link');
  expect(address.text).toBe('[](https://desk.example/1)');
  expect(address.start).toBe(1);
});

import { expect, test } from 'vitest';
import { readMarked } from '../../../shared/domain/marked-text.ts';
import { toggleMark } from './toggle-mark.ts';

test('the same key marks and unmarks', () => {
  const marked = toggleMark({ text: 'Объект KA0412 готов', start: 7, end: 13 }, 'bold');
  expect(marked).toEqual({ text: 'Объект **KA0412** готов', start: 9, end: 15 });
  expect(toggleMark(marked, 'bold')).toEqual({ text: 'Объект KA0412 готов', start: 7, end: 13 });
});

test('the same key leads out of the marked words again, and never into the next ones', () => {
  const typed = '**готово**';
  expect(toggleMark({ text: typed, start: 8, end: 8 }, 'bold')).toEqual({ text: typed, start: 10, end: 10 });
  const before = 'а **готово**';
  expect(toggleMark({ text: before, start: 2, end: 2 }, 'bold').text).toBe('а ******готово**');
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

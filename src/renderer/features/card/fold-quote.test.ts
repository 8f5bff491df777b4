import { expect, test } from 'vitest';
import { foldQuote } from './fold-quote.ts';

test('the older letter under an answer is folded away', () => {
  const text = 'Бригада выехала.\n\n21.11.2026 14:05, Дежурный пишет:\n> Просим проверить\n> нагрузку';

  expect(foldQuote(text)).toEqual({
    fresh: 'Бригада выехала.',
    quote: '21.11.2026 14:05, Дежурный пишет:\n> Просим проверить\n> нагрузку',
  });
});

test('an answer written between the lines of a quote stays whole', () => {
  const text = '> Когда приедете?\nВ 14:30.\n> Кто старший?\nИванов.';

  expect(foldQuote(text)).toEqual({ fresh: text, quote: '' });
});

test('a letter that is nothing but a quote is shown', () => {
  const text = '> Просим проверить';

  expect(foldQuote(text).fresh).toBe(text);
});

test('a forwarded letter folds from its header on', () => {
  expect(foldQuote('Для сведения.\n---- Пересылаемое сообщение ----\nОт: x@y.example').fresh).toBe(
    'Для сведения.',
  );
});

test('the line by which the desk itself introduces a quote goes with the quote', () => {
  const text = 'Выехали.\n\n21.11.2026, 13:05, Дежурный <noc@tele-op.example>:\n> Просим проверить';

  expect(foldQuote(text).fresh).toBe('Выехали.');
});

import { expect, test } from 'vitest';
import { joinQuote, splitQuote } from './split-quote.ts';

test('folds the quoted letter with its attribution', () => {
  const body =
    'Добрый день!\n\n-- \nОрлова\n\n12.11.2026 14:20, noc@tele-op.example:\n> Нет питания\n> \n> с 05:12\n';

  const { typed, quoted } = splitQuote(body);

  expect(typed).toBe('Добрый день!\n\n-- \nОрлова\n');
  expect(quoted).toBe('\n12.11.2026 14:20, noc@tele-op.example:\n> Нет питания\n> \n> с 05:12\n');
});

test('folds a forwarded letter below its ruler', () => {
  const { typed, quoted } = splitQuote(
    'Смотрите ниже\n\n---------- Пересланное письмо ----------\nОт: a@b.example\n\nТекст',
  );

  expect(typed).toBe('Смотрите ниже\n');
  expect(quoted.startsWith('\n---------- Пересланное')).toBe(true);
});

test('leaves an answer between the quoted lines open', () => {
  const body = 'a@b.example:\n> вопрос\nответ под вопросом';

  expect(splitQuote(body)).toEqual({ typed: body, quoted: '' });
});

test.each(['', 'одна строка', '> только цитата', 'a:\n> b', '\n\n'])('loses nothing of %j', (body) => {
  const { typed, quoted } = splitQuote(body);

  expect(typed + quoted).toBe(body);
});

test('the quote stays on its own line when everything above it is replaced', () => {
  const { quoted } = splitQuote('a@b.example:\n> вопрос');

  const body = joinQuote('ответ', quoted);

  expect(splitQuote(body)).toEqual({ typed: 'ответ', quoted: '\na@b.example:\n> вопрос' });
});

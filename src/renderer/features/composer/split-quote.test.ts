import { expect, test } from 'vitest';
import { splitQuote } from './split-quote.ts';

test('folds the quoted letter with its attribution', () => {
  const body =
    'Добрый день!\n\n-- \nОрлова\n\n12.11.2026 14:20, noc@tele-op.example:\n> Нет питания\n> \n> с 05:12\n';

  const { typed, quoted } = splitQuote(body);

  expect(typed).toBe('Добрый день!\n\n-- \nОрлова\n\n');
  expect(quoted).toBe('12.11.2026 14:20, noc@tele-op.example:\n> Нет питания\n> \n> с 05:12\n');
});

test('folds a forwarded letter below its ruler', () => {
  const { typed, quoted } = splitQuote(
    'Смотрите ниже\n\n---------- Пересланное письмо ----------\nОт: a@b.example\n\nТекст',
  );

  expect(typed).toBe('Смотрите ниже\n\n');
  expect(quoted.startsWith('---------- Пересланное')).toBe(true);
});

test('leaves an answer between the quoted lines open', () => {
  const body = 'a@b.example:\n> вопрос\nответ под вопросом';

  expect(splitQuote(body)).toEqual({ typed: body, quoted: '' });
});

test.each(['', 'одна строка', '> только цитата', 'a:\n> b', '\n\n'])('loses nothing of %j', (body) => {
  const { typed, quoted } = splitQuote(body);

  expect(typed + quoted).toBe(body);
});

import { describe, expect, test } from 'vitest';
import { systemRandom } from '../platform/random.ts';
import { findAnswerCodes, makeAnswerCode, readAnswerWords } from './answer-words.ts';

describe('a code to be said back', () => {
  test('is found again however it is typed', () => {
    for (let count = 0; count < 200; count += 1) {
      const code = makeAnswerCode(systemRandom.bytes);

      expect(findAnswerCodes(`Принял ${code.toLowerCase()}, еду`)).toEqual([code]);
    }
  });

  test('may be typed in Russian letters', () => {
    expect(findAnswerCodes('принял к7м4рх')).toEqual(['K7M4PX']);
  });

  test('is taken neither for a word nor for a number', () => {
    expect(findAnswerCodes('КАМЕНЬ 234567 +79005550101 NT-204815 HTTP')).toEqual([]);
  });
});

describe('words of an answer', () => {
  test.each([
    ['Принял', 'accepted'],
    ['принято K7M4PX', 'accepted'],
    ['Ок', 'accepted'],
    ['+ K7M4PX', 'accepted'],
    ['Добрый день! Принял, выезжаю через час.', 'on-the-way'],
    ['В пути', 'on-the-way'],
    ['on my way', 'on-the-way'],
    ['на месте, приступил', 'in-progress'],
    ['K7M4PX Выполнено. Заменили автомат', 'done'],
    ['Не могу, на другом объекте', 'cannot'],
    ['не смогу', 'cannot'],
    ['Приняли в работу', 'accepted'],
    ['Бригада выехала, прибытие 14:30', 'on-the-way'],
    ['Выезжаем', 'on-the-way'],
    ['Работы завершены', 'done'],
    ['не можем, нет бригады', 'cannot'],
    ['Принято, будет выполнено завтра', 'accepted'],
    ['Accepted, will be done tomorrow', 'accepted'],
    ['Отказ', 'cannot'],
    ["can't", 'cannot'],
  ] as const)('%s', (text, verb) => {
    expect(readAnswerWords(text).verb).toBe(verb);
  });

  test.each([
    'ещё не принял',
    'Не готово',
    'не выполнено',
    'пока не выехал',
    'принял, но не могу',
    'Спасибо',
    'да, но позже созвонимся',
    'нет, мачта другая, уточните адрес',
    '',
  ])('that say no verb are left to a person: %s', (text) => {
    expect(readAnswerWords(text).verb).toBeNull();
  });
});

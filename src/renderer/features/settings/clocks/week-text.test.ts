import { expect, test } from 'vitest';
import { weekText } from './week-text.ts';

const office = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const short = [{ from: '09:00', to: '15:00' }];

test('alike days that follow one another stand together, and days off are not named', () => {
  expect(weekText([office, office, office, office, short, [], []], 'ru')).toBe(
    'Пн–Чт 09:00–13:00, 14:00–18:00; Пт 09:00–15:00',
  );
});

test('alike days with a day off between stand apart', () => {
  expect(weekText([short, [], short, [], [], [], short], 'ru')).toBe(
    'Пн 09:00–15:00; Ср 09:00–15:00; Вс 09:00–15:00',
  );
  expect(
    weekText(
      Array.from({ length: 7 }, () => short),
      'ru',
    ),
  ).toBe('Пн–Вс 09:00–15:00');
});

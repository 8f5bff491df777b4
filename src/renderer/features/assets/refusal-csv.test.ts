import { expect, test } from 'vitest';
import { toCsv } from './refusal-csv.ts';

test('a value from the file cannot become a formula in the report', () => {
  const csv = toCsv([['1', '=HYPERLINK("http://x.example")', '+7 900', '-1', '@a', '\tб']]);

  expect(csv).toBe(`\uFEFF1;"'=HYPERLINK(""http://x.example"")";'+7 900;'-1;'@a;'\tб\r\n`);
});

test('separators, quotes and lines inside a value stay inside it', () => {
  expect(toCsv([['а;б', 'в"г', 'д\nе']])).toBe('\uFEFF"а;б";"в""г";"д\nе"\r\n');
});

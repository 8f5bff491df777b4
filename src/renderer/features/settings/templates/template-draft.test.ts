import { expect, test } from 'vitest';
import { insertFact } from './template-draft.ts';

test('a fact goes where the cursor stands, and over what is selected', () => {
  expect(insertFact('Код: ', 'code', 5, 5)).toEqual({ text: 'Код: {{code}}', at: 13 });
  expect(insertFact('Код: тут.', 'code', 5, 8)).toEqual({ text: 'Код: {{code}}.', at: 13 });
});

import { expect, test } from 'vitest';
import { codesIn, matchRule } from './match-rule.ts';

const said = (text: string, senderId: string | null = 'u7') => ({ text, senderId });

test.each([
  ['all', '', 'что угодно', true],
  ['sender', 'u5, u7', 'что угодно', true],
  ['sender', 'u5', 'что угодно', false],
  ['keyword', 'авари, нет питания', 'Аварийное отключение', true],
  ['keyword', 'авари, нет питания', 'На объекте НЕТ  питания!', true],
  ['keyword', 'авари', 'не повреждена: коммунавария', false],
  ['keyword', 'мёртв', 'Насос МЕРТВ', true],
  ['keyword', 'мертв', 'насос мёртв', true],
  ['keyword', 'МЕРТВ', 'насос ме\u0308ртв', true],
  ['keyword', 'Й', 'иволга', false],
  ['keyword', ' , ', 'что угодно', false],
  ['code', 'KA', 'станция КА0412 молчит', true],
  ['code', 'KA', 'станция КА-0412 молчит', true],
  ['code', 'KA', 'станция ка 0412 молчит', true],
  ['code', 'KA', 'станция KAB0412', false],
  ['code', 'БС', 'бс0412 без связи', true],
  ['code', 'KA', 'как в 12 раз', false],
  ['code', '', 'KA0412 молчит', true],
  ['code', '', 'буду через 15 минут', false],
] as const)('a rule by %s "%s" over "%s" is %s', (kind, value, text, expected) => {
  expect(matchRule({ kind, value }, said(text)) !== undefined).toBe(expected);
});

test('a rule by sender never takes a message that nobody signed', () => {
  expect(matchRule({ kind: 'sender', value: 'u7' }, said('да', null))).toBeUndefined();
});

test('look-alike letters and dashes make one code', () => {
  expect(codesIn('КА-0412, KA0412 и ка 0412', ['KA'])).toEqual(['ka0412', 'ka0412', 'ka0412']);
});

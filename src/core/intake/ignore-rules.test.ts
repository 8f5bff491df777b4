import { expect, test } from 'vitest';
import type { IgnoreRule } from '../../shared/contract/settings.ts';
import { createIntakeBench, inbound } from '../../../test/support/intake-bench.ts';
import { matchingRule } from './ignore-rules.ts';

const rule = (field: IgnoreRule['field'], value: string): IgnoreRule => ({
  id: 1,
  field,
  value,
  hits: 0,
  active: true,
  createdBy: null,
  createdAt: 0,
});
const from = (address: string) => ({ from: { name: '', address }, subject: '', listId: undefined });
const about = (subject: string) => ({ from: undefined, subject, listId: undefined });

const cases: [label: string, rule: IgnoreRule, letter: Parameters<typeof matchingRule>[1], hit: boolean][] = [
  ['the sender in any case', rule('sender', 'News@shop.example'), from('news@SHOP.example'), true],
  ['the whole sender only', rule('sender', 'news@shop.example'), from('goodnews@shop.example'), false],
  ['a domain', rule('sender', '@shop.example'), from('anyone@shop.example'), true],
  ['not a domain that ends alike', rule('sender', '@shop.example'), from('a@myshop.example'), false],
  ['no sender at all', rule('sender', '@shop.example'), about('x'), false],
  ['words anywhere in the subject', rule('subject', 'дайджест'), about('Еженедельный ДАЙДЖЕСТ рынка'), true],
  ['ё as е', rule('subject', 'отчет'), about('Суточный отчёт'), true],
  ['a wildcard that fits whole', rule('subject', 'Отчёт * за *'), about('отчёт по сети за март'), true],
  ['a wildcard that does not begin so', rule('subject', 'отчёт*'), about('Re: отчёт'), false],
  ['overlapping ends', rule('subject', 'аба*аба'), about('абаба'), false],
  [
    'a List-Id with or without brackets',
    rule('list-id', '<news.shop.example>'),
    { ...about(''), listId: 'news.shop.example' },
    true,
  ],
];

test.each(cases)('a rule meets %s', (_, one, letter, hit) => {
  expect(matchingRule([one], letter) !== undefined).toBe(hit);
});

test('stars against a long subject answer at once', () => {
  const started = performance.now();

  matchingRule([rule('subject', `${'*а'.repeat(140)}*б`)], about('а'.repeat(100_000)));

  expect(performance.now() - started).toBeLessThan(200);
});

test('a letter under a rule is kept without an incident, the rule counts it and the letter names it', () => {
  const { accept, addRule, view, rules, journalKinds } = createIntakeBench();
  addRule('sender', '@news.example');

  const { incidentId, messageId } = accept(inbound({ sender: 'digest@news.example' }));

  expect(incidentId).toBeNull();
  expect(view(messageId).link).toEqual({ by: 'stored', detail: 'rule sender @news.example' });
  expect(rules.all()[0]?.hits).toBe(1);
  expect(journalKinds()).toEqual(['letter.stored']);
});

test('a rule hides no answer in a conversation that is an incident', () => {
  const { accept, addRule } = createIntakeBench();
  const root = inbound();
  accept(root);
  addRule('sender', 'noc@op.example');

  expect(accept(inbound({ inReplyTo: root.externalId })).incidentId).toBe(1);
});

test('a rule that is switched off or removed rules nothing', () => {
  const { accept, db, rules, addRule } = createIntakeBench();
  const id = addRule('subject', 'вода');
  db.transact((revision) => rules.update(id, { field: 'subject', value: 'вода', active: false }, revision));

  expect(accept(inbound({ subject: 'Вода в щите' })).incidentId).toBe(1);
});

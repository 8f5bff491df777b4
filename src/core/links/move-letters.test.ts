import { beforeEach, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { linksOf } from './link-pages.ts';
import { mergeIncidents } from './merge.ts';
import { moveLetters } from './move-letters.ts';

let kit: LinkKit;
beforeEach(() => {
  kit = createLinkKit();
});

const row = (id: number) => kit.desk.incidents.require(id);
const answer = (subject: string, to: string) =>
  kit.letter({ subject, id: `${subject}@x`, inReplyTo: `${to}@x`, references: [`${to}@x`] });
const begin = (subject: string) => kit.letter({ subject, id: `${subject}@x` });
const move = (messageIds: number[], incidentId: number | null, alone = false) =>
  moveLetters(kit.links, { messageIds, incidentId, alone }, kit.actor);

/** An incident with a thread of three, each answering the one before. */
function thread() {
  const first = begin('A1');
  const second = answer('A2', 'A1');
  const third = answer('A3', 'A2');
  return { incidentId: first.incidentId, first, second, third };
}

test('letters go with what answers them, in one step that one undo takes back', () => {
  const { incidentId, second, third } = thread();
  const other = begin('B').incidentId;

  const { undo, moved } = move([third.messageId, second.messageId], other);

  expect(moved).toBe(2);
  expect([kit.subjects(incidentId), kit.subjects(other)]).toEqual([['A1'], ['A2', 'A3', 'B']]);
  expect([row(incidentId).messageCount, row(other).messageCount]).toEqual([1, 3]);
  expect([kit.events(incidentId).at(-1), kit.events(other).at(-1)]).toEqual([
    'incident.letters-moved',
    'incident.letters-moved',
  ]);

  kit.takeBack(undo, kit.actor);
  expect([kit.subjects(incidentId), kit.subjects(other)]).toEqual([['A1', 'A2', 'A3'], ['B']]);
  expect([row(incidentId).messageCount, row(other).messageCount]).toEqual([3, 1]);
});

test('a letter alone leaves the answers to it where they are', () => {
  const { incidentId, second } = thread();
  const other = begin('B').incidentId;

  move([second.messageId], other, true);

  expect([kit.subjects(incidentId), kit.subjects(other)]).toEqual([
    ['A1', 'A3'],
    ['A2', 'B'],
  ]);
});

test('split off, the letters are an incident of their own, linked to the first; undo puts all of it back', () => {
  const { incidentId, second } = thread();
  const evidence = kit.desk.views.find(second.messageId)?.link;

  const split = move([second.messageId], null);

  expect(kit.subjects(split.incidentId)).toEqual(['A2', 'A3']);
  expect(row(split.incidentId)).toMatchObject({ title: 'A2', messageCount: 2 });
  expect(linksOf(kit.links, incidentId).links).toMatchObject([{ role: 'related', code: split.code }]);
  expect(kit.desk.alarms.sounding().map((alarm) => alarm.incidentId)).not.toContain(split.incidentId);

  kit.takeBack(split.undo, kit.actor);
  expect(kit.subjects(incidentId)).toEqual(['A1', 'A2', 'A3']);
  expect(kit.desk.views.find(second.messageId)?.link).toEqual(evidence);
  expect(linksOf(kit.links, incidentId).links).toEqual([]);
  expect(row(split.incidentId).dismissedAt).not.toBeNull();
});

test('an answer that came to the split-off incident goes back with the letter it answers', () => {
  const { incidentId, third } = thread();
  const split = move([third.messageId], null);
  answer('A4', 'A3');
  expect(kit.subjects(split.incidentId)).toEqual(['A3', 'A4']);

  kit.takeBack(split.undo, kit.actor);
  expect(kit.subjects(incidentId)).toEqual(['A1', 'A2', 'A3', 'A4']);
});

test('letters of several incidents are moved at once, and each returns to its own', () => {
  const [a, b, c] = [begin('A'), begin('B'), begin('C')];
  const { undo } = move([b.messageId, c.messageId], a.incidentId);
  expect(kit.subjects(a.incidentId)).toEqual(['A', 'B', 'C']);
  expect(row(b.incidentId).dismissedAt).not.toBeNull();

  kit.takeBack(undo, kit.actor);
  expect([b, c].map(({ incidentId }) => kit.subjects(incidentId))).toEqual([['B'], ['C']]);
  expect(row(b.incidentId).dismissedAt).toBeNull();
});

test('moved on by somebody else they are not torn from where they are now', () => {
  const [a, b, c] = [begin('A'), begin('B'), begin('C')];
  const { undo } = move([b.messageId], a.incidentId);
  move([b.messageId], c.incidentId);

  expect(() => kit.takeBack(undo, kit.actor)).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(kit.subjects(c.incidentId)).toEqual(['B', 'C']);
});

test('letters moved to a merged incident go where its letters are', () => {
  const [a, b, c] = [begin('A'), begin('B'), begin('C')];
  const others = [{ id: b.incidentId, expected: kit.expected() }];
  mergeIncidents(kit.links, { intoId: a.incidentId, expected: kit.expected(), others }, kit.actor);

  expect(move([c.messageId], b.incidentId).incidentId).toBe(a.incidentId);
  expect(kit.subjects(a.incidentId)).toEqual(['A', 'B', 'C']);
});

test('what the split came from is offered as its asset', () => {
  const { incidentId, third } = thread();
  const assetId = kit.asset({ code: '41208-P-52-1-1' });
  kit.desk.incidentAssets.save(incidentId, {
    assetId,
    state: 'bound',
    foundBy: 'hand',
    confidence: 100,
    evidence: '{}',
  });

  const split = move([third.messageId], null);

  expect(kit.desk.incidentAssets.view(split.incidentId)).toMatchObject([{ state: 'suggested' }]);
});

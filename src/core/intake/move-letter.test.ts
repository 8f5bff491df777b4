import { expect, test } from 'vitest';
import { createIntakeBench, inbound } from '../../../test/support/intake-bench.ts';

/** A thread of four: root, two answers, and an answer to the first answer. */
function thread() {
  const bench = createIntakeBench();
  const root = inbound();
  const first = inbound({ inReplyTo: root.externalId });
  const second = inbound({ inReplyTo: root.externalId });
  const deeper = inbound({ inReplyTo: first.externalId });
  const ids = [root, first, second, deeper].map((letter) => bench.accept(letter).messageId);
  bench.accept(inbound({ subject: 'Другая авария' }));
  return { ...bench, root, first, deeper, ids };
}

test('a letter moves with all that answers it, and the rest stays', () => {
  const { moveLetter, views, ids } = thread();

  const moved = moveLetter({ messageId: ids[1]!, incidentId: 2 });

  expect(moved).toMatchObject({ from: 1, to: 2, messageIds: [ids[1], ids[3]] });
  expect(views.timeline(1, null, 10).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  expect(views.timeline(2, null, 10)).toHaveLength(3);
  expect(views.find(ids[1]!)?.link).toEqual({ by: 'hand' });
});

test('later answers follow the moved branch, and answers to the rest do not', () => {
  const { moveLetter, accept, ids, deeper, root } = thread();
  moveLetter({ messageId: ids[1]!, incidentId: 2 });

  expect(accept(inbound({ inReplyTo: deeper.externalId, references: [root.externalId!] })).incidentId).toBe(
    2,
  );
  expect(accept(inbound({ inReplyTo: root.externalId })).incidentId).toBe(1);
});

test('a move is taken back by moving again', () => {
  const { moveLetter, views, ids } = thread();
  const { from } = moveLetter({ messageId: ids[1]!, incidentId: 2 });

  moveLetter({ messageId: ids[1]!, incidentId: from });

  expect(views.timeline(1, null, 10).map(({ id }) => id)).toEqual(ids);
});

test('a whole conversation moves as it is', () => {
  const { moveLetter, views, ids } = thread();

  const moved = moveLetter({ messageId: ids[0]!, incidentId: null });

  expect(moved).toMatchObject({ from: 1, to: null, messageIds: ids });
  expect(views.timeline(1, null, 10)).toEqual([]);
});

test('letters that answer each other in a circle move together once', () => {
  const { accept, moveLetter } = createIntakeBench();
  const { messageId } = accept(inbound({ id: 'a@op.example', inReplyTo: 'b@op.example' }));
  accept(inbound({ id: 'b@op.example', inReplyTo: 'a@op.example' }));

  expect(moveLetter({ messageId, incidentId: null }).messageIds).toHaveLength(2);
});

test('a letter that is not there is not found', () => {
  const { moveLetter } = createIntakeBench();

  expect(() => moveLetter({ messageId: 99, incidentId: null })).toThrow('No such letter');
});

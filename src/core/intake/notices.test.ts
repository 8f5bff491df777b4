import { expect, test } from 'vitest';
import { createIntakeBench, inbound } from '../../../test/support/intake-bench.ts';
import type { NoticeLink } from './parts.ts';

const benchFor = (as: NoticeLink['as']) => createIntakeBench({ onNotice: () => ({ as, code: 'K7M4PX' }) });

test('an answer to a notification opens no incident and is kept with its code', () => {
  const { accept, desk, view, journalKinds } = benchFor('reply');

  const { incidentId, messageId } = accept(inbound({ subject: 'Re: Мачта без питания [K7M4PX]' }));

  expect(incidentId).toBeNull();
  expect(desk.incidents).toHaveLength(0);
  expect(view(messageId).link).toEqual({ by: 'stored', detail: 'notice K7M4PX' });
  expect(journalKinds()).toEqual(['letter.stored']);
});

test('an answer to a notification that quotes the code of its incident is no letter to the incident', () => {
  const { accept, desk } = benchFor('reply');
  desk.openFromLetter({
    title: 'Авария',
    applicant: { name: '', address: '' },
    registeredAt: 0,
    channel: 'mail',
    accountId: 1,
  });

  const { incidentId } = accept(inbound({ subject: 'Re: PLT-1001 без питания' }));

  expect(incidentId).toBeNull();
  expect(desk.incidents[0]?.joined).toEqual([]);
});

test('a code word in a reply to a letter of an incident stays in its thread', () => {
  const bench = benchFor('word');
  const { accept, desk, send } = bench;
  desk.openFromLetter({
    title: 'Авария',
    applicant: { name: '', address: '' },
    registeredAt: 0,
    channel: 'mail',
    accountId: 1,
  });
  send(1, 'handed-over@towers.example', 'crew@contractor.example');

  const { incidentId } = accept(
    inbound({ sender: 'crew@contractor.example', inReplyTo: 'handed-over@towers.example' }),
  );

  expect(incidentId).toBe(1);
  expect(desk.incidents).toHaveLength(1);
});

test('a code word in a letter that names an incident joins the incident as any letter does', () => {
  const { accept, desk } = benchFor('word');
  desk.openFromLetter({
    title: 'Авария',
    applicant: { name: '', address: '' },
    registeredAt: 0,
    channel: 'mail',
    accountId: 1,
  });

  expect(accept(inbound({ subject: 'PLT-1001 без питания' })).incidentId).toBe(1);
});

test('a code word that leads to no incident opens none', () => {
  const { accept, desk } = benchFor('word');

  expect(accept(inbound()).incidentId).toBeNull();
  expect(desk.incidents).toHaveLength(0);
});

test.each(['copy', 'automatic'] as const)(
  'of a notice neither the copy nor the bounce is a letter of an incident: %s',
  (as) => {
    const { accept, desk } = benchFor(as);
    desk.openFromLetter({
      title: 'Авария',
      applicant: { name: '', address: '' },
      registeredAt: 0,
      channel: 'mail',
      accountId: 1,
    });
    const automatic = { kind: 'bounce', evidence: 'delivery-status', bounce: undefined } as const;

    const { incidentId } = accept(
      inbound({
        subject: 'PLT-1001 без питания',
        direction: as === 'copy' ? 'out' : 'in',
        automatic: as === 'copy' ? undefined : automatic,
      }),
    );

    expect(incidentId).toBeNull();
    expect(desk.incidents[0]?.joined).toEqual([]);
  },
);

test('a letter that has nothing to do with notices opens its incident as ever', () => {
  const { accept, desk } = createIntakeBench({ onNotice: () => undefined });

  expect(accept(inbound()).incidentId).toBe(1);
  expect(desk.incidents).toHaveLength(1);
});

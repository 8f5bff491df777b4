import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { createIntakeBench, deskAddress, inbound } from '../../../test/support/intake-bench.ts';

const reply = (to: InboundMessage, parts: Parameters<typeof inbound>[0] = {}) =>
  inbound({
    inReplyTo: to.externalId,
    references: [...to.references, to.externalId ?? ''],
    subject: `Re: ${to.subject}`,
    sentAt: to.sentAt + 60_000,
    receivedAt: to.receivedAt + 60_000,
    ...parts,
  });

test('an answer joins by In-Reply-To and the evidence names the letter it answers', () => {
  const { accept, view } = createIntakeBench();
  const root = inbound();
  accept(root);

  const answer = accept(inbound({ inReplyTo: root.externalId, sender: 'crew@contractor.example' }));

  expect(answer.incidentId).toBe(1);
  expect(view(answer.messageId).link).toEqual({ by: 'references', detail: root.externalId });
});

test('an answer whose parent was never seen joins by an older reference', () => {
  const { accept } = createIntakeBench();
  const root = inbound();
  accept(root);

  const answer = accept(
    inbound({ inReplyTo: 'lost@op.example', references: [root.externalId ?? '', 'lost@op.example'] }),
  );

  expect(answer.incidentId).toBe(1);
});

test('a changed subject without headers joins by the code alone', () => {
  const { accept, view } = createIntakeBench();
  accept(inbound());

  const answer = accept(inbound({ subject: 'По заявке рlт–1001' }));

  expect(answer.incidentId).toBe(1);
  expect(view(answer.messageId)).toMatchObject({ link: { by: 'code', detail: 'PLT-1001' }, notes: [] });
});

test('a stranger who quotes a code joins, and the letter says so', () => {
  const { accept, view } = createIntakeBench();
  accept(inbound());

  const answer = accept(inbound({ subject: 'PLT-1001', sender: 'who@else.example' }));

  expect(answer.incidentId).toBe(1);
  expect(view(answer.messageId).notes).toEqual(['code-from-stranger']);
});

test('a number we never gave opens an incident with a note', () => {
  const { accept, view } = createIntakeBench();

  const { incidentId, messageId } = accept(inbound({ subject: 'Re: PLT-999999: вода' }));

  expect(incidentId).toBe(1);
  expect(view(messageId).notes).toEqual(['code-unknown']);
});

test("a partner's ticket that looks like ours opens an incident of its own", () => {
  const { accept, desk } = createIntakeBench({ prefix: 'NT' });
  accept(inbound());

  accept(inbound({ subject: 'INCIDENT-1001 закрыт' }));

  expect(desk.incidents).toHaveLength(2);
});

test("a colleague's workstation code never opens an incident here", () => {
  const { accept, desk, view, journalKinds } = createIntakeBench({ foreign: ['KRS'] });

  const { messageId, incidentId } = accept(inbound({ subject: 'Re: KRS-15: вода' }));

  expect(incidentId).toBeNull();
  expect(view(messageId).link).toEqual({ by: 'stored', detail: 'foreign KRS-15' });
  expect(journalKinds()).toEqual(['letter.stored']);
  expect(desk.incidents).toHaveLength(0);
});

test('where headers and code name different incidents the open one wins, and of two open ones the code', () => {
  const cases = [
    { closed: [], winner: 2, by: 'code', lost: 1 },
    { closed: [1], winner: 2, by: 'code', lost: 1 },
    { closed: [2], winner: 1, by: 'references', lost: 2 },
    { closed: [1, 2], winner: 2, by: 'code', lost: 1 },
  ];
  for (const { closed, winner, by, lost } of cases) {
    const { accept, desk, view } = createIntakeBench();
    const first = inbound();
    accept(first);
    accept(inbound());
    for (const id of closed) desk.close(id);

    const answer = accept(inbound({ inReplyTo: first.externalId, subject: 'Re: PLT-1002' }));

    expect(answer.incidentId).toBe(winner);
    expect(view(answer.messageId).link).toMatchObject({
      by,
      otherIncidentId: lost,
      otherCode: `PLT-100${lost}`,
    });
  }
});

test('answers to a letter the code took elsewhere follow it', () => {
  const { accept } = createIntakeBench();
  const first = inbound();
  accept(first);
  accept(inbound());
  const moved = reply(first, { subject: 'Re: PLT-1002' });
  accept(moved);

  const answer = accept(reply(moved, { subject: 'Re: без кода' }));

  expect(answer.incidentId).toBe(2);
});

test('a reply that arrives before its original is put right', () => {
  const { accept, desk, view } = createIntakeBench();
  const root = inbound({ subject: 'Нет ВЭС', sender: 'noc@op.example', sentAt: 1000 });
  const answer = reply(root, { sender: 'crew@contractor.example', subject: 'Re: Нет ВЭС' });

  const early = accept(answer);
  const late = accept(root);

  expect(late.incidentId).toBe(early.incidentId);
  expect(desk.incidents).toMatchObject([
    { title: 'Нет ВЭС', applicant: 'noc@op.example', registeredAt: 1000 },
  ]);
  expect(view(late.messageId).link.by).toBe('opened');
  expect(view(early.messageId).link).toEqual({ by: 'references', detail: root.externalId });
  expect(desk.incidents[0]?.joined.at(-1)).toMatchObject({ messageId: late.messageId, opening: true });
});

test('the original is found however many letters came in between', () => {
  const { accept, desk } = createIntakeBench();
  const root = inbound({ sentAt: 1000 });
  accept(reply(root));
  for (let index = 0; index < 300; index += 1)
    accept(inbound({ subject: `Другое ${index}`, text: `${index}` }));

  const late = accept(root);

  expect(late.incidentId).toBe(1);
  expect(desk.incidents[0]?.registeredAt).toBe(1000);
});

test('our answer seen in Sent before the question it answers waits for it', () => {
  const { accept, desk, views } = createIntakeBench();
  const question = inbound();
  const answer = reply(question, { direction: 'out', sender: deskAddress });

  const early = accept(answer);
  const late = accept(question);

  expect(early.incidentId).toBeNull();
  expect(late.incidentId).toBe(1);
  expect(desk.incidents).toMatchObject([{ applicant: 'noc@op.example' }]);
  expect(views.timeline(1, null, 10).map(({ id }) => id)).toEqual([late.messageId, early.messageId]);
});

test('a letter that ties two incidents together joins its parent and shows the other', () => {
  const { accept, view } = createIntakeBench();
  const first = inbound();
  const middle = inbound({ inReplyTo: first.externalId });
  const last = inbound({ inReplyTo: middle.externalId });
  accept(last);
  accept(first);

  const tie = accept(middle);

  expect(tie.incidentId).toBe(2);
  expect(view(tie.messageId).link).toMatchObject({
    by: 'references',
    otherIncidentId: 1,
    otherCode: 'PLT-1001',
  });
});

test("robots' empty and constant references tie nothing together", () => {
  const { accept, desk } = createIntakeBench();

  for (const inReplyTo of ['null', '0', 'none', 'auto-77@robot.example', 'root@robot.example']) {
    accept(inbound({ inReplyTo, references: [inReplyTo] }));
    accept(inbound({ inReplyTo, references: [inReplyTo] }));
  }

  expect(desk.incidents).toHaveLength(10);
});

test('a letter that refers to itself, or two that refer to each other, end somewhere', () => {
  const { accept, desk } = createIntakeBench();

  accept(inbound({ id: 'self@op.example', inReplyTo: 'self@op.example', references: ['self@op.example'] }));
  accept(inbound({ id: 'a@op.example', inReplyTo: 'b@op.example' }));
  accept(inbound({ id: 'b@op.example', inReplyTo: 'a@op.example' }));

  expect(desk.incidents).toHaveLength(2);
});

test('any order of arrival gives the same incident, registered by the first letter', () => {
  const root = inbound({ subject: 'Нет ВЭС на KA0412', sender: 'noc@op.example', sentAt: 1_000 });
  const crew = reply(root, { sender: 'crew@contractor.example' });
  const thanks = reply(crew, { sender: 'noc@op.example', text: 'Спасибо' });
  const aside = reply(root, { sender: 'energy@towers.example', text: 'Смотрим' });
  const ours = reply(root, { direction: 'out', sender: deskAddress, text: 'Приняли' });
  const away = reply(ours, {
    sender: 'noc@op.example',
    text: 'Я в отпуске',
    automatic: { kind: 'auto-reply', evidence: 'Auto-Submitted', bounce: undefined },
  });
  const letters = [root, crew, thanks, aside, ours, away];

  fc.assert(
    fc.property(fc.shuffledSubarray(letters, { minLength: letters.length }), (order) => {
      const { accept, desk, views, db } = createIntakeBench();
      for (const letter of order) accept(letter);

      expect(desk.incidents).toMatchObject([
        { title: 'Нет ВЭС на KA0412', applicant: 'noc@op.example', registeredAt: 1_000 },
      ]);
      expect(views.timeline(1, null, 100)).toHaveLength(letters.length);
      db.close();
    }),
    { numRuns: 60 },
  );
});

import { expect, test } from 'vitest';
import { createIntakeBench, deskAddress, inbound } from '../../../test/support/intake-bench.ts';

test("a letter to nobody's conversation opens an incident registered at its own time", () => {
  const { accept, desk, view } = createIntakeBench();
  const letter = inbound({ subject: 'Re: Fwd: Нет ВЭС KA0412', sentAt: 1000, receivedAt: 5000 });

  const { incidentId, messageId, duplicate } = accept(letter);

  expect(duplicate).toBe(false);
  expect(desk.incidents).toMatchObject([
    { id: incidentId, title: 'Нет ВЭС KA0412', applicant: 'noc@op.example', registeredAt: 1000 },
  ]);
  expect(desk.incidents[0]?.joined).toMatchObject([
    { messageId, opening: true, direction: 'in', automatic: false },
  ]);
  expect(view(messageId)).toMatchObject({ link: { by: 'opened' }, subject: 'Re: Fwd: Нет ВЭС KA0412' });
});

test('the answer goes to Reply-To, so the applicant is who is named there', () => {
  const { accept, desk } = createIntakeBench();

  accept(
    inbound({
      from: { name: 'Робот', address: 'robot@op.example' },
      replyTo: [{ name: '', address: 'shift@op.example' }],
    }),
  );

  expect(desk.incidents[0]?.applicant).toBe('shift@op.example');
});

test('the same letter fetched twice is one message and counts once', () => {
  const { accept, desk, db } = createIntakeBench();
  const letter = inbound();

  const first = accept(letter);
  const again = accept(letter);

  expect(again).toEqual({ ...first, duplicate: true });
  expect(desk.incidents[0]?.joined).toHaveLength(1);
  expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(1);
});

test('a letter to two of our mailboxes is one message', () => {
  const { accept, desk } = createIntakeBench();
  const letter = inbound();

  const first = accept(letter);
  const second = accept({ ...letter, accountId: 2, receivedAt: letter.receivedAt + 900 });

  expect(second).toEqual({ ...first, duplicate: true });
  expect(desk.incidents).toHaveLength(1);
});

test('a letter without Message-ID is kept like any other', () => {
  const { accept, desk } = createIntakeBench();

  accept(inbound({ externalId: undefined, contentHash: 'a' }));
  accept(inbound({ externalId: undefined, contentHash: 'b', text: 'Другое' }));

  expect(desk.incidents).toHaveLength(2);
});

test('two different letters under one Message-ID are both kept', () => {
  const { accept, desk } = createIntakeBench();

  accept(inbound({ id: 'same@robot.example', text: 'Авария на 30-2719' }));
  const second = accept(inbound({ id: 'same@robot.example', text: 'Авария на 52-01873' }));

  expect(second.duplicate).toBe(false);
  expect(desk.incidents).toHaveLength(2);
});

test('the same alarm sent again an hour later joins the incident it opened', () => {
  const { accept, desk, view } = createIntakeBench();
  const alarm = { subject: 'Т2 Отсутствует ВЭС KA0412', text: 'Обесточено с 05:12.' };

  const first = accept(inbound({ ...alarm, sentAt: 0 }));
  const again = accept(inbound({ ...alarm, sentAt: 3_600_000 }));

  expect(again).toMatchObject({ incidentId: first.incidentId, duplicate: false });
  expect(view(again.messageId).link).toEqual({ by: 'content' });
  expect(desk.incidents).toHaveLength(1);
});

test('the same alarm is a new incident when the first is closed, older than a day, from somebody else or with another file', () => {
  const { accept, desk } = createIntakeBench();
  const scan = (sha256: string) => [
    {
      sha256,
      fileName: 'скан.pdf',
      mimeType: 'application/pdf',
      size: 1,
      contentId: undefined,
      inline: false,
    },
  ];
  const alarm = { subject: 'Запрос', text: '', sentAt: 0, attachments: scan('a'.repeat(64)) };

  accept(inbound(alarm));
  accept(inbound({ ...alarm, attachments: scan('b'.repeat(64)) }));
  accept(inbound({ ...alarm, sender: 'other@op.example' }));
  accept(inbound({ ...alarm, sentAt: 86_400_001 }));
  desk.close(4);
  accept(inbound({ ...alarm, sentAt: 86_500_000 }));

  expect(desk.incidents).toHaveLength(5);
});

test('our letter seen in Sent is recognised by the Message-ID it was queued with', () => {
  const { accept, desk, send, ownSeen } = createIntakeBench();
  accept(inbound());
  const sent = send(1, 'ours@desk.example', 'noc@op.example');

  const seen = accept(inbound({ id: 'ours@desk.example', direction: 'out', sender: deskAddress }));
  const returned = accept(
    inbound({ id: 'ours@desk.example', sender: deskAddress, text: 'подпись списка рассылки' }),
  );

  expect(seen).toEqual({ messageId: sent, incidentId: 1, duplicate: true });
  expect(returned.duplicate).toBe(true);
  expect(ownSeen).toEqual([sent, sent]);
  expect(desk.incidents).toHaveLength(1);
});

test('a stranger who repeats the Message-ID of our letter is not taken for us', () => {
  const { accept, send, ownSeen, desk } = createIntakeBench();
  accept(inbound());
  send(1, 'ours@desk.example', 'noc@op.example');

  const forged = accept(inbound({ id: 'ours@desk.example', sender: 'forger@evil.example' }));

  expect(forged.duplicate).toBe(false);
  expect(ownSeen).toEqual([]);
  expect(desk.incidents).toHaveLength(2);
});

test('what a person sends from another client threads and never opens', () => {
  const { accept, desk, view } = createIntakeBench();
  const question = inbound();
  accept(question);

  const answer = accept(inbound({ direction: 'out', sender: deskAddress, inReplyTo: question.externalId }));
  const fresh = accept(inbound({ direction: 'out', sender: deskAddress, subject: 'Просьба выехать' }));

  expect(answer.incidentId).toBe(1);
  expect(fresh.incidentId).toBeNull();
  expect(view(fresh.messageId).link).toEqual({ by: 'sent' });
  expect(desk.incidents).toHaveLength(1);
});

test('the answer to a letter sent from another client opens an incident that holds both', () => {
  const { accept, desk, views } = createIntakeBench();
  const request = inbound({ direction: 'out', sender: deskAddress });
  const sent = accept(request);

  const answer = accept(inbound({ inReplyTo: request.externalId, subject: 'Re: Просьба выехать' }));

  expect(desk.incidents).toMatchObject([{ id: answer.incidentId, title: 'Просьба выехать' }]);
  expect(views.timeline(1, null, 10).map(({ id }) => id)).toEqual([sent.messageId, answer.messageId]);
});

test('a copy to ourselves is one letter, whichever folder shows it first', () => {
  for (const order of [
    ['in', 'out'],
    ['out', 'in'],
  ] as const) {
    const { accept, desk } = createIntakeBench();
    const letter = inbound({ sender: deskAddress });
    const accepted = order.map((direction) => accept({ ...letter, direction }));

    expect(accepted.map(({ duplicate }) => duplicate)).toEqual([false, true]);
    expect(desk.incidents).toHaveLength(0);
  }
});

test('a web form that writes from our own mailbox opens an incident for the person in it', () => {
  const { accept, desk, view } = createIntakeBench();
  const text =
    '{"Шифр опоры":"31411-P-50-2","E-mail для обратной связи":"ivan@shop.example","Описание":"Открыт щит, искрит"}';

  const { messageId } = accept(inbound({ sender: deskAddress, subject: 'Обращение с сайта', text }));

  expect(desk.incidents).toMatchObject([{ title: 'Открыт щит, искрит', applicant: 'ivan@shop.example' }]);
  expect(view(messageId).text).toContain('Шифр опоры: 31411-P-50-2');
});

test('braces and broken JSON are prose', () => {
  const { accept, desk } = createIntakeBench();

  accept(inbound({ text: '{не JSON}', subject: 'А' }));
  accept(inbound({ text: '{"__proto__": {"polluted": 1}, "a": [1]}', subject: 'Б' }));

  expect(desk.incidents.map(({ title }) => title)).toEqual(['А', 'Б']);
});

test('letters older than the start are kept and searchable, and open nothing; an answer to them opens', () => {
  const { accept, desk, view, journalKinds } = createIntakeBench();
  const old = inbound();

  const stored = accept(old, false);
  const answer = accept(inbound({ inReplyTo: old.externalId }));

  expect(stored.incidentId).toBeNull();
  expect(view(stored.messageId).link).toEqual({ by: 'stored', detail: 'before-start' });
  expect(journalKinds()).toEqual([]);
  expect(answer.incidentId).toBe(1);
  expect(desk.incidents[0]?.joined.map(({ opening }) => opening)).toEqual([true, true]);
});

test('a letter without subject, text or names is still an incident', () => {
  const { accept, desk } = createIntakeBench();
  const attachments = [
    {
      sha256: 'c'.repeat(64),
      fileName: 'запрос.pdf',
      mimeType: 'application/pdf',
      size: 9,
      contentId: undefined,
      inline: false,
    },
  ];

  accept(inbound({ subject: '', text: 'Здравствуйте, свет выключили', from: undefined }));
  accept(inbound({ subject: 'Re:', text: '', attachments }));
  accept(inbound({ subject: '', text: '' }));

  expect(desk.incidents.map(({ title }) => title)).toEqual([
    'Здравствуйте, свет выключили',
    'запрос.pdf',
    '',
  ]);
});

test('a failure in the caller takes everything back', () => {
  const { intake, db } = createIntakeBench();

  expect(() =>
    db.transact(() => {
      intake.accept(inbound(), { mayOpen: true });
      throw new Error('raw row could not be marked');
    }),
  ).toThrow('raw row');

  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(['message', 'conversation', 'message_word', 'known_address'].map(count)).toEqual([0, 0, 0, 0]);
});

test('a letter with 10,000 references and recipients is taken in a moment, nearest parent and root kept', () => {
  const { accept, db } = createIntakeBench();
  const root = inbound();
  accept(root);
  const made = Array.from({ length: 10_000 }, (_, index) => `made-${index}@evil.example`);
  const to = made.map((address) => ({ name: '', address }));

  const { incidentId, messageId } = accept(inbound({ references: [root.externalId ?? '', ...made], to }));

  expect(incidentId).toBe(1);
  const kept = db
    .prepare('SELECT count(*) FROM message_reference WHERE message_id = ?')
    .pluck()
    .get(messageId);
  expect(kept).toBe(100);
});

test('the view of a letter tells everything the card shows', () => {
  const { accept, view, views } = createIntakeBench();
  const attachments = [
    {
      sha256: 'd'.repeat(64),
      fileName: 'фото.jpg',
      mimeType: 'image/jpeg',
      size: 12,
      contentId: 'p1',
      inline: true,
    },
  ];

  const { messageId } = accept(
    inbound({
      html: '<img src="cid:p1"><img src="https://far.example/x.png">',
      cc: [{ name: 'БСС', address: 'bss@op.example' }],
      attachments,
      notes: ['charset-guessed'],
    }),
  );

  expect(view(messageId)).toMatchObject({
    hasHtml: true,
    hasRemote: true,
    to: [{ address: deskAddress }],
    cc: [{ name: 'БСС', address: 'bss@op.example' }],
    bcc: [],
    notes: ['charset-guessed'],
    attachments: [{ fileName: 'фото.jpg', inline: true, contentId: 'p1' }],
    hasRaw: false,
    outbox: null,
  });
  expect(views.inlinePart(messageId, 'p1')).toMatchObject({ sha256: 'd'.repeat(64), mimeType: 'image/jpeg' });
  expect(views.file('d'.repeat(64))?.fileName).toBe('фото.jpg');
});

test('pages of a timeline never part letters of one moment and never repeat one', () => {
  const { accept, views } = createIntakeBench();
  const root = inbound({ receivedAt: 10 });
  accept(root);
  for (const receivedAt of [20, 20, 20, 30]) accept(inbound({ inReplyTo: root.externalId, receivedAt }));

  const last = views.timeline(1, null, 2);
  const earlier = views.timeline(1, last[0]?.receivedAt ?? 0, 2);

  expect(last.map(({ receivedAt }) => receivedAt)).toEqual([20, 20, 20, 30]);
  expect(earlier.map(({ receivedAt }) => receivedAt)).toEqual([10]);
});

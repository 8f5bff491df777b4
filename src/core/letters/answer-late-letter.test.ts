import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { createIntake } from '../intake/intake.ts';
import type { AutomaticMark, InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { channelReceipts } from '../../shared/domain/channels.ts';
import { AppError } from '../../shared/errors.ts';
import { createOutboxRunner } from '../notify/outbox-runner.ts';
import { answerLateLetter } from './answer-late-letter.ts';
import { createLetterOutcomes } from './letter-outcomes.ts';

const own = 'desk@towers.example';
const noc = 'noc@operator.example';

let kit: CoreKit;
let accountId: number;
let letters = 0;

beforeEach(() => {
  kit = createCoreKit();
  kit.addPerson('Орлова');
  accountId = kit.addAccount(own);
  kit.letterSettings.answersLateLetters = true;
});

function arrives(subject: string, over: Partial<InboundMessage> = {}): number {
  const incidents = createIncidentDesk(kit.desk);
  const intake = createIntake({
    ...kit.desk,
    log: silentLogger,
    desk: {
      ...incidents,
      letterJoined(letter) {
        incidents.letterJoined(letter);
        answerLateLetter(kit.desk, letter);
      },
    },
    onOwnLetterSeen: () => {},
    onBounce: () => {},
    onNotice: () => undefined,
  });
  letters += 1;
  return (
    intake.accept(
      {
        channel: 'mail',
        accountId,
        direction: 'in',
        externalId: `l${letters}@operator.example`,
        contentHash: `l${letters}`,
        inReplyTo: undefined,
        references: [],
        from: { name: '', address: noc },
        replyTo: [],
        to: [{ name: '', address: own }],
        cc: [],
        bcc: [],
        subject,
        text: `Письмо ${letters}`,
        html: undefined,
        sentAt: kit.clock.now(),
        receivedAt: kit.clock.now(),
        listId: undefined,
        automatic: undefined,
        attachments: [],
        notes: [],
        ...over,
      },
      { mayOpen: true },
    ).incidentId ?? 0
  );
}

function closed(subject: string, over: Partial<InboundMessage> = {}): string {
  const id = arrives(subject, over);
  close(id);
  return kit.desk.incidents.require(id).code;
}
/** As a dispatcher left it; what must be known before closing is tested elsewhere. */
const close = (id: number) =>
  kit.db.transact((revision) => {
    const record = kit.desk.incidents.require(id);
    const finishedAt = kit.clock.now();
    kit.desk.incidents.save({
      ...record,
      statusId: kit.statusId('closed'),
      finishedAt,
      lateLetters: 0,
      revision,
    });
  });
const answers = () =>
  kit.stores.outbox.rows(false).map(({ to, messageId }) => ({
    to: to.map(({ address }) => address),
    letter: kit.stores.views.find(messageId)!,
  }));
const held = () =>
  kit.db
    .prepare<[], number>("SELECT count(*) FROM journal WHERE kind = 'incident.answer-held-back'")
    .pluck()
    .get();

test('the first letter of a person into a closed incident is answered in its thread, marked as automatic', () => {
  const code = closed('Нет питания');

  arrives(`Re: ${code}`, { cc: [{ name: '', address: 'chief@operator.example' }] });

  const [answer] = answers();
  expect(answer?.to).toEqual([noc]);
  expect(answer?.letter).toMatchObject({ automatic: 'auto-reply', authorId: null });
  expect(answer?.letter.cc.map(({ address }) => address)).toEqual(['chief@operator.example']);
  expect(answer?.letter.subject).toBe(`Re: ${code}: Нет питания`);
  expect(kit.stores.views.replySource(answer!.letter.id)?.references).toEqual([
    `l${letters}@operator.example`,
  ]);
});

test('the second letter reopens the incident instead', () => {
  const code = closed('Нет питания');
  arrives(`Re: ${code}`);

  const id = arrives(`Re: ${code} всё ещё`);

  expect(answers()).toHaveLength(1);
  expect(kit.desk.incidents.require(id).finishedAt).toBeNull();
});

test('nothing is answered while the setting is off', () => {
  kit.letterSettings.answersLateLetters = false;

  arrives(`Re: ${closed('Нет питания')}`);

  expect(answers()).toEqual([]);
});

const mark = (kind: AutomaticMark['kind']): AutomaticMark => ({ kind, evidence: 'test', bounce: undefined });
test.each([
  ['a bounce', { automatic: mark('bounce') }],
  ['an automatic reply', { automatic: mark('auto-reply') }],
  ['a list or bulk mail', { automatic: mark('bulk') }],
  ['a robot that reads nothing', { from: { name: '', address: 'no-reply@operator.example' } }],
  ['our own mailbox', { from: { name: '', address: own }, replyTo: [] }],
  ['a letter without a sender', { from: undefined }],
] as const)('%s is not answered', (_who, over) => {
  const code = closed('Нет питания');

  arrives(`Re: ${code}`, over);

  expect(answers()).toEqual([]);
});

test('a letter that lay on the server for an hour is not answered', async () => {
  const code = closed('Нет питания');
  const receivedAt = kit.clock.now();
  await kit.clock.advance(3_600_000);

  arrives(`Re: ${code}`, { receivedAt });

  expect(answers()).toEqual([]);
});

test('an address gets two automatic letters in an hour from all incidents together, the third is told in the journal', () => {
  const codes = ['Первая', 'Вторая', 'Третья', 'Четвёртая'].map((title) => closed(title));

  for (const code of codes)
    arrives(`Re: ${code}`, { from: { name: '', address: 'NOC+shift@operator.example' } });

  expect([answers().length, held()]).toEqual([2, 2]);
});

test('a copy counts as a letter too, and an hour later it is free again', async () => {
  const cc = [{ name: '', address: 'chief@operator.example' }];
  const codes = ['Первая', 'Вторая', 'Третья'].map((title) => closed(title));
  arrives(`Re: ${codes[0]}`, { cc });
  arrives(`Re: ${codes[1]}`, { cc, from: { name: '', address: 'second@operator.example' } });

  arrives(`Re: ${codes[2]}`, { cc, from: { name: '', address: 'third@operator.example' } });
  expect(answers().at(0)?.letter.cc).toEqual([]);

  await kit.clock.advance(3_600_001);
  arrives(`Re: ${closed('Четвёртая')}`, { cc });
  expect(
    answers()
      .at(0)
      ?.letter.cc.map(({ address }) => address),
  ).toEqual(['chief@operator.example']);
});

test.each([
  ['leaves when the network comes back in time', 50, ['accepted'], 0],
  ['is cancelled and told when it comes back too late', 65, [], 1],
] as const)('an automatic reply %s', async (_what, minutes, states, told) => {
  const incidentId = arrives(`Re: ${closed('Нет питания')}`);
  const [letter] = answers();
  let isDown = true;
  const channel = {
    receipts: channelReceipts.mail,
    isIdempotent: false,
    async deliver() {
      if (!isDown) return { response: '250 ok' };
      throw new AppError('unavailable', { details: { reason: 'network-unreachable', scope: 'channel' } });
    },
  };
  const runner = createOutboxRunner({
    ...kit.desk,
    store: kit.stores.outbox,
    channels: { mail: channel, telegram: channel },
    outcomes: createLetterOutcomes(kit.desk),
    log: silentLogger,
  });
  await runner.start(new AbortController().signal);
  const before = kit.desk.incidents.require(incidentId).messageCount;
  await kit.clock.advance(minutes * 60_000);
  isDown = false;
  await kit.clock.advance(2 * 60_000);
  await runner.stop();

  const left = kit.stores.outbox.rows(true).map(({ state }) => state);
  expect(left).toEqual(states);
  const journal = kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
  expect(journal.filter((kind) => kind === 'incident.answer-too-late')).toHaveLength(told);
  expect(kit.desk.incidents.require(incidentId).messageCount).toBe(before - told);
  const shown = kit.stores.views.timeline(incidentId, null, 10).map(({ id }) => id);
  expect(shown.includes(letter?.letter.id ?? 0)).toBe(told === 0);
});

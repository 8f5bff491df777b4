import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMessageViewStore } from '../../src/core/db/message-view-store.ts';
import { createNoticeMail } from '../../src/core/mail/notice-mail.ts';
import { createEmailRoute } from '../../src/core/notify/channels/email/email-route.ts';
import { createTakeLetter } from '../../src/core/notify/channels/email/take-letter.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { systemRandom } from '../../src/core/platform/random.ts';
import { bounceHead, bounceReport } from '../../src/core/training/bounce.ts';
import { composeLetter } from '../../src/core/training/mime.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot.ts';
import { makeLetter } from '../support/make-letter.ts';
import { createMemoryInbox, makeDispatch, type MemoryInbox } from '../support/route-contract.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { settingsFor, startRig, type MailRig } from './mail-rig.ts';

const soon = { timeout: 20_000, interval: 20 };
const code = 'AB23KX';
const technician = 'sedov@crew.example';

describe.skipIf(!hasDovecot)('a notice by letter over real servers', () => {
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let rig: MailRig;
  let inbox: MemoryInbox;

  beforeEach(async () => {
    dovecot = await startDovecot({ users: { desk: 'secret', sedov: 'secret' } });
    sink = await startSmtpSink({
      onAccepted: async ({ raw }) => {
        await dovecot.deliver('sedov', raw);
        // As Gmail does: what is sent lies in Sent.
        dovecot.fill('desk', [raw], 'Sent');
      },
    });
    inbox = createMemoryInbox();
    rig = startRig({
      onNotice: createTakeLetter({
        addressesOf: (asked) => (asked === code ? [technician] : undefined),
        inboxOf: () => inbox,
        onDead: () => {},
      }),
    });
    const smtp = { host: sink.host, port: sink.port, security: 'none' } as const;
    const settings = settingsFor({ host: dovecot.host, port: dovecot.imap }, { smtp });
    rig.accounts.save({ id: null, settings, password: 'secret', opensFrom: null }, null);
    await rig.start();
    await vi.waitUntil(() => rig.health()?.state === 'ok', soon);
  });

  afterEach(async () => {
    await rig.stop();
    await sink.stop();
    await dovecot.stop();
  });

  const send = async () => {
    const mail = createNoticeMail({
      accounts: rig.store,
      clock: systemClock,
      secrets: rig.secrets,
      halt: () => {},
      timing: { connect: 3000, fetch: 3000 },
    });
    const driver = createEmailRoute(mail)(
      { clock: systemClock, random: systemRandom, log: silentLogger },
      { routeId: 1, name: 'Почта', fields: { account: '1' }, proxy: '', timeoutMs: 3000 },
    );
    const dispatch = makeDispatch({ dispatch: { address: technician, verbs: ['accepted', 'cannot'] } });
    const sent = await driver.send(dispatch, { wrote: () => {} }, new AbortController().signal);
    const letter = await PostalMime.parse(sink.accepted[0]!.raw);
    return { sent, letter, noticeId: sink.accepted[0]?.messageId ?? '' };
  };
  const answer = (parts: Parameters<typeof makeLetter>[0]) =>
    // With a sender on the envelope: without one it is a program's letter.
    dovecot.deliver('desk', makeLetter({ from: technician, date: Date.now(), ...parts }), technician);
  const taken = (count: number) => expect.poll(() => rig.messages.length, soon).toBe(count);
  const incidents = () =>
    rig.db
      .prepare<[], number>(
        'SELECT COUNT(*) FROM message WHERE conversation_id IN (SELECT id FROM conversation WHERE incident_id IS NOT NULL)',
      )
      .pluck()
      .get();

  test('is answered by a reply that quotes it, and that reply opens no incident', async () => {
    const { sent, letter, noticeId } = await send();
    await taken(1);

    await answer({
      subject: `Re: ${letter.subject}`,
      inReplyTo: noticeId,
      text: `Принял, выезжаю\n\n${(letter.text ?? '').replaceAll(/^/gm, '> ')}`,
      charset: 'koi8-r',
    });

    await taken(2);
    expect(inbox.answers).toEqual([
      expect.objectContaining({
        verb: 'on-the-way',
        code,
        providerId: sent.providerId,
        text: 'Принял, выезжаю',
      }),
    ]);
    expect(incidents()).toBe(0);
  });

  test('is known in Sent as our own, whatever code of an incident it carries', async () => {
    const { sent } = await send();

    await taken(1);

    expect(inbox.receipts).toEqual([
      expect.objectContaining({ providerId: sent.providerId, report: { status: 'accepted', raw: 'copy' } }),
    ]);
    expect(incidents()).toBe(0);
  });

  test('that comes back has failed', async () => {
    const { sent, letter, noticeId } = await send();
    await taken(1);

    const desk = { name: '', address: 'desk@towers.example' };
    const subject = letter.subject ?? '';
    const head = bounceHead(createSeededRandom(1), desk, subject);
    const report = bounceReport({ recipient: technician, messageId: noticeId, subject });
    await dovecot.deliver('desk', composeLetter(head, report, Date.now()));

    await taken(2);
    expect(inbox.receipts.at(-1)).toMatchObject({
      providerId: sent.providerId,
      report: { status: 'failed' },
    });
    expect(inbox.answers).toEqual([]);
    expect(incidents()).toBe(0);
  });

  test('is not acknowledged by a program that answers for somebody on holiday', async () => {
    const { letter, noticeId } = await send();
    await taken(1);

    await answer({
      subject: `Автоответ: ${letter.subject}`,
      inReplyTo: noticeId,
      headers: { 'Auto-Submitted': 'auto-replied' },
      text: 'Принято! Я в отпуске',
    });

    await taken(2);
    expect(inbox.answers).toEqual([]);
    expect(incidents()).toBe(0);
  });

  test('leaves every other letter to incidents', async () => {
    await answer({ from: 'noc@operator.example', subject: 'Нет питания', text: 'Принял ваш звонок' });

    await taken(1);

    expect(inbox.answers).toEqual([]);
    expect(incidents()).toBe(1);
    expect(createMessageViewStore(rig.db).find(1)?.link.by).toBe('opened');
  });
});

import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { startEmbeddedMail, type EmbeddedMail, type Submission } from './embedded-mail.ts';

const account = { address: 'desk@towers.example', password: 'secret' };
const letter = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\n.точка\r\n`);

describe('the embedded mail account', () => {
  let mail: EmbeddedMail;
  const clients: ImapFlow[] = [];

  beforeEach(async () => {
    mail = await startEmbeddedMail({ account, clock: createFakeClock(Date.UTC(2026, 2, 4, 9)) });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await mail.stop();
  });

  async function connect(pass = account.password) {
    const client = new ImapFlow({
      host: mail.host,
      port: mail.ports.imap,
      secure: false,
      doSTARTTLS: false,
      auth: { user: account.address, pass },
      logger: false,
      autoIdleDelay: 5,
    });
    client.on('error', () => {});
    clients.push(client);
    await client.connect();
    return client;
  }

  function send(options: { readonly to: string; readonly cc?: string }) {
    return nodemailer
      .createTransport({
        host: mail.host,
        port: mail.ports.smtp,
        secure: false,
        ignoreTLS: true,
        auth: { user: account.address, pass: account.password },
      })
      .sendMail({ from: account.address, subject: 'PLT-1042: приняли', text: 'Взяли в работу', ...options });
  }

  it('announces a delivered letter to a client that idles, with its date and bytes', async () => {
    const client = await connect();
    const { uidValidity } = await client.mailboxOpen('INBOX');
    await expect.poll(() => client.idling).toBe(true);

    for (const subject of ['one', 'two']) {
      const exists = new Promise((resolve) => client.once('exists', resolve));
      mail.deliver(letter(subject), Date.UTC(2026, 2, 4, 5, 12, 40));
      await exists;
      await client.noop();
      await expect.poll(() => client.idling).toBe(true);
    }
    const [first] = await client.fetchAll('1:*', { uid: true, source: true, internalDate: true });

    expect(first?.source?.toString()).toBe('Subject: one\r\n\r\n.точка\r\n');
    expect(new Date(first!.internalDate!).toISOString()).toBe('2026-03-04T05:12:40.000Z');
    expect(Number(uidValidity)).toBe(Date.UTC(2026, 2, 4, 9) / 1000);
  });

  it('keeps what the desk appends to Sent and finds it by Message-ID', async () => {
    const client = await connect();
    const sent = (await client.list()).find((folder) => folder.specialUse === '\\Sent');

    await client.append(
      sent!.path,
      Buffer.from('Message-ID: <one@towers.example>\r\nSubject: x\r\n\r\ny\r\n'),
      ['\\Seen'],
    );
    await client.mailboxOpen(sent!.path);

    expect(mail.count('Sent')).toBe(1);
    expect(await client.search({ header: { 'message-id': '<one@towers.example>' } }, { uid: true })).toEqual([
      1,
    ]);
    expect(await client.search({ header: { 'message-id': '<two@towers.example>' } }, { uid: true })).toEqual(
      [],
    );
  });

  it('takes letters by SMTP, tells of those for others and delivers those for the desk', async () => {
    const submissions: Submission[] = [];
    mail.onSubmitted((submission) => submissions.push(submission));

    await send({ to: 'noc@volna.example', cc: account.address });

    expect(submissions).toHaveLength(1);
    expect(submissions[0]).toMatchObject({ from: account.address, recipients: ['noc@volna.example'] });
    expect(mail.count('INBOX')).toBe(1);
  });

  it('refuses a wrong password on both doors', async () => {
    await expect(connect('wrong')).rejects.toMatchObject({ authenticationFailed: true });
    const transport = nodemailer.createTransport({
      host: mail.host,
      port: mail.ports.smtp,
      ignoreTLS: true,
      auth: { user: account.address, pass: 'wrong' },
    });
    await expect(transport.verify()).rejects.toMatchObject({ responseCode: 535 });
  });

  it('survives many rounds of idling, fetching, flagging and moving', async () => {
    const client = await connect();
    await client.mailboxOpen('INBOX');
    const big = Buffer.concat([letter('big'), Buffer.alloc(100_000, 'x'), Buffer.from('\r\n')]);

    for (let round = 1; round <= 20; round += 1) {
      await expect.poll(() => client.idling, { interval: 2 }).toBe(true);
      for (let index = 0; index < 5; index += 1) mail.deliver(big, Date.UTC(2026, 2, 4, 10));
      await expect.poll(() => client.mailbox && client.mailbox.exists, { interval: 2 }).toBe(round * 5);
      const fetched = await client.fetchAll(`${round * 5 - 4}:*`, { uid: true, source: true });
      expect(fetched).toHaveLength(5);
      expect(fetched.at(-1)?.source?.length).toBe(big.length);
    }
    await client.messageFlagsAdd('1', ['\\Seen']);
    await client.messageMove('2', 'Sent');

    expect(mail.count('INBOX')).toBe(99);
    expect(mail.count('Sent')).toBe(1);
  });

  it('cuts its clients when it stops, and stops twice without complaint', async () => {
    const client = await connect();
    const closed = new Promise((resolve) => client.once('close', resolve));

    await mail.stop();
    await closed;

    await expect(mail.stop()).resolves.toBeUndefined();
  });
});

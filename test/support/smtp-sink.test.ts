import nodemailer from 'nodemailer';
import { ImapFlow } from 'imapflow';
import { afterEach, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot } from './dovecot.ts';
import { smtpLoginRefusals, startSmtpSink, type SmtpSink, type SmtpSinkOptions } from './smtp-sink.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(options?: SmtpSinkOptions) {
  const sink = await startSmtpSink(options);
  cleanups.push(() => sink.stop());
  return sink;
}

function sender(sink: SmtpSink, port = sink.port) {
  const transport = nodemailer.createTransport({
    host: sink.host,
    port,
    tls: { ca: sink.caCert },
    auth: { user: 'desk', pass: 'secret' },
    socketTimeout: 1000,
  });
  return transport;
}

const letter = {
  from: 'desk@towers.example',
  to: 'noc@tele-op.example',
  subject: 'Приняли',
  text: 'Взяли в работу',
  messageId: '<one@towers.example>',
};

describe('the SMTP sink', () => {
  it('keeps every letter with its envelope and Message-ID', async () => {
    const sink = await start();

    await sender(sink).sendMail(letter);

    expect(sink.accepted).toHaveLength(1);
    expect(sink.accepted[0]).toMatchObject({
      from: 'desk@towers.example',
      to: ['noc@tele-op.example'],
      messageId: 'one@towers.example',
      user: 'desk',
      secure: false,
    });
  });

  it('upgrades to TLS with a certificate that can be verified', async () => {
    const sink = await start({ security: 'starttls' });

    await sender(sink).sendMail(letter);

    expect(sink.accepted[0]?.secure).toBe(true);
  });

  it('refuses a recipient, greylists the first attempt, refuses a login', async () => {
    const sink = await start();
    sink.play({
      recipient: (address) =>
        address.startsWith('gone@') ? { code: 550, text: '5.1.1 no such user' } : undefined,
      letter: (_message, attempt) =>
        attempt === 1 ? { code: 451, text: '4.7.1 come back later' } : undefined,
    });

    await expect(sender(sink).sendMail({ ...letter, to: 'gone@tele-op.example' })).rejects.toMatchObject({
      responseCode: 550,
    });
    await expect(sender(sink).sendMail(letter)).rejects.toMatchObject({ responseCode: 451 });
    await sender(sink).sendMail(letter);
    sink.play({ login: smtpLoginRefusals.mailRuAppPassword });
    await expect(sender(sink).sendMail(letter)).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });

    expect(sink.accepted).toHaveLength(1);
    expect(sink.received).toHaveLength(2);
  });

  it('drops the connection after the letter was received, before the answer', async () => {
    const sink = await start();
    sink.play({ letter: () => 'drop' });

    await expect(sender(sink).sendMail(letter)).rejects.toThrow();

    expect(sink.received).toHaveLength(1);
    expect(sink.accepted).toHaveLength(0);
  });

  it('holds the answer back until it is told', async () => {
    const sink = await start();
    const gate = Promise.withResolvers<undefined>();
    sink.play({ letter: () => gate.promise });

    const sending = sender(sink).sendMail(letter);
    await expect.poll(() => sink.received.length).toBe(1);
    expect(sink.accepted).toHaveLength(0);
    gate.resolve(undefined);

    await expect(sending).resolves.toMatchObject({ accepted: ['noc@tele-op.example'] });
  });

  it.skipIf(!hasDovecot)('relays into Dovecot and leaves a copy in Sent', async () => {
    const dovecot = await startDovecot({ users: { desk: 'secret' } });
    cleanups.push(() => dovecot.stop());
    const sink = await start({
      async onAccepted({ raw }) {
        await dovecot.deliver('desk', raw);
        dovecot.fill('desk', [raw], dovecot.sentFolder);
      },
    });

    await sender(sink).sendMail(letter);

    expect(await dovecot.uids('desk')).toEqual([1]);
    expect(await dovecot.uids('desk', dovecot.sentFolder)).toEqual([1]);
  });
});

describe('the misbehaving network', () => {
  it('swallows bytes until it flows again, is slow, and refuses, on demand', async () => {
    const sink = await start();
    const proxy = await startTcpProxy(sink.port);
    cleanups.push(() => proxy.stop());
    const transport = sender(sink, proxy.port);
    await transport.sendMail(letter);

    proxy.stall();
    const stalled = transport.sendMail(letter);
    await expect.poll(() => proxy.connections).toBeGreaterThan(0);
    // Time enough, without the proxy, for what it would have let through.
    for (const messageId of [
      '<direct1@towers.example>',
      '<direct2@towers.example>',
      '<direct3@towers.example>',
    ]) {
      await sender(sink).sendMail({ ...letter, messageId });
    }
    expect(sink.accepted).toHaveLength(4);
    proxy.flow();
    await stalled;
    proxy.delay(20);
    const startedAt = performance.now();
    await transport.sendMail(letter);
    expect(performance.now() - startedAt).toBeGreaterThan(200);
    proxy.delay(0);
    proxy.refuse(true);
    await expect(transport.sendMail(letter)).rejects.toThrow();
    proxy.refuse(false);
    await transport.sendMail(letter);

    expect(sink.accepted).toHaveLength(7);
  });

  it.skipIf(!hasDovecot)('cuts a download in the middle', async () => {
    const dovecot = await startDovecot();
    cleanups.push(() => dovecot.stop());
    dovecot.fill('desk', [`Subject: long\r\n\r\n${'x'.repeat(200_000)}\r\n`]);
    const proxy = await startTcpProxy(dovecot.imap);
    cleanups.push(() => proxy.stop());
    const client = new ImapFlow({
      host: proxy.host,
      port: proxy.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'desk', pass: 'secret' },
      logger: false,
    });
    client.on('error', () => {});
    cleanups.push(() => client.close());
    await client.connect();
    await client.mailboxOpen('INBOX');

    proxy.cutAfter(100_000);

    await expect(client.fetchOne('1', { source: true })).rejects.toThrow();
  });
});

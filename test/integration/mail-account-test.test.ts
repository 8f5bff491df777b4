import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailTiming } from '../../src/core/mail/mail-timing.ts';
import { testAccount } from '../../src/core/mail/test-account.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import type { AccountSettings } from '../../src/shared/contract/letters.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot.ts';
import { imapLoginRefusals, startScriptedImap } from '../support/scripted-imap.ts';
import { smtpLoginRefusals, startSmtpSink } from '../support/smtp-sink.ts';
import { letter, settingsFor } from './mail-rig.ts';

const timing = { ...mailTiming, connect: 2000, command: 2000 };
const run = (settings: AccountSettings, password = 'secret') =>
  testAccount({ clock: systemClock, log: silentLogger, timing }, settings, { password });
const closedPort = { host: '127.0.0.1', port: 1, security: 'none' as const };
const fine = { ok: true, reason: null, detail: null };

describe('"test connection" against servers that refuse for a reason', () => {
  test.each(Object.entries(imapLoginRefusals))('IMAP: %s', async (name, words) => {
    const server = await startScriptedImap({ handlers: { LOGIN: ({ no }) => no(words) } });
    try {
      const { imap, folders } = await run(settingsFor(server, { smtp: closedPort }));

      expect([imap.reason, folders]).toEqual([expectedReasons[name as keyof typeof expectedReasons], null]);
      expect(imap.detail).toContain(words.slice(words.indexOf(']') + 2, words.indexOf(']') + 20));
    } finally {
      await server.stop();
    }
  });

  const expectedReasons = {
    yandexDisabled: 'password-refused-or-imap-disabled',
    mailRuAppPassword: 'app-password-required',
    gmailAppPassword: 'app-password-required',
    gmailDisabled: 'imap-disabled',
    gmailWrongPassword: 'password-refused',
  } as const satisfies Record<keyof typeof imapLoginRefusals, string>;

  test.each([
    ['mailRuAppPassword', 'app-password-required'],
    ['yandexAccess', 'smtp-disabled'],
    ['gmailAppPassword', 'app-password-required'],
  ] as const)('SMTP: %s', async (name, reason) => {
    const sink = await startSmtpSink({ users: { desk: 'secret' } });
    try {
      sink.play({ login: smtpLoginRefusals[name] });
      const smtp = { host: sink.host, port: sink.port, security: 'none' as const };

      const outcome = await run(settingsFor(closedPort, { smtp }));

      expect([outcome.smtp.reason, outcome.imap.reason]).toEqual([reason, 'connection-refused']);
    } finally {
      await sink.stop();
    }
  });

  test('a server that does not offer the encryption that was asked for gets no password', async () => {
    const server = await startScriptedImap();
    const sink = await startSmtpSink({ users: { desk: 'secret' } });
    try {
      const imap = { host: server.host, port: server.port, security: 'starttls' as const };
      const smtp = { host: sink.host, port: sink.port, security: 'starttls' as const };

      const outcome = await run(settingsFor(server, { imap, smtp }));

      expect([outcome.imap.reason, outcome.smtp.reason]).toEqual(['tls-unavailable', 'tls-unavailable']);
      expect(server.commands.some((command) => command.startsWith('LOGIN'))).toBe(false);
    } finally {
      await server.stop();
      await sink.stop();
    }
  });

  test('plain words on an encrypted port and a name nobody has are told apart', async () => {
    const server = await startScriptedImap();
    try {
      const imap = { host: server.host, port: server.port, security: 'tls' as const };
      const smtp = { host: 'smtp.nowhere.invalid', port: 465, security: 'tls' as const };

      const outcome = await run(settingsFor(server, { imap, smtp }));

      expect([outcome.imap.reason, outcome.smtp.reason]).toEqual(['tls-mismatch', 'host-not-found']);
    } finally {
      await server.stop();
    }
  });

  test('a server that says nothing is given up in time', async () => {
    const server = await startScriptedImap({ beforeGreeting: () => new Promise(() => {}) });
    try {
      const outcome = await run(settingsFor(server, { smtp: closedPort }));

      expect(outcome.imap.reason).toBe('timeout');
    } finally {
      await server.stop();
    }
  });

  test('Exchange Online is told to need OAuth without being asked', async () => {
    const host = 'outlook.office365.com';
    const outcome = await run(
      settingsFor(closedPort, {
        imap: { host, port: 993, security: 'tls' },
        smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
      }),
    );

    expect([outcome.imap.reason, outcome.smtp.reason]).toEqual(['oauth-required', 'oauth-required']);
  });
});

describe.skipIf(!hasDovecot)('"test connection" against a real server', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ sentFolder: 'Отправленные' });
    dovecot.fill('desk', [letter('one'), letter('two')]);
  });
  afterAll(() => dovecot.stop());

  test.each(['tls', 'starttls'] as const)('over %s, with the folders it found', async (security) => {
    const sink = await startSmtpSink({ users: { desk: 'secret' }, security: 'tls' });
    try {
      const port = security === 'tls' ? dovecot.imaps : dovecot.imap;
      const smtp = { host: sink.host, port: sink.port, security: 'tls' as const };
      const settings = settingsFor(closedPort, {
        imap: { host: dovecot.host, port, security },
        smtp,
        caCertificate: `${dovecot.caCert}\n${sink.caCert}`,
      });

      expect(await run(settings)).toEqual({
        imap: fine,
        smtp: fine,
        folders: { inbox: 2, sentPath: 'Отправленные' },
      });
    } finally {
      await sink.stop();
    }
  });

  test('a certificate nobody vouches for, a wrong password and a wrong folder are named', async () => {
    const tls = { host: dovecot.host, port: dovecot.imaps, security: 'tls' as const };
    const plain = { host: dovecot.host, port: dovecot.imap };

    const untrusted = await run(settingsFor(plain, { imap: tls }));
    const refused = await run(settingsFor(plain), 'wrong');
    const folder = await run(settingsFor(plain, { sentPath: 'Nowhere' }));

    expect([untrusted.imap.reason, refused.imap.reason, folder.imap.reason]).toEqual([
      'certificate-untrusted',
      'password-refused',
      'folder-not-found',
    ]);
  });
});

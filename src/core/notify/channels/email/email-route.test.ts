import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCoreKit } from '../../../../../test/support/core-kit.ts';
import { describeRoute, makeDispatch, type StartRig } from '../../../../../test/support/route-contract.ts';
import { startSmtpSink, type SinkMessage, type SmtpScenario } from '../../../../../test/support/smtp-sink.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { createNoticeMail } from '../../../mail/notice-mail.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createEmailRoute } from './email-route.ts';
import { readNoticeId } from './notice-id.ts';

/** Nodemailer's own; the desk's is minutes. */
const timeoutMs = 2500;
const scenes: Readonly<Record<string, SmtpScenario>> = {
  well: {},
  refuses: { recipient: () => ({ code: 550, text: '5.1.1 no such user' }) },
  throttles: { recipient: () => ({ code: 450, text: '4.7.1 rate limit exceeded, try again later' }) },
  silent: { letter: () => new Promise(() => {}) },
  'hangs-up': { letter: () => 'drop' },
  garbage: { letter: () => 'garbage' },
  'locked-out': { login: { code: 535, text: '5.7.8 authentication failed' } },
};

const start = async (parts: Pick<Parameters<StartRig>[0], 'clock' | 'random' | 'log'>) => {
  const sink = await startSmtpSink({ users: { 'desk@towers.example': 'secret' } });
  const kit = createCoreKit();
  const accountId = kit.addAccount();
  const change = (over: Record<string, unknown>) => {
    const row = { ...kit.stores.accounts.find(accountId)!, ...over };
    kit.db.transact((revision) => kit.stores.accounts.update({ ...row, revision }));
  };
  change({ smtpPort: sink.port });
  const mail = createNoticeMail({
    accounts: kit.stores.accounts,
    clock: kit.clock,
    secrets: { of: () => Promise.resolve({ password: 'secret' }) },
    halt: () => {},
    timing: { connect: 2000, fetch: timeoutMs },
  });
  const driver = createEmailRoute(mail)(parts, {
    routeId: 1,
    name: 'Почта',
    fields: { account: String(accountId) },
    proxy: '',
    timeoutMs,
  });
  return { sink, kit, accountId, change, driver };
};

describeRoute('email', async (parts) => {
  const { sink, driver } = await start(parts);
  let isGone = false;
  const textOf = ({ raw }: SinkMessage) => {
    const body = raw.toString('latin1').split('\r\n\r\n').slice(1).join('\r\n\r\n');
    const part = /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: (\S+)\r\n\r\n([^]*?)\r\n--/i.exec(
      raw.toString('latin1'),
    );
    return Buffer.from(part?.[2] ?? body, part?.[1] === 'base64' ? 'base64' : 'latin1').toString('utf8');
  };
  return {
    driver,
    timeoutMs,
    dispatch: { address: 'sedov@crew.example' },
    play: (scene) => sink.play(scenes[scene]),
    async leave() {
      isGone = true;
      await sink.stop();
    },
    taken: () => sink.received.map((message) => ({ text: textOf(message) })),
    refusal: 'address-refused',
    throttledMs: 60_000,
    async stop() {
      sink.cutConnections();
      if (!isGone) await sink.stop();
    },
  };
});

describe('a notice by letter', () => {
  const open = async () => {
    const kit = await start({
      clock: createCoreKit().clock,
      random: { number: () => 0.5, bytes: (count) => new Uint8Array(count) },
      log: silentLogger,
    });
    onTestFinished(() => kit.sink.stop());
    const send = (over = {}) =>
      kit.driver.send(
        makeDispatch({ dispatch: { address: 'sedov@crew.example', verbs: ['accepted', 'cannot'], ...over } }),
        { wrote: () => {} },
        new AbortController().signal,
      );
    return { ...kit, send, letter: async () => PostalMime.parse(kit.sink.accepted[0]!.raw) };
  };
  const header = (letter: Awaited<ReturnType<typeof PostalMime.parse>>, key: string) =>
    letter.headers.find((one) => one.key === key)?.value;

  test('carries the name of its delivery, so that whatever comes back is understood', async () => {
    const { sink, send } = await open();

    const sent = await send();

    expect(readNoticeId(sink.accepted[0]?.messageId)).toEqual({ code: 'AB23KX', uuid: sent.providerId });
    expect(sink.accepted[0]?.messageId?.endsWith('@towers.example')).toBe(true);
  });

  test('says how it is answered, in words and by one touch', async () => {
    const { send, letter } = await open();

    await send();

    const { subject, text, html } = await letter();
    expect(subject).toBe('PLT-2026-0042 [AB23KX]');
    expect(text).toContain('Принял, Не могу');
    expect(html).toContain(`mailto:desk@towers.example?subject=${encodeURIComponent('Принял AB23KX')}`);
  });

  test('asks vacation programs to keep quiet and mail servers to return it', async () => {
    const { send, letter } = await open();

    await send({ urgency: 'critical' });

    const got = await letter();
    expect(header(got, 'auto-submitted')).toBe('auto-generated');
    expect(header(got, 'x-auto-response-suppress')).toBe('OOF, AutoReply');
    expect(header(got, 'importance')).toBe('high');
  });

  test('runs no words of a stranger as a page', async () => {
    const { send, letter } = await open();

    await send({ text: '<img src=x onerror=alert(1)> "Опора"' });

    expect((await letter()).html).not.toContain('<img');
  });

  test('brings its photos', async () => {
    const { send, letter } = await open();
    const folder = mkdtempSync(join(tmpdir(), 'pult-notice-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'photo'), 'jpeg');

    await send({
      files: [{ path: join(folder, 'photo'), fileName: 'Опора.jpg', mimeType: 'image/jpeg', size: 4 }],
    });

    expect((await letter()).attachments.map(({ filename }) => filename)).toEqual(['Опора.jpg']);
  });

  test('does not try a mailbox whose password was refused', async () => {
    const { sink, kit, accountId, send, driver } = await open();
    kit.db.transact((revision) => kit.stores.accounts.setHalted(accountId, 'password-refused', revision));

    const error = toAppError(await send().catch((failure: unknown) => failure));

    expect([error.reason, error.details['certainty']]).toEqual(['route-login-refused', 'not-sent']);
    expect(sink.connections).toBe(0);
    expect(driver.health?.()).toEqual({ state: 'needs-attention', reason: 'route-login-refused' });
  });

  test('needs a mailbox that is there', async () => {
    const { change, send, driver } = await open();
    change({ enabled: 0 });

    expect(toAppError(await send().catch((failure: unknown) => failure)).reason).toBe('route-not-set-up');
    expect(driver.health?.()).toMatchObject({ state: 'needs-attention' });
  });

  test('waits for a mailbox that takes nothing yet, as greylisting does', async () => {
    const { sink, send } = await open();
    sink.play({ recipient: () => ({ code: 451, text: '4.7.1 greylisted' }) });

    const error = toAppError(await send().catch((failure: unknown) => failure));

    expect(error.details).toMatchObject({ certainty: 'not-sent' });
    expect(error.details['scope']).not.toBe('route');
  });
});

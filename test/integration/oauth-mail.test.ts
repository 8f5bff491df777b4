import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountSettings } from '../../src/shared/contract/letters.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { type FakeOauth, startFakeOauth } from '../support/fake-oauth.ts';
import { makeLetter } from '../support/make-letter.ts';

const address = 'desk@towers.example';
const anyOpen = { filter: {}, sort: { key: 'urgency', descending: false }, offset: 0, limit: 100 } as const;

describe.skipIf(!hasDovecot)('a mailbox that is signed in to through its provider', () => {
  let provider: FakeOauth;
  let dovecot: Dovecot;
  let smtp: SMTPServer;
  let desk: Desk;
  let page: Client<PultContract>;
  let folder: string;
  const sent: { readonly user: string; readonly raw: string }[] = [];

  beforeAll(async () => {
    provider = await startFakeOauth();
    folder = mkdtempSync(join(tmpdir(), 'pult-oauth-'));
    const lookup = join(folder, 'oauth2.conf');
    writeFileSync(
      lookup,
      `introspection_url = ${provider.introspection}\nintrospection_mode = auth\nusername_attribute = email\nactive_attribute = active\nactive_value = true\n`,
    );
    dovecot = await startDovecot({
      users: {},
      extra: `auth_mechanisms = xoauth2 oauthbearer
auth_cache_size = 0
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${lookup}
}`,
    });
    smtp = new SMTPServer({
      logger: false,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authMethods: ['XOAUTH2'],
      onAuth({ accessToken, username }, _session, done) {
        const owner = provider.userOf(accessToken ?? '');
        if (owner !== undefined && owner === username) done(null, { user: owner });
        else done(Object.assign(new Error('5.7.8 token refused'), { responseCode: 535 }));
      },
      onData(stream, session, done) {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          sent.push({ user: String(session.user), raw: Buffer.concat(pieces).toString('latin1') });
          done(null, 'queued');
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    desk = await startDesk({ provision: provisionFor(undefined), oauthEndpoints: provider.endpoints });
    page = await desk.page();
    await page.oauth.saveClient({
      provider: 'google',
      clientId: 'pult-test',
      secret: provider.secret,
      tenant: '',
    });
  });

  afterAll(async () => {
    await desk.stop();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
    await dovecot.stop();
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = (): AccountSettings => ({
    preset: 'custom',
    name: 'Диспетчерская',
    address,
    displayName: '',
    imap: { host: dovecot.host, port: dovecot.imap, security: 'none' },
    smtp: { host: '127.0.0.1', port: (smtp.server.address() as AddressInfo).port, security: 'none' },
    userName: address,
    auth: 'oauth',
    caCertificate: null,
    sentCopy: 'append',
    sentPath: null,
    signature: '',
    enabled: true,
  });

  async function signIn(accountId: number | null): Promise<string> {
    const { signIn: begun } = await page.oauth.begin({
      provider: 'google',
      flow: 'browser',
      accountId,
      address,
    });
    expect(desk.capabilities.seen.opened.at(-1)).toBe(begun.url);
    await provider.visit(begun.url);
    await expect
      .poll(async () => (await page.oauth.state({ id: begun.id })).signIn?.state, { timeout: 10_000 })
      .toBe('done');
    return begun.id;
  }
  const writer = 'noc@operator.example';
  const arrives = (subject: string) => {
    const letter = makeLetter({ from: writer, subject, text: 'Нет питания', date: Date.now() });
    return dovecot.deliver(address, letter, writer);
  };
  const hasRow = (title: string) =>
    expect
      .poll(
        async () => {
          // Dovecot looks every thirty seconds where the machine has no file watches left to give.
          await page.accounts.checkNow({});
          return (await page.incidents.queue(anyOpen)).rows.some((row) => row.title === title);
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true);
  const account = async () => (await page.accounts.list({})).accounts[0]!;

  test('is tried and connected with the token alone, and nobody knows a password', async () => {
    const signInId = await signIn(null);

    const tried = await page.accounts.test({ settings: settings(), password: null, signInId });
    expect([tried.imap, tried.smtp].map(({ ok, detail }) => [ok, detail])).toEqual([
      [true, null],
      [true, null],
    ]);
    await page.accounts.save({ settings: settings(), password: null, signInId, opensFrom: 0 });
    await arrives('Отключение ЭП');

    await hasRow('Отключение ЭП');
  });

  test('sends with the token too, and with a fresh one when the server refuses the old one', async () => {
    provider.revokeTokens();
    const [row] = (await page.incidents.queue(anyOpen)).rows;
    const { draft } = await page.drafts.begin({ incidentId: row!.id, mode: 'reply' });

    await page.outbox.send({ draftId: draft.id });

    await expect.poll(() => sent.length, { timeout: 15_000 }).toBe(1);
    expect(sent[0]?.user).toBe(address);
  });

  test('comes back by itself after the line broke and the token had been taken back', async () => {
    provider.revokeTokens();
    dovecot.killConnections();
    await arrives('Второе отключение');

    await hasRow('Второе отключение');
  });

  test('stops with words when the permission is withdrawn, and goes on once the person has signed in again', async () => {
    provider.revokeGrants();
    dovecot.killConnections();
    await expect
      .poll(async () => (await account()).haltedReason, { timeout: 20_000 })
      .toBe('sign-in-expired');
    await arrives('Пришло, пока было закрыто');

    await signIn((await account()).id);

    await hasRow('Пришло, пока было закрыто');
    expect((await account()).haltedReason).toBeNull();
  });

  test('leaves no token readable in the data directory', () => {
    const files = readdirSync(desk.dataDir, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const bytes = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const tokens = provider.asked.flatMap((form) => [form['refresh_token'], form['code']]).filter(Boolean);

    expect(tokens.length).toBeGreaterThan(2);
    for (const token of tokens) expect(bytes.some((file) => file.includes(token ?? ''))).toBe(false);
  });
});

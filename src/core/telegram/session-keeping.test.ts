import { statSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTelegramDeskRig,
  testApi,
  type StartedDesk,
  type TelegramDeskRig,
} from '../../../test/support/telegram-desk-rig.ts';

const phone = '+7 900 123-45-67';
const password = 'осень-1999-пароль';

let rig: TelegramDeskRig;
let desk: StartedDesk;
let account: string;

beforeEach(async () => {
  rig = createTelegramDeskRig();
  account = rig.world.addAccount({ phone, name: 'Диспетчер' });
  desk = rig.start();
  await Promise.all([desk.saveApi(testApi, false, rig.person), desk.settle()]);
});
afterEach(() => rig.close());

const during = async (work: Promise<unknown>, of = desk): Promise<void> => {
  await Promise.all([work, of.settle()]);
  await of.settle();
};

async function scan(of = desk): Promise<void> {
  await of.signIn.beginQr(rig.person);
  await of.settle();
  const state = of.state();
  if (state.step !== 'qr') throw new Error(state.step);
  rig.world.scan(state.url, account);
  await of.settle();
}

async function signIn(of = desk): Promise<number> {
  await scan(of);
  const state = of.state();
  if (state.step !== 'signed-in') throw new Error(JSON.stringify(state));
  return state.accountId;
}

async function restart(options = {}): Promise<void> {
  await desk.kill();
  desk = rig.start(options);
  await during(desk.endLeftovers());
}

const sealed = () => join(rig.folder, 'telegram', rig.sessionFiles()[0]!);

describe('a session', () => {
  test('lies sealed, readable by its owner only', async () => {
    const id = await signIn();
    const { session } = await desk.openSession(id);

    expect(statSync(sealed()).mode & 0o777).toBe(0o600);
    expect(readFileSync(sealed(), 'utf8')).not.toContain(session);
  });

  test('survives a restart', async () => {
    const id = await signIn();
    const { session } = await desk.openSession(id);
    await restart();

    expect(await desk.openSession(id)).toMatchObject({ session });
    expect(rig.world.sessions(account)).toBe(1);
  });

  test('of a directory that was copied is refused on another machine, and left alone at Telegram', async () => {
    const id = await signIn();
    await restart({ machineId: 'another' });

    await expect(desk.openSession(id)).rejects.toMatchObject({ reason: 'session-elsewhere' });
    await desk.markSignedOut(id, 'session-elsewhere');
    expect(desk.accounts()).toMatchObject([{ state: 'signed-out', reason: 'session-elsewhere' }]);
    await restart({ machineId: 'another' });
    expect(rig.world.sessions(account)).toBe(1);
  });

  test.each([
    ['damaged', (text: string) => `${text.slice(0, -4)}AAAA`],
    ['cut short', (text: string) => text.slice(0, 10)],
    ['empty', () => ''],
  ])('%s is told as broken, without a word of what is in it', async (_, damage) => {
    const id = await signIn();
    writeFileSync(sealed(), damage(readFileSync(sealed(), 'utf8')));

    const failure = await desk.openSession(id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'session-broken' });
    expect((failure as Error).cause).toBeUndefined();
  });

  test('of the same person takes the account up again, with its chats', async () => {
    const id = await signIn();
    await desk.markSignedOut(id, 'session-revoked');
    rig.world.revoke(account);

    expect(await signIn()).toBe(id);
    expect(desk.accounts()).toMatchObject([{ id, state: 'starting', reason: null }]);
    await during(desk.reset(id, rig.person));
    desk.remove(id, rig.person);
    expect(desk.accounts()).toEqual([]);
    expect(await signIn()).toBe(id);
  });

  test('of somebody signed in already is one too many and is ended', async () => {
    const id = await signIn();
    const { session } = await desk.openSession(id);

    expect(await signIn()).toBe(id);
    expect(desk.signedIn).toEqual([id]);
    expect(await desk.openSession(id)).toMatchObject({ session });
    expect([rig.world.sessions(account), rig.sessionFiles().length]).toEqual([1, 1]);
  });

  test('several accounts stand side by side', async () => {
    const first = await signIn();
    account = rig.world.addAccount({ phone: '+7 900 765-43-21', name: 'Второй' });
    const second = await signIn();

    expect(desk.accounts().map(({ id, phoneMask }) => [id, phoneMask])).toEqual([
      [first, '••• •••-••-67'],
      [second, '••• •••-••-21'],
    ]);
  });
});

describe('a desk that is killed', () => {
  const isClean = () =>
    expect({ files: rig.sessionFiles(), sessions: rig.world.sessions(account) }).toEqual({
      files: [],
      sessions: 0,
    });

  test('while the code is shown', async () => {
    await desk.signIn.beginQr(rig.person);
    await desk.settle();
    expect(rig.sessionFiles()).toHaveLength(1);
    await restart();

    isClean();
  });

  test('right after Telegram has let it in', async () => {
    rig.world.hold('passwordHint');
    rig.world.fail('submitCode', 'timeout', { after: true });
    const release = rig.world.hold('self');
    await desk.signIn.beginPhone(phone, rig.person);
    await desk.settle();
    void desk.signIn.submitCode(rig.world.code(phone)!, rig.person);
    await desk.settle();
    expect(rig.world.sessions(account)).toBe(1);
    await restart();
    release();

    isClean();
    expect(desk.accounts()).toEqual([]);
  });

  test('between the file and the row', async () => {
    await desk.kill();
    desk = rig.start({
      beforeEntry() {
        void desk.kill();
        throw new Error('killed');
      },
    });
    await scan();
    expect([rig.sessionFiles().length, rig.world.sessions(account)]).toEqual([1, 1]);
    expect(desk.accounts()).toEqual([]);
    await restart();

    isClean();
  });

  test('without a network ends what it left at a later start', async () => {
    rig.world.hold('self');
    rig.world.fail('submitCode', 'timeout', { after: true });
    await desk.signIn.beginPhone(phone, rig.person);
    await desk.settle();
    void desk.signIn.submitCode(rig.world.code(phone)!, rig.person);
    await desk.settle();
    rig.world.offline();
    await desk.kill();
    desk = rig.start();
    await Promise.all([desk.endLeftovers(), desk.settle().then(() => rig.clock.advance(20_000))]);
    expect(rig.sessionFiles()).toHaveLength(1);
    rig.world.online();
    await restart();

    isClean();
  });

  test('does not end the sign-in that is just under way', async () => {
    await desk.signIn.beginQr(rig.person);
    await during(desk.endLeftovers());

    expect(rig.sessionFiles()).toHaveLength(1);
  });
});

describe('leaving', () => {
  test('logging out ends the session at Telegram and here', async () => {
    const id = await signIn();
    const ended = desk.logOut(id, rig.person);
    await during(ended);

    expect([await ended, rig.world.sessions(account), rig.sessionFiles()]).toEqual([true, 0, []]);
    expect(desk.accounts()).toMatchObject([{ state: 'signed-out', reason: 'signed-out' }]);
    expect(desk.released).toEqual([id]);
    expect(desk.attempts()[0]).toMatchObject({ kind: 'log-out', result: 'ok', actorId: rig.person });
  });

  test('logging out without a network forgets the session and says that Telegram has not heard', async () => {
    const id = await signIn();
    rig.world.offline();
    const [ended] = await Promise.all([
      desk.logOut(id, rig.person),
      desk.settle().then(() => rig.clock.advance(15_000)),
    ]);

    expect([ended, rig.sessionFiles()]).toEqual([false, []]);
    expect(desk.attempts()[0]).toMatchObject({ kind: 'log-out', result: 'network-unreachable' });
  });

  test('a session ended elsewhere counts as ended', async () => {
    const id = await signIn();
    rig.world.revoke(account);
    const ended = desk.logOut(id, rig.person);
    await during(ended);

    expect(await ended).toBe(true);
  });

  test('a reset asks nobody', async () => {
    const id = await signIn();
    rig.world.offline();
    const calls = rig.world.calls.length;
    await during(desk.reset(id, rig.person));

    expect([rig.sessionFiles(), rig.world.calls.length]).toEqual([[], calls]);
    expect(desk.accounts()).toMatchObject([{ state: 'signed-out' }]);
  });

  test('only a signed-out account leaves the list', async () => {
    const id = await signIn();
    expect(() => desk.remove(id, rig.person)).toThrow(
      expect.objectContaining({ code: 'conflict', reason: 'account-signed-in' }),
    );
    await desk.markSignedOut(id, 'session-revoked');
    desk.remove(id, rig.person);

    expect(desk.accounts()).toEqual([]);
    expect(() => desk.remove(id, rig.person)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('an ended session is told once, with its reason, and its file goes', async () => {
    const id = await signIn();
    await desk.markSignedOut(id, 'session-duplicated');
    await desk.markSignedOut(id, 'session-revoked');

    expect(desk.accounts()).toMatchObject([{ state: 'signed-out', reason: 'session-duplicated' }]);
    expect(rig.sessionFiles()).toEqual([]);
    const told = rig.db.connection
      .prepare("SELECT kind FROM journal WHERE kind = 'telegram.signed-out'")
      .all();
    expect(told).toHaveLength(1);
  });
});

describe("the application's key", () => {
  const other = { id: 777, hash: 'f'.repeat(32) };

  test('that Telegram does not know is refused, with force too', async () => {
    rig.world.refuseApi(true);
    for (const force of [false, true]) {
      await expect(desk.saveApi(other, force, rig.person)).rejects.toMatchObject({ reason: 'api-refused' });
    }
    expect(desk.apiId()).toBe(testApi.id);
    expect(desk.attempts()[0]).toMatchObject({ kind: 'api', result: 'api-refused' });
  });

  test('cannot be checked without a network, and is kept only when that is wanted', async () => {
    rig.world.offline();
    const save = (force: boolean) =>
      Promise.all([
        desk.saveApi(other, force, rig.person).then(
          () => 'kept',
          (error: unknown) => (error as { reason?: string }).reason,
        ),
        desk.settle().then(() => rig.clock.advance(15_000)),
      ]);

    expect((await save(false))[0]).toBe('network-unreachable');
    expect(desk.apiId()).toBe(testApi.id);
    expect((await save(true))[0]).toBe('kept');
    expect([desk.apiId(), desk.api()]).toEqual([other.id, other]);
    expect(rig.world.open).toBe(0);
  });

  test('is needed to sign in', async () => {
    rig.db.connection.exec("DELETE FROM setting WHERE key = 'telegram-api'");

    await expect(desk.signIn.beginQr(rig.person)).rejects.toMatchObject({ reason: 'api-missing' });
    expect(desk.apiId()).toBeNull();
  });
});

test('neither number, code, password, session nor hash is in the database, its log or a copy of it', async () => {
  rig.world.setPassword(account, password);
  await desk.signIn.beginPhone(phone, rig.person);
  await desk.settle();
  const code = rig.world.code(phone)!;
  await during(desk.signIn.submitCode('00000', rig.person));
  await during(desk.signIn.submitCode(code, rig.person));
  await during(desk.signIn.submitPassword('не тот', rig.person));
  await during(desk.signIn.submitPassword(password, rig.person));
  const [{ id } = { id: 0 }] = desk.accounts();
  const { session } = await desk.openSession(id);
  rig.db.transact(() =>
    rig.store.savePeer(id, {
      id: account,
      kind: 'user',
      accessHash: '1',
      title: 'Диспетчер',
      username: null,
      phone: '79001234567',
      isSelf: false,
      isContact: true,
      isService: false,
      canSend: true,
      isMin: false,
    }),
  );
  const copy = rig.db.connection.serialize();
  const secrets = [
    '79001234567',
    '9001234567',
    '123-45-67',
    password,
    code,
    session,
    session.split(' ').at(-1)!,
    testApi.hash,
  ];

  for (const bytes of [rig.databaseBytes(), copy]) {
    expect(bytes.includes('telegram.signed-in')).toBe(true);
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
  }
});

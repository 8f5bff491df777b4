import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTelegramDeskRig,
  testApi,
  type StartedDesk,
  type TelegramDeskRig,
} from '../../../test/support/telegram-desk-rig.ts';
import type { SignInState } from '../../shared/contract/telegram.ts';

const phone = '+7 900 123-45-67';

let rig: TelegramDeskRig;
let desk: StartedDesk;
let account: string;

beforeEach(async () => {
  rig = createTelegramDeskRig();
  account = rig.world.addAccount({ phone, name: 'Диспетчер', username: 'desk', about: 'Смена' });
  desk = rig.start();
  await Promise.all([desk.saveApi(testApi, false, rig.person), desk.settle()]);
});
afterEach(() => rig.close());

/** The state as of one step; anything else fails the test with what it is. */
function at<S extends SignInState['step']>(step: S, of = desk): Extract<SignInState, { step: S }> {
  expect(of.state()).toMatchObject({ step });
  return of.state() as Extract<SignInState, { step: S }>;
}

async function beginQr(of = desk): Promise<string> {
  await of.signIn.beginQr(rig.person);
  await of.settle();
  return at('qr', of).url;
}

async function beginPhone(number = phone): Promise<void> {
  await desk.signIn.beginPhone(number, rig.person);
  await desk.settle();
}

async function scan(url: string, lost = false): Promise<void> {
  expect(rig.world.scan(url, account, { lost })).toBe(true);
  await desk.settle();
}

const results = (of = desk) => of.attempts().map(({ kind, result }) => `${kind} ${result}`);
const during = async (work: Promise<unknown>): Promise<void> => {
  await Promise.all([work, desk.settle()]);
  await desk.settle();
};
const submitCode = (code: string) => during(desk.signIn.submitCode(code, rig.person));
const submitPassword = (password: string) => during(desk.signIn.submitPassword(password, rig.person));
const cancel = () => during(desk.signIn.cancel());

function expectNothingLeft(): void {
  expect({ files: rig.sessionFiles(), sessions: rig.world.sessions(account), open: rig.world.open }).toEqual({
    files: [],
    sessions: 0,
    open: 0,
  });
}

describe('by QR', () => {
  test('a scanned code makes the account, and its session is handed over when nobody uses it any more', async () => {
    await scan(await beginQr());

    const { accountId } = at('signed-in');
    expect(desk.accounts()).toMatchObject([
      { id: accountId, name: 'Диспетчер', username: 'desk', phoneMask: '••• •••-••-67', state: 'starting' },
    ]);
    expect([desk.signedIn, desk.openAtHandOver]).toEqual([[accountId], [0]]);
    expect(await desk.openSession(accountId)).toMatchObject({ userId: account, phone: '79001234567' });
    expect(rig.sessionFiles()).toHaveLength(1);
    expect(results()).toEqual(['qr ok', 'api ok']);
    expect(await desk.session(accountId)).toMatchObject({
      about: 'Смена',
      secretStore: 'file',
      device: 'rig',
    });
  });

  test('a code is replaced three seconds before it grows old', async () => {
    const first = await beginQr();
    await rig.clock.advance(26_000);
    expect(at('qr').url).toBe(first);
    await rig.clock.advance(1500);
    await desk.settle();

    expect(at('qr').url).not.toBe(first);
    await scan(at('qr').url);
    at('signed-in');
  });

  test('a scan whose push was lost is found with the next code', async () => {
    await scan(await beginQr(), true);
    at('qr');
    await rig.clock.advance(27_000);
    await desk.settle();

    at('signed-in');
  });

  test('a lost connection is told, and the code is asked for again when it is back', async () => {
    const first = await beginQr();
    rig.world.offline();
    await desk.settle();
    at('connecting');
    expect(rig.world.scan(first, account)).toBe(true);
    rig.world.online();
    await desk.settle();

    at('signed-in');
  });

  test('without a network it goes on trying and says so', async () => {
    rig.world.offline();
    await desk.signIn.beginQr(rig.person);
    await desk.settle();
    const { since } = at('connecting');
    await rig.clock.advance(60_000);
    expect(at('connecting').since).toBe(since);
    rig.world.online();
    await desk.settle();

    at('qr');
  });

  test('trouble of the servers is waited out', async () => {
    rig.world.fail('requestQr', 'server-trouble', { times: 2 });
    await desk.signIn.beginQr(rig.person);
    await desk.settle();
    at('connecting');
    await rig.clock.advance(10_000);
    await desk.settle();

    at('qr');
  });

  test('a clock an hour ahead neither floods Telegram nor shows a dead code', async () => {
    rig.world.limits.slice = 1;
    const before = rig.world.calls.length;
    await beginQr();
    rig.clock.jump(3_600_000);
    await rig.clock.advance(60_000);
    await desk.settle();

    expect(rig.world.calls.length - before).toBeLessThan(14);
    at('qr');
  });

  test('with a password the hint is shown, a wrong one is answered, the right one lets in', async () => {
    rig.world.setPassword(account, 'осень', 'время года');
    await scan(await beginQr());
    expect(at('password')).toMatchObject({ hint: 'время года', error: null });

    await submitPassword('зима');
    expect(at('password')).toMatchObject({ hint: 'время года', error: 'password-wrong' });
    await submitPassword('осень');

    at('signed-in');
    expect(results()).toEqual(['password ok', 'password password-wrong', 'qr ok', 'api ok']);
  });
});

describe('by phone', () => {
  test('the code lets in; where it went and what comes next is named', async () => {
    await beginPhone();
    expect(at('code')).toMatchObject({ phoneMask: '••• •••-••-67', via: 'sms', length: 5, nextVia: 'call' });
    await submitCode(rig.world.code(phone)!);

    at('signed-in');
    expect(results()).toEqual(['code ok', 'phone ok', 'api ok']);
  });

  test('a code may be typed as it is printed', async () => {
    await beginPhone();
    const code = rig.world.code(phone)!;
    await submitCode(`${code.slice(0, 2)}-${code.slice(2, 3)} ${code.slice(3)}`);

    at('signed-in');
  });

  test('a wrong code is answered and may be tried again', async () => {
    await beginPhone();
    await submitCode('00000');
    expect(at('code')).toMatchObject({ error: 'code-wrong', waitUntil: null });
    await submitCode(rig.world.code(phone)!);

    at('signed-in');
  });

  test('a code is sent again another way, but not before Telegram allows it', async () => {
    await beginPhone();
    const { resendAt } = at('code');
    expect(resendAt).toBe(rig.clock.now() + 60_000);
    await expect(desk.signIn.resendCode(rig.person)).rejects.toMatchObject({
      reason: 'flood-wait',
      retryAfterMs: 60_000,
    });
    await rig.clock.advance(60_000);
    await during(desk.signIn.resendCode(rig.person));

    expect(at('code')).toMatchObject({ via: 'call', nextVia: null });
    await expect(desk.signIn.resendCode(rig.person)).rejects.toMatchObject({ reason: 'code-undeliverable' });
    await submitCode(rig.world.code(phone)!);
    at('signed-in');
  });

  test('a code that grew old is replaced by a new one', async () => {
    await beginPhone();
    const old = rig.world.code(phone)!;
    await rig.clock.advance(301_000);
    await submitCode(old);
    expect(at('code')).toMatchObject({ error: 'code-expired', nextVia: 'call' });
    await during(desk.signIn.resendCode(rig.person));
    expect(at('code')).toMatchObject({ error: null });
    await submitCode(rig.world.code(phone)!);

    at('signed-in');
  });

  test('a code that was taken while its answer was lost has let in', async () => {
    await beginPhone();
    rig.world.fail('submitCode', 'timeout', { after: true });
    await submitCode(rig.world.code(phone)!);

    at('signed-in');
  });

  test('a lost network stands beside the field until it is back', async () => {
    await beginPhone();
    rig.world.offline();
    await desk.settle();
    expect(at('code').error).toBe('network-unreachable');
    await submitCode('12345');
    expect(at('code').error).toBe('network-unreachable');
    rig.world.online();
    await desk.settle();

    expect(at('code').error).toBeNull();
  });

  test.each(['phone-banned', 'phone-flood', 'api-refused', 'phone-wrong'] as const)(
    '%s ends it with its reason',
    async (reason) => {
      rig.world.fail('requestCode', reason);
      await beginPhone();

      expect(at('failed')).toEqual({ step: 'failed', reason, retryAt: null });
      expect(results()[0]).toBe(`phone ${reason}`);
      expectNothingLeft();
    },
  );

  test('a number without an account is told what to do', async () => {
    await beginPhone('+7 900 999-99-99');
    await submitCode(rig.world.code('+7 900 999-99-99')!);

    expect(at('failed').reason).toBe('sign-up-needed');
  });
});

describe('cancelling leaves nothing behind', () => {
  test.each<readonly [SignInState['step'], () => Promise<unknown>]>([
    [
      'connecting',
      async () => {
        rig.world.offline();
        await desk.signIn.beginQr(rig.person);
        await desk.settle();
      },
    ],
    ['qr', () => beginQr()],
    ['code', () => beginPhone()],
    [
      'password',
      async () => {
        rig.world.setPassword(account, 'осень');
        await scan(await beginQr());
      },
    ],
  ])('from %s', async (step, come) => {
    await come();
    at(step);
    await cancel();

    at('idle');
    rig.world.online();
    expectNothingLeft();
    expect(rig.world.code(phone)).toBeUndefined();
    expect(rig.clock.sleeping).toBe(0);
  });

  test('though the phone has scanned a moment before and nobody has heard', async () => {
    await scan(await beginQr(), true);
    await cancel();

    at('idle');
    expectNothingLeft();
  });

  test('though a code is on its way', async () => {
    await beginPhone();
    const release = rig.world.hold('submitCode');
    const sending = desk.signIn
      .submitCode(rig.world.code(phone)!, rig.person)
      .catch((error: unknown) => error);
    await desk.settle();
    await cancel();

    expect(await sending).toMatchObject({ reason: 'no-sign-in' });
    release();
    await desk.settle();
    at('idle');
    expectNothingLeft();
  });

  test('and another may begin at once', async () => {
    await beginQr();
    await cancel();
    await beginPhone();

    at('code');
  });

  test('nothing under way is no mistake', async () => {
    await cancel();
    at('idle');
  });
});

describe('one at a time', () => {
  test('every page sees the same, and none begins a second', async () => {
    await beginQr();
    const seen: SignInState[] = [];
    const abort = new AbortController();
    void (async () => {
      for await (const state of desk.signIn.states(abort.signal)) seen.push(state);
    })();
    await desk.settle();

    expect(seen).toEqual([desk.state()]);
    await expect(desk.signIn.beginPhone(phone, rig.person)).rejects.toMatchObject({ reason: 'sign-in-busy' });
    abort.abort();
  });

  test('two answers at once are one too many', async () => {
    await beginPhone();
    const release = rig.world.hold('submitCode');
    const first = desk.signIn.submitCode('00000', rig.person);
    await expect(desk.signIn.submitCode('11111', rig.person)).rejects.toMatchObject({
      reason: 'sign-in-busy',
    });
    release();
    await during(first);

    expect(results().slice(0, 2)).toEqual(['code code-wrong', 'phone ok']);
  });

  test('what belongs to another step is refused', async () => {
    await expect(desk.signIn.submitCode('1', rig.person)).rejects.toMatchObject({ reason: 'no-sign-in' });
    await beginQr();
    await expect(desk.signIn.submitPassword('1', rig.person)).rejects.toMatchObject({ reason: 'no-sign-in' });
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    ['qr-expired', () => beginQr()],
    ['code-expired', () => beginPhone()],
  ])('ten minutes without anybody end it as %s', async (reason, come) => {
    await come();
    await rig.clock.advance(599_000);
    expect(['qr', 'code']).toContain(desk.state().step);
    await rig.clock.advance(3000);
    await desk.settle();

    expect(at('failed').reason).toBe(reason);
    expectNothingLeft();
    expect(rig.clock.sleeping).toBe(0);
  });
});

describe('waits', () => {
  test('a flood is shown with its end and not tried before', async () => {
    rig.world.flood('requestQr', 77_000);
    await desk.signIn.beginQr(rig.person);
    await desk.settle();
    const calls = rig.world.calls.filter(({ method }) => method === 'requestQr').length;

    const { reason, retryAt } = at('failed');
    expect([reason, retryAt]).toEqual(['flood-wait', rig.clock.now() + 77_000]);
    await expect(desk.signIn.beginQr(rig.person)).rejects.toMatchObject({ reason: 'flood-wait' });
    await cancel();
    expect(at('idle').waitUntil).toBe(retryAt);
    expect(rig.world.calls.filter(({ method }) => method === 'requestQr')).toHaveLength(calls);
    await rig.clock.advance(77_000);
    await beginQr();
  });

  test('a flood on a code stands beside it', async () => {
    await beginPhone();
    rig.world.fail('submitCode', 'flood-wait', { retryAfterMs: 30_000 });
    await submitCode('12345');
    const calls = rig.world.calls.length;

    expect(at('code')).toMatchObject({ error: 'flood-wait', waitUntil: rig.clock.now() + 30_000 });
    await expect(desk.signIn.submitCode('12345', rig.person)).rejects.toMatchObject({ reason: 'flood-wait' });
    expect(rig.world.calls).toHaveLength(calls);
    await rig.clock.advance(30_000);
    await submitCode(rig.world.code(phone)!);
    at('signed-in');
  });

  test('five beginnings in ten minutes are enough, also after a restart', async () => {
    for (let n = 0; n < 5; n += 1) {
      await beginQr();
      await cancel();
      await rig.clock.advance(10_000);
    }
    await desk.kill();
    desk = rig.start();
    await desk.settle();
    const { waitUntil } = at('idle');

    expect(waitUntil).toBeGreaterThan(rig.clock.now() + 500_000);
    await expect(desk.signIn.beginPhone(phone, rig.person)).rejects.toMatchObject({
      reason: 'sign-in-limit',
      retryAfterMs: waitUntil! - rig.clock.now(),
    });
    await rig.clock.advance(waitUntil! - rig.clock.now());
    await beginQr();
  });

  test('five wrong codes in an hour are enough, also after a restart', async () => {
    await beginPhone();
    for (let n = 0; n < 5; n += 1) await submitCode('00000');
    expect(at('code')).toMatchObject({ error: 'sign-in-limit', waitUntil: rig.clock.now() + 3_600_000 });
    const calls = rig.world.calls.length;
    await expect(desk.signIn.submitCode(rig.world.code(phone)!, rig.person)).rejects.toMatchObject({
      reason: 'sign-in-limit',
    });
    expect(rig.world.calls).toHaveLength(calls);
    await desk.kill();
    desk = rig.start();
    await desk.settle();

    expect(at('idle').waitUntil).toBe(rig.clock.now() + 3_600_000);
    await expect(desk.signIn.beginQr(rig.person)).rejects.toMatchObject({ reason: 'sign-in-limit' });
    await rig.clock.advance(3_600_001);
    await beginQr();
  });
});

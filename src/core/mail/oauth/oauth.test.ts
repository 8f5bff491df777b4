import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../../test/support/core-kit.ts';
import { type FakeOauth, startFakeOauth } from '../../../../test/support/fake-oauth.ts';
import type { SignInView } from '../../../shared/contract/oauth.ts';
import { toAppError } from '../../../shared/errors.ts';
import { systemClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { systemRandom } from '../../platform/random.ts';
import { createOauthClients } from './oauth-clients.ts';
import { createSignIns, type SignIns } from './sign-in.ts';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts';

const secretBox = {
  kind: 'memory' as const,
  seal: (plain: string) => `sealed:${Buffer.from(plain).toString('base64')}`,
  open: (sealed: string) => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString(),
};

let provider: FakeOauth;
let kit: CoreKit;
let signIns: SignIns;
let keeper: TokenKeeper;
let clients: ReturnType<typeof createOauthClients>;
let opened: string[];
let jumpMs: number;
let accountId: number;

async function start(options: Parameters<typeof startFakeOauth>[0] = {}): Promise<void> {
  provider = await startFakeOauth(options);
  const { db, journal } = kit.desk;
  const clock = { ...systemClock, now: () => systemClock.now() + jumpMs };
  // Waits between polls are real in kind and short in length.
  const quick = {
    ...clock,
    sleep: (ms: number, signal?: AbortSignal) => clock.sleep(Math.min(ms, 20), signal),
  };
  const patient = {
    ...clock,
    sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms > 60_000 ? ms : Math.min(ms, 20), signal),
  };
  const common = { db, journal, secretBox, tokens: kit.stores.accountTokens, endpoints: provider.endpoints };
  clients = createOauthClients(common);
  keeper = createTokenKeeper({ ...common, clock: quiet(quick), clients });
  signIns = createSignIns({
    clock: quiet(patient),
    random: systemRandom,
    log: silentLogger,
    opener: { external: (url) => Promise.resolve(void opened.push(url)) },
    clients,
    endpoints: provider.endpoints,
  });
  clients.save(
    { provider: 'google', clientId: 'pult-test', secret: provider.secret, tenant: '' },
    kit.addPerson('Орлова'),
  );
  clients.save(
    { provider: 'microsoft', clientId: 'pult-test', secret: provider.secret, tenant: 'common' },
    1,
  );
}

/** The deadline of a request must not end it in twenty milliseconds. */
function quiet<T extends { sleep(ms: number, signal?: AbortSignal): Promise<void> }>(clock: T): T {
  return {
    ...clock,
    sleep: (ms: number, signal?: AbortSignal) =>
      ms === 30_000 ? systemClock.sleep(ms, signal) : clock.sleep(ms, signal),
  };
}

beforeEach(() => {
  kit = createCoreKit();
  accountId = kit.addAccount();
  opened = [];
  jumpMs = 0;
});

afterEach(async () => {
  signIns.stop();
  keeper.stop();
  await provider.stop();
});

const begin = (flow: SignInView['flow'], of: 'google' | 'microsoft' = 'google') =>
  signIns.begin({ provider: of, flow, address: 'desk@towers.example', onGrant: undefined });
const ended = async (id: string) => {
  await expect.poll(() => signIns.state(id)?.state, { timeout: 10_000 }).not.toBe('waiting');
  return signIns.state(id)!;
};
const reasonOf = (run: Promise<unknown>) =>
  run.then(
    () => 'none',
    (thrown: unknown) => toAppError(thrown).reason,
  );
async function signIn(): Promise<void> {
  const { id } = await begin('browser');
  await provider.visit(opened.at(-1)!);
  expect((await ended(id)).state).toBe('done');
  kit.db.transact((revision) => keeper.keep(accountId, signIns.take(id), revision));
}

describe('signing in through the browser', () => {
  test('opens it by itself, proves who asked, and brings a token the provider knows', async () => {
    await start();
    await signIn();

    expect(provider.userOf(await keeper.accessToken(accountId))).toBe('desk@towers.example');
    expect(new URL(opened[0]!).searchParams.get('login_hint')).toBe('desk@towers.example');
  });

  test('an answer with a foreign state, or to a foreign name, ends nothing', async () => {
    await start();
    const { id } = await begin('browser');
    const redirect = new URL(opened[0]!).searchParams.get('redirect_uri')!;

    const forged = await fetch(`${redirect}?state=guessed&code=stolen`);

    expect([forged.status, signIns.state(id)?.state]).toEqual([404, 'waiting']);
    await provider.visit(opened[0]!);
    expect((await ended(id)).state).toBe('done');
  });

  test('a refusal is told, and the door is shut behind it', async () => {
    await start();
    const { id } = await begin('browser');
    const redirect = new URL(opened[0]!).searchParams.get('redirect_uri')!;

    await provider.visit(opened[0]!, 'no');

    expect(await ended(id)).toMatchObject({ state: 'failed', reason: 'sign-in-refused' });
    await expect
      .poll(() =>
        fetch(redirect).then(
          () => 'open',
          () => 'shut',
        ),
      )
      .toBe('shut');
  });

  test('given up leaves no door open and no secret behind', async () => {
    await start();
    const { id } = await begin('browser');
    const redirect = new URL(opened[0]!).searchParams.get('redirect_uri')!;

    signIns.cancel(id);

    expect(signIns.state(id)).toBeUndefined();
    await expect
      .poll(() =>
        fetch(redirect).then(
          () => 'open',
          () => 'shut',
        ),
      )
      .toBe('shut');
  });

  test('a wrong client secret is named as the registration, not as the person', async () => {
    await start();
    clients.save({ provider: 'google', clientId: 'pult-test', secret: 'wrong', tenant: '' }, 1);
    const { id } = await begin('browser');

    await provider.visit(opened[0]!);

    expect((await ended(id)).reason).toBe('oauth-client-refused');
  });

  test('without a registration it is refused before anything opens', async () => {
    await start();
    clients.save({ provider: 'google', clientId: '', secret: '', tenant: '' }, 1);

    expect(await reasonOf(begin('browser'))).toBe('oauth-client-missing');
    expect(opened).toEqual([]);
  });
});

describe('signing in by a code', () => {
  test('waits for the person, slower when told to, and through a provider that is busy for a moment', async () => {
    await start();
    const { id, userCode } = await begin('code', 'microsoft');
    provider.slowDown(1);
    provider.setBusy(true);
    await expect.poll(() => signIns.state(id)?.state).toBe('waiting');
    provider.setBusy(false);

    provider.enterCode(userCode!);

    expect((await ended(id)).state).toBe('done');
  });

  test.each([
    ['no', 'sign-in-refused'],
    [undefined, 'code-expired'],
  ] as const)('answered "%s" fails with the reason %s', async (answer, reason) => {
    await start(answer === undefined ? { codeLifeSeconds: 0.05 } : {});
    const { id, userCode } = await begin('code', 'microsoft');

    if (answer) provider.enterCode(userCode!, answer);

    expect(await ended(id)).toMatchObject({ state: 'failed', reason });
  });
});

describe('a token', () => {
  test('is renewed before it ends, and once for all who ask at the same moment', async () => {
    await start();
    await signIn();
    const before = await keeper.accessToken(accountId);
    jumpMs = 3_400_000;

    const [one, two] = await Promise.all([keeper.accessToken(accountId), keeper.accessToken(accountId)]);

    expect(one).not.toBe(before);
    expect(two).toBe(one);
    expect(provider.asked.filter((form) => form['grant_type'] === 'refresh_token')).toHaveLength(1);
    expect(provider.userOf(one)).toBe('desk@towers.example');
  });

  test('that the server refuses is renewed whatever our clock says', async () => {
    await start();
    await signIn();
    const before = await keeper.accessToken(accountId);
    jumpMs = -86_400_000;

    const after = await keeper.accessToken(accountId, before);

    expect([after === before, provider.userOf(after)]).toEqual([false, 'desk@towers.example']);
  });

  test('is kept sealed, and the rotated one is the one that is used next', async () => {
    await start();
    await signIn();
    for (let round = 0; round < 3; round += 1) {
      await keeper.accessToken(accountId, await keeper.accessToken(accountId));
    }

    const { sealed } = kit.stores.accountTokens.find(accountId)!;

    expect(sealed.startsWith('sealed:')).toBe(true);
    expect(sealed).not.toContain(await keeper.accessToken(accountId));
  });

  test('of a grant that was taken back asks for a person, and offline asks for patience', async () => {
    await start();
    await signIn();
    jumpMs = 3_600_000;
    provider.setBusy(true);
    expect(await reasonOf(keeper.accessToken(accountId))).toBe('server-busy');
    provider.setBusy(false);
    provider.revokeGrants();

    expect(await reasonOf(keeper.accessToken(accountId))).toBe('sign-in-expired');
    await provider.stop();
    expect(await reasonOf(keeper.accessToken(accountId))).toBe('network-unreachable');
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignInState } from '../../src/shared/contract/telegram.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createGramjsPort } from '../../src/core/telegram/gramjs/gramjs-port.ts';
import { boris, irina, sampleWorld, vera } from '../support/telegram-dc/sample-world.ts';
import { createTelegramDc, type TelegramDc } from '../support/telegram-dc/telegram-dc.ts';
import {
  createTelegramDeskRig,
  testApi,
  type StartedDesk,
  type TelegramDeskRig,
} from '../support/telegram-desk-rig.ts';

let dc: TelegramDc;
let rig: TelegramDeskRig;
let desk: StartedDesk;

beforeEach(async () => {
  dc = createTelegramDc();
  dc.seed(sampleWorld);
  await dc.start();
  const device = { model: 'Pult test', system: 'Linux', app: '1.0' };
  const port = createGramjsPort({ clock: systemClock, log: silentLogger, device });
  rig = createTelegramDeskRig({ port, network: dc.network() });
  desk = rig.start();
  await desk.saveApi(testApi, false, rig.person);
});
afterEach(async () => {
  await rig.close();
  await dc.stop();
  expectNoComplaints();
});

function expectNoComplaints(): void {
  expect({ problems: dc.problems(), unhandled: dc.unhandled() }).toEqual({ problems: [], unhandled: [] });
}

async function comes<S extends SignInState['step']>(step: S): Promise<Extract<SignInState, { step: S }>> {
  await expect.poll(() => desk.state().step, { timeout: 10_000 }).toBe(step);
  return desk.state() as Extract<SignInState, { step: S }>;
}

const errs = (error: string) => expect.poll(desk.state).toMatchObject({ error });

async function scanAs(phone: string): Promise<void> {
  await desk.signIn.beginQr(rig.person);
  await comes('qr');
  dc.scanQr({ phone });
}

const sessionsOf = ({ account }: { readonly account: number }) => dc.sessions({ account }).signedIn;

test('a scanned code makes an account whose stored session opens it', async () => {
  await scanAs(irina.phone);
  const { accountId } = await comes('signed-in');

  expect(await desk.openSession(accountId)).toMatchObject({ userId: `u${irina.account}` });
  expect(desk.accounts()).toMatchObject([{ id: accountId, phoneMask: '••• •••-••-01' }]);
  expect(await desk.logOut(accountId, rig.person)).toBe(true);
  expect([sessionsOf(irina), rig.sessionFiles()]).toEqual([0, []]);
});

test('a password is asked for, a wrong one answered, and the right one lets in', async () => {
  await scanAs(boris.phone);
  await comes('password');
  await desk.signIn.submitPassword('wrong horse', rig.person);
  await errs('password-wrong');
  await desk.signIn.submitPassword(boris.password, rig.person);

  await comes('signed-in');
});

test('an account of another data centre is followed there, by code and by phone', async () => {
  await scanAs(vera.phone);
  const { accountId } = await comes('signed-in');
  expect(await desk.logOut(accountId, rig.person)).toBe(true);
  await desk.signIn.beginPhone(vera.phone, rig.person);
  await comes('code');
  await desk.signIn.submitCode('12345', rig.person);

  await comes('signed-in');
});

test('a wrong code, then the right one', async () => {
  await desk.signIn.beginPhone(irina.phone, rig.person);
  await comes('code');
  await desk.signIn.submitCode('54321', rig.person);
  await errs('code-wrong');
  await desk.signIn.submitCode('12345', rig.person);

  await comes('signed-in');
});

test('a cancelled sign-in leaves nothing, also when the phone was quicker', async () => {
  await scanAs(irina.phone);
  await desk.signIn.cancel();
  await comes('idle');
  expect([sessionsOf(irina), rig.sessionFiles()]).toEqual([0, []]);

  await desk.signIn.beginPhone(irina.phone, rig.person);
  await comes('code');
  await desk.signIn.cancel();
  expect(rig.sessionFiles()).toEqual([]);
});

test('what a killed desk left is ended by its next start', async () => {
  dc.fault({ method: 'users.GetFullUser', ignore: true });
  await scanAs(irina.phone);
  await expect.poll(() => sessionsOf(irina)).toBe(1);
  await desk.kill();
  dc.clearFaults();
  desk = rig.start();
  await desk.endLeftovers();

  expect([sessionsOf(irina), rig.sessionFiles(), desk.accounts()]).toEqual([0, [], []]);
});

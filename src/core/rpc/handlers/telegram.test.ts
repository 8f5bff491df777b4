import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTelegramDeskRig,
  type StartedDesk,
  type TelegramDeskRig,
} from '../../../../test/support/telegram-desk-rig.ts';
import type { Context } from '../desk-session.ts';
import { telegramHandlers } from './telegram.ts';

let rig: TelegramDeskRig;
let desk: StartedDesk;
let context: Context;

beforeEach(() => {
  rig = createTelegramDeskRig();
  desk = rig.start();
  const session = { id: 's', personId: rig.person, key: null, visible: true, sound: true };
  context = { session, signal: new AbortController().signal };
});
afterEach(() => rig.close());

const control = { speed: 1, paused: false, sent: 0, planned: 0 };

test("the demo's phone scans the code on the page, and only there is one", async () => {
  const account = rig.world.addAccount({ phone: '+79990000001', name: 'Пульт' });
  const training = {
    state: () => control,
    control: async () => undefined,
    telegram: { scan: async (url: string) => void rig.world.scan(url, account) },
  };
  const { telegram } = telegramHandlers({ telegram: desk, training });
  await expect(telegram.demoScan({}, context)).rejects.toMatchObject({ reason: 'no-sign-in' });
  await telegram.saveApi({ apiId: 1, apiHash: 'AB'.repeat(16), force: false }, context);
  await telegram.beginQr({ understood: true }, context);
  await desk.settle();
  await telegram.demoScan({}, context);
  await desk.settle();

  expect(desk.state()).toMatchObject({ step: 'signed-in' });
  expect(await telegram.overview({}, context)).toMatchObject({
    apiId: 1,
    demo: true,
    accounts: [{ name: 'Пульт' }],
  });
  expect(desk.api()).toEqual({ id: 1, hash: 'ab'.repeat(16) });
});

test('a real desk has no such phone', async () => {
  const { telegram } = telegramHandlers({ telegram: desk, training: undefined });

  expect(await telegram.overview({}, context)).toMatchObject({ demo: false });
  await expect(telegram.demoScan({}, context)).rejects.toMatchObject({ code: 'denied' });
});

import { systemClock } from '../../src/core/platform/clock.ts';
import { startBotApi, type BotApi } from '../../src/core/training/services/bot-api.ts';
import { startSmsAero, type SmsAero } from '../../src/core/training/services/sms-aero.ts';
import { openSocketClient } from '../support/socket-client.ts';
import { test as base } from './fixtures.ts';
import { createCallsPage } from './pages/calls.ts';
import { createNotificationsPage } from './pages/notifications.ts';
import { createReachRig, type ReachRig } from './support/reach-rig.ts';

type PerTest = {
  readonly bot: BotApi;
  readonly gateway: SmsAero;
  readonly reach: ReachRig;
  readonly notices: ReturnType<typeof createNotificationsPage>;
  readonly calls: ReturnType<typeof createCallsPage>;
};

/** A desk with a bot, a mailbox and an SMS gateway to reach people by. */
export const test = base.extend<PerTest>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter
  bot: async ({}, use) => {
    const bot = await startBotApi({ clock: systemClock });
    await use(bot);
    await bot.stop();
  },
  // oxlint-disable-next-line no-empty-pattern
  gateway: async ({}, use) => {
    const gateway = await startSmsAero({ clock: systemClock });
    await use(gateway);
    await gateway.stop();
  },
  reach: async ({ desk, running, bot, gateway }, use) => {
    await desk.banner.waitFor();
    const { rpc, connection } = await openSocketClient(await running.host().newLink());
    const { people } = await rpc.session.people({});
    await rpc.session.signIn({ personId: people[0]?.id ?? 0 });
    await use(await createReachRig({ rpc, bot, gateway }));
    connection.close();
  },
  notices: async ({ desk }, use) => {
    await use(createNotificationsPage(desk.page));
  },
  calls: async ({ desk }, use) => {
    await use(createCallsPage(desk.page));
  },
});

export { expect } from './fixtures.ts';

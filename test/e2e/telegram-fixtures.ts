import { startTelegramDcProcess, type TelegramDcProcess } from '../support/telegram-dc/control-client.ts';
import { sampleWorld } from '../support/telegram-dc/sample-world.ts';
import { test as base } from './fixtures.ts';
import { createChatsPage } from './pages/chats-page.ts';
import { createTelegramPage, type TelegramPage } from './pages/telegram-page.ts';
import { startRunningDesk, usualPlan } from './support/running-desk.ts';

type PerTest = {
  /** Telegram's servers with the sample world, in a process of their own. */
  readonly dc: TelegramDcProcess;
  /** Signing in and accounts, in the settings. */
  readonly telegram: TelegramPage;
  readonly chats: ReturnType<typeof createChatsPage>;
};

/** A desk whose Telegram is the test servers. */
export const test = base.extend<PerTest>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter
  dc: async ({}, use) => {
    const dc = await startTelegramDcProcess();
    await dc.control.seed(sampleWorld);
    await use(dc);
    const left = { problems: await dc.control.problems(), unhandled: await dc.control.unhandled() };
    await dc.stop();
    base.expect(left).toEqual({ problems: [], unhandled: [] });
  },
  running: async ({ plan, mailbox, dc }, use, info) => {
    const running = await startRunningDesk({ ...usualPlan, ...plan }, mailbox, dc.network);
    await use(running);
    if (info.status !== info.expectedStatus) {
      await info.attach('host', { body: running.host().output(), contentType: 'text/plain' });
    }
    await running.stop();
  },
  telegram: async ({ desk, dc }, use) => {
    await use(createTelegramPage(desk.page, dc.control));
  },
  chats: async ({ desk }, use) => {
    await use(createChatsPage(desk.page));
  },
});

export { expect } from './fixtures.ts';

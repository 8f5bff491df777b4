import { test as base } from '@playwright/test';
import { createDeskPage, type DeskPage } from './pages/desk-page.ts';
import { startMailServer, type Mailbox, type MailServer } from './support/mailbox.ts';
import { startRunningDesk, usualPlan, type DeskPlan, type RunningDesk } from './support/running-desk.ts';

type PerTest = {
  /** What differs from a usual desk: one person on duty, a connected mailbox, no wait before sending. */
  readonly plan: Partial<DeskPlan>;
  readonly mailbox: Mailbox;
  readonly running: RunningDesk;
  /** The page, signed in as the first person. */
  readonly desk: DeskPage;
};
type PerWorker = { readonly mailServer: MailServer };

export const test = base.extend<PerTest, PerWorker>({
  plan: [{}, { option: true }],
  mailServer: [
    // Playwright reads what a fixture needs from its first parameter, which must be a pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use, info) => {
      const server = await startMailServer(`${info.workerIndex}`);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  mailbox: async ({ mailServer }, use) => {
    const mailbox = await mailServer.mailbox();
    await use(mailbox);
    await mailbox.stop();
  },
  running: async ({ plan, mailbox }, use, info) => {
    const running = await startRunningDesk({ ...usualPlan, ...plan }, mailbox);
    await use(running);
    if (info.status !== info.expectedStatus) {
      await info.attach('host', { body: running.host().output(), contentType: 'text/plain' });
    }
    await running.stop();
  },
  desk: async ({ page, plan, running }, use) => {
    const desk = createDeskPage(page);
    await desk.open(running.host().link);
    await desk.signIn((plan.people ?? usualPlan.people)[0] ?? '');
    await use(desk);
  },
});

export { expect } from '@playwright/test';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';

const account = { address: 'desk@towers.example', password: 'secret' };
const soon = { timeout: 20_000 };

let mail: EmbeddedMail;
let desk: Desk;
const submitted: { readonly to: readonly string[]; readonly text: string }[] = [];

beforeAll(async () => {
  mail = await startEmbeddedMail({ account, clock: systemClock });
  mail.onSubmitted(({ recipients, raw }) => submitted.push({ to: recipients, text: raw.toString() }));
  const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
  desk = await startDesk({ provision: provisionFor(server) });
});

afterAll(async () => {
  await desk.stop();
  await mail.stop();
});

test('an alert goes past the outbox, says that a program wrote it, and opens no incident', async () => {
  const page = await desk.page();
  const save = (alertEmails: string[]) => page.keeping.saveSettings({ settings: { alertEmails } });
  await expect(save(['DESK@towers.example'])).rejects.toMatchObject({
    details: { reason: 'alert-own-address' },
  });
  await save(['admin@towers.example']);
  await page.keeping.testAlert({});

  await expect.poll(() => submitted.map(({ to }) => to), soon).toEqual([['admin@towers.example']]);
  expect(submitted[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r?$/im);
  expect(submitted[0]?.text).toMatch(/^X-Auto-Response-Suppress: All\r?$/im);
  expect((await page.outbox.list({ all: true })).rows).toEqual([]);
  const sort = { key: 'registered', descending: false } as const;
  const { rows } = await page.incidents.queue({ filter: { scope: 'all' }, sort, offset: 0, limit: 10 });
  expect(rows).toEqual([]);
});

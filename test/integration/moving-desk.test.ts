import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { createSecretBox } from '../../src/host/secret-box.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';

type Page = Client<PultContract>;

const account = { address: 'desk@towers.example', password: 'secret' };
const soon = { timeout: 30_000 };
const computer = () => createSecretBox([{ origin: 'k', key: randomBytes(32) }]);

let mail: EmbeddedMail;
let old: Desk;
let fresh: Desk;
let disk: string;

beforeAll(async () => {
  mail = await startEmbeddedMail({ account, clock: systemClock });
  disk = await mkdtemp(join(tmpdir(), 'pult-move-'));
  const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
  old = await startDesk({ provision: provisionFor(server) }, { secretBox: computer() });
  fresh = await startDesk({}, { secretBox: computer() });
});

afterAll(async () => {
  await fresh.stop();
  await old.stop();
  await mail.stop();
  await rm(disk, { recursive: true, force: true });
});

const titles = async (page: Page) => {
  const sort = { key: 'registered', descending: false } as const;
  const { rows } = await page.incidents.queue({ filter: { scope: 'all' }, sort, offset: 0, limit: 50 });
  return rows.map(({ title }) => title);
};
function deliver(name: string): void {
  const at = Date.now();
  mail.deliver(
    makeLetter({ subject: name, text: name, messageId: `${name}@operator.example`, date: at }),
    at,
  );
}

test('a desk that moves rests, also after a restart, and works on where it was taken to', async () => {
  let page = await old.page();
  deliver('before');
  await expect.poll(() => titles(page), soon).toEqual(['before']);
  const { key, ask } = await page.keeping.beginRecovery({});
  const groups = key.split('-');
  await page.keeping.confirmRecovery({ groups: [groups[ask[0]] ?? '', groups[ask[1]] ?? ''] });

  const { path } = await page.keeping.move({ path: disk });
  deliver('after');
  old = await old.restart();
  page = await old.page();
  expect((await page.keeping.settings({})).restingSince).not.toBeNull();
  expect((await page.shell.describe({})).startNotes.map(({ code }) => code)).toContain('resting');

  const empty = await fresh.page();
  await empty.setup.restoreSet({ path });
  fresh = await fresh.restart();
  const moved = await fresh.page();
  await moved.keeping.unlock({ key });
  await expect.poll(() => titles(moved), soon).toEqual(['before', 'after']);
  expect((await moved.keeping.settings({})).restingSince).toBeNull();
  expect(await titles(page)).toEqual(['before']);

  await page.keeping.wake({});
  expect(old.capabilities.seen.restarts).toBe(1);
});

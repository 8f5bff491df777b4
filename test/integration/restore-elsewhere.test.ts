import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SecretBox } from '../../src/core/app-types.ts';
import { restoreDesk } from '../../src/core/restore-desk.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { createSecretBox } from '../../src/host/secret-box.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { findSecrets, toSecret } from '../support/find-secrets.ts';
import { makeLetter } from '../support/make-letter.ts';

type Page = Client<PultContract>;

const soon = { timeout: 30_000 };
const account = { address: 'desk@towers.example', password: 'sesame-forty-two-doors' };

/** Each computer has a key of its own. */
const computer = (): SecretBox => createSecretBox([{ origin: 'k', key: randomBytes(32) }]);

let mail: EmbeddedMail;
let old: Desk;
let page: Page;
let disk: string;
let fresh: Desk | undefined;
const submitted: string[] = [];
let paper = '';

beforeAll(async () => {
  mail = await startEmbeddedMail({ account, clock: systemClock });
  mail.onSubmitted(({ raw }) => submitted.push(raw.toString()));
  disk = await mkdtemp(join(tmpdir(), 'pult-disk-'));
  const provision = provisionFor({ host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp });
  const accounts = provision.accounts.map((one) => ({ ...one, password: account.password }));
  old = await startDesk({ provision: { ...provision, accounts } }, { secretBox: computer() });
  page = await old.page();
});

afterAll(async () => {
  await fresh?.stop();
  await old.stop();
  await mail.stop();
  await rm(disk, { recursive: true, force: true });
});

const rows = async (of: Page) => {
  const sort = { key: 'registered', descending: false } as const;
  const filter = { scope: 'all' } as const;
  return (await of.incidents.queue({ filter, sort, offset: 0, limit: 100 })).rows;
};
const codes = async (of: Page) =>
  Object.fromEntries((await rows(of)).map(({ title, code }) => [title, code]));

function deliver(name: string): void {
  const at = Date.now();
  const attachments = [{ fileName: 'щит.txt', mimeType: 'text/plain', content: Buffer.from(`файл ${name}`) }];
  mail.deliver(
    makeLetter({ subject: name, text: name, messageId: `${name}@operator.example`, date: at, attachments }),
    at,
  );
}

/** Queued for as long as a dispatcher may think again. */
async function answer(of: Page, title: string, body: string): Promise<void> {
  const incidentId = (await rows(of)).find((row) => row.title === title)?.id ?? 0;
  const { draft } = await of.drafts.begin({ incidentId, mode: 'new', sourceId: null, templateKey: null });
  const to = [{ name: '', address: 'robot@operator.example' }];
  await of.drafts.save({ id: draft.id, recipients: { to, cc: [], bcc: [] }, subject: title, body });
  await of.outbox.send({ draftId: draft.id, force: true });
}

async function makeRecoveryKey(of: Page): Promise<string> {
  const { key, ask } = await of.keeping.beginRecovery({});
  const groups = key.split('-');
  await of.keeping.confirmRecovery({ groups: [groups[ask[0]] ?? '', groups[ask[1]] ?? ''] });
  return key;
}

test('from a whole backup and the recovery key a desk on a new computer verifies, sends nothing twice and reissues no code', async () => {
  deliver('first');
  deliver('second');
  await expect.poll(async () => Object.keys(await codes(page)).length, soon).toBe(2);
  const key = await makeRecoveryKey(page);
  paper = key;
  await page.keeping.saveSettings({ settings: { backupDirectory: disk } });
  await page.settings.save({ settings: { undoSeconds: 4 } });
  await answer(page, 'first', 'Brigade is on its way');
  await page.keeping.makeFull({});
  const { sets } = await page.keeping.sets({ path: null });
  expect(sets).toMatchObject([{ own: true, missing: 0, recovery: true }]);
  expect(await page.keeping.checkSet({ path: sets[0]!.path, deep: true })).toMatchObject({
    ok: true,
    missing: 0,
  });

  await expect.poll(() => submitted.length, soon).toBe(1);
  deliver('after');
  await expect.poll(async () => Object.keys(await codes(page)).length, soon).toBe(3);
  const given = (await codes(page))['after'];
  const secrets = [toSecret('password', account.password), toSecret('recovery key', key.replaceAll('-', ''))];
  expect(findSecrets(disk, [...secrets, toSecret('spelled key', key)])).toEqual([]);
  expect(findSecrets(old.dataDir, [...secrets, toSecret('spelled key', key)])).toEqual([]);

  // The old computer is gone.
  await old.backend.stop();
  fresh = await startDesk({}, { secretBox: computer() });
  const empty = await fresh.page();
  const { sets: found } = await empty.setup.findSets({ path: disk });
  await empty.setup.restoreSet({ path: found[0]!.path });
  expect(fresh.capabilities.seen.restarts).toBe(1);
  fresh = await fresh.restart();
  const restored = await fresh.page();

  const described = await restored.shell.describe({});
  expect(described.startNotes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['restored-from-backup', 'secrets-locked']),
  );
  expect(await restored.settings.verifyJournal({})).toMatchObject({ ok: true });
  await expect
    .poll(async () => (await restored.accounts.list({})).accounts[0]?.haltedReason, soon)
    .toBe('secret-unreadable');

  await restored.keeping.unlock({ key });
  await expect.poll(async () => Object.keys(await codes(restored)).length, soon).toBe(3);
  expect((await codes(restored))['first']).toBe('PLT-1001');
  expect((await codes(restored))['after']).not.toBe(given);
  expect(await restored.keeping.recovery({})).toMatchObject({ locked: false });
  // Found in Sent, or shown to a person: never put out again by itself.
  const { rows: waiting } = await restored.outbox.list({});
  expect(waiting.filter(({ state }) => state !== 'unknown')).toEqual([]);
  expect(submitted).toHaveLength(1);
  const held = await readdir(join(fresh.dataDir, 'raw'), { recursive: true });
  expect(held.filter((name) => name.endsWith('.eml')).length).toBeGreaterThanOrEqual(3);
  expect(await restored.settings.verifyJournal({})).toMatchObject({ ok: true });
});

test('the command makes the same desk, unlocked before its first start, which draws the consequences', async () => {
  const dataDir = join(disk, 'by-command');
  const secretBox = computer();
  const wrong = `0000${paper.slice(4)}`;
  await expect(
    restoreDesk({ from: disk, dataDir: join(disk, 'wrong'), recoveryKey: wrong, secretBox }),
  ).rejects.toMatchObject({ details: { reason: 'recovery-key-mistyped' } });

  expect(await restoreDesk({ from: disk, dataDir, recoveryKey: paper, secretBox })).toMatch(/-full$/);
  const desk = await startDesk({ dataDir }, { secretBox });
  const restored = await desk.page();
  expect(await restored.keeping.recovery({})).toMatchObject({ locked: false });
  const { startNotes } = await restored.shell.describe({});
  expect(startNotes.map(({ code }) => code)).toEqual(['restored-from-backup']);
  await desk.stop();
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { findSecrets, phoneSecrets, toSecret } from '../support/find-secrets.ts';
import { makeLetter } from '../support/make-letter.ts';

const account = { address: 'desk@towers.example', password: 'sesame-forty-two-doors' };
const person = 'Аполлинария Верещагина';
const body = 'Замок сарая у реки заклинило';
const phone = '+7 900 555-12-34';

let mail: EmbeddedMail;
let desk: Desk;
let folder: string;

beforeAll(async () => {
  mail = await startEmbeddedMail({ account, clock: systemClock });
  folder = await mkdtemp(join(tmpdir(), 'pult-support-'));
  const provision = provisionFor({ host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp }, [person]);
  const accounts = provision.accounts.map((one) => ({ ...one, password: account.password }));
  desk = await startDesk({ provision: { ...provision, accounts } });
});

afterAll(async () => {
  await desk.stop();
  await mail.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the support archive of a desk full of secrets and people holds none of them', async () => {
  const page = await desk.page();
  const at = Date.now();
  const letter = {
    subject: 'Сарай у реки',
    text: `${body}, звоните ${phone}`,
    messageId: 'one@operator.example',
    from: 'glafira@operator.example',
    date: at,
  };
  mail.deliver(makeLetter(letter), at);
  const sort = { key: 'registered', descending: false } as const;
  const queue = () => page.incidents.queue({ filter: { scope: 'all' }, sort, offset: 0, limit: 10 });
  await expect.poll(async () => (await queue()).rows.length, { timeout: 20_000 }).toBe(1);
  const { key } = await page.keeping.beginRecovery({});
  await page.keeping.saveSettings({
    settings: { alertEmails: ['ignat@towers.example'], backupDirectory: join(folder, 'Тайная папка') },
  });
  // What people and servers say gets into the log as well.
  desk.backend.log.error(
    {
      err: new Error(`550 ${body} glafira@operator.example`),
      note: person,
      nested: { why: phone, list: [body] },
    },
    'mail.session-failed',
  );
  await page.shell.log({ level: 'warn', event: 'page', detail: body } as never);

  const made = await page.keeping.makeSupport({});
  const response = await desk.backend.web(new Request(`http://desk.example/blob/${made.sha256}`));
  await writeFile(join(folder, 'bundle.zip'), Buffer.from(await response.arrayBuffer()));
  const { files } = await page.keeping.previewSupport({});

  expect(made.fileName).toMatch(/^pult-support-\d{4}-\d\d-\d\d\.zip$/);
  expect(files.map(({ name }) => name)).toEqual([
    'about.json',
    'settings.json',
    'health.json',
    'errors.jsonl',
    'log.jsonl',
  ]);
  const text = files.map((file) => file.text).join('\n');
  expect(text).toContain('mail.session-failed');
  await writeFile(join(folder, 'preview.txt'), text);
  const secrets = [
    toSecret('password', account.password),
    toSecret('recovery key', key),
    toSecret('person', person),
    toSecret('surname', 'Верещагина'),
    toSecret('body', body),
    toSecret('subject', 'Сарай у реки'),
    toSecret('applicant', 'glafira'),
    toSecret('administrator', 'ignat'),
    toSecret('mailbox', 'desk@towers'),
    toSecret('folder', 'Тайная папка'),
    ...phoneSecrets('phone', phone),
  ];
  expect(findSecrets(folder, secrets).filter(({ where }) => !where.startsWith('Тайная'))).toEqual([]);
});

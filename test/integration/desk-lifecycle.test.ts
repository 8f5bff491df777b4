import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { systemRandom } from '../../src/core/platform/random.ts';
import { startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { contract } from '../../src/shared/contract/index.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';
import { createPipe } from '../support/pipe.ts';

let dataDir: string;
const desks: Desk[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pult-life-'));
});

afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.backend.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = async (options: Parameters<typeof startDesk>[0] = {}): Promise<Desk> => {
  const desk = await startDesk({ provision: provisionFor(undefined), ...options, dataDir });
  desks.push(desk);
  return desk;
};
/** A page whose next command has this id, as one that asks again after a lost answer. */
const repeating = async (desk: Desk, commandId: string) => {
  const { rpc } = createClient(
    contract,
    () => {
      const { page, core } = createPipe();
      desk.backend.connect(core);
      return page;
    },
    { clock: systemClock, random: systemRandom.number, newId: () => commandId },
  );
  const { people } = await rpc.session.people({});
  await rpc.session.signIn({ personId: people[0]!.id });
  return rpc;
};
const call = { title: 'Щит открыт', description: '', applicantName: 'Ким', applicantPhone: '' } as const;
const anyOf = { filter: {}, sort: { key: 'urgency', descending: false }, offset: 0, limit: 100 } as const;
const logged = async () => {
  const folder = join(dataDir, 'logs');
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
};

test('a second desk on the same data is refused, and the first works on', async () => {
  const first = await start();

  await expect(startDesk({ dataDir })).rejects.toMatchObject({ details: { reason: 'data-dir-in-use' } });

  expect((await (await first.page()).people.list({})).people.length).toBe(1);
});

test('a start that fails leaves nothing locked: the next one succeeds', async () => {
  const wrong = { ...provisionFor(undefined), settings: { zone: 'Mars/Base' } };
  await expect(startDesk({ provision: wrong, dataDir })).rejects.toMatchObject({
    details: { reason: 'zone-unknown' },
  });

  const desk = await start();

  expect((await (await desk.page()).people.list({})).people.length).toBe(1);
});

test('stopping twice is stopping once, and a page that is still there is let go', async () => {
  const desk = await start();
  const { page, core } = createPipe();
  let closed = 0;
  page.onClose(() => (closed += 1));
  desk.backend.connect(core);

  await Promise.all([desk.backend.stop(), desk.backend.stop()]);

  expect(closed).toBe(1);
  expect(await readdir(dataDir)).not.toContain('pult.db-wal');
});

test('a command asked for again, also after a restart, is done once and answered the same', async () => {
  let desk = await start();
  const id = crypto.randomUUID();
  const first = await (await repeating(desk, id)).incidents.open(call);
  expect(await (await repeating(desk, id)).incidents.open(call)).toEqual(first);

  await desk.backend.stop();
  desk = await start();
  const page = await repeating(desk, id);

  expect(await page.incidents.open(call)).toEqual(first);
  expect((await page.incidents.queue(anyOf)).total).toBe(1);
});

test('a command that fails leaves no trace and may be asked for again under its id', async () => {
  const desk = await start();
  const page = await repeating(desk, crypto.randomUUID());
  const entries = (await page.settings.verifyJournal({})).entries;

  await expect(page.incidents.open({ ...call, assigneeId: 99 })).rejects.toMatchObject({ code: 'not-found' });
  expect([
    (await page.incidents.queue(anyOf)).total,
    (await page.settings.verifyJournal({})).entries,
  ]).toEqual([0, entries]);

  expect(await page.incidents.open(call)).toMatchObject({ code: 'PLT-1001' });
});

test('the same configuration file changes nothing at the second start', async () => {
  const server = { host: '127.0.0.1', imap: 9, smtp: 9 };
  const roster = [{ zone: undefined, endsMinute: 1200, startsMinute: 480, weekdays: 31 }];
  const plain = provisionFor(server);
  const provision = { ...plain, people: plain.people.map((person) => ({ ...person, pin: '2468', roster })) };
  const entriesAfter = async () => {
    const desk = await start({ provision });
    await desk.backend.stop();
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(join(dataDir, 'pult.db'), { readonly: true });
    const kinds = database.prepare('SELECT kind FROM journal ORDER BY sequence').pluck().all();
    database.close();
    return kinds.filter((kind) => !String(kind).startsWith('person.shift'));
  };

  const first = await entriesAfter();

  expect(await entriesAfter()).toEqual(first);
});

test('whoever is put out of work is signed out where they sit', async () => {
  const desk = await start({ provision: provisionFor(undefined, ['Ким', 'Орлова']) });
  const leaving = await desk.page();
  const { people } = await leaving.people.list({});
  const [leaver] = people;
  const { name, role, email, phone } = leaver!;
  await leaving.people.save({ id: leaver!.id, name, role, email, phone, active: false });

  await expect(leaving.incidents.queue(anyOf)).rejects.toMatchObject({
    details: { reason: 'not-signed-in' },
  });
});

test('a request of a restore that is no request does not stop the start, and goes', async () => {
  await writeFile(join(dataDir, 'restore-request.json'), '{"name": "pult-20');

  const desk = await start();

  expect((await (await desk.page()).shell.describe({})).startNotes).toEqual([]);
  expect(await readdir(dataDir)).not.toContain('restore-request.json');
});

test('no secret of a working desk ever stands in its log', async () => {
  const secrets = {
    password: 'Zx9-mailbox-password',
    pin: '73519246',
    body: 'Совершенно-особенное-слово',
    sender: 'very-private@operator.example',
    phone: '+79005550147',
  };
  const mail = await startEmbeddedMail({
    account: { address: 'desk@towers.example', password: secrets.password },
    clock: systemClock,
  });
  const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
  const plain = provisionFor(server);
  const desk = await start({
    provision: {
      people: plain.people.map((person) => ({ ...person, pin: secrets.pin })),
      accounts: plain.accounts.map((account) => ({ ...account, password: secrets.password })),
      settings: { undoSeconds: 0, logLevel: 'debug' },
    },
  });
  const { page: port, core } = createPipe();
  desk.backend.connect(core);
  const { rpc } = createClient(contract, () => port, {
    clock: systemClock,
    random: systemRandom.number,
    newId: () => crypto.randomUUID(),
  });
  const { people } = await rpc.session.people({});
  const wrong = rpc.session.signIn({ personId: people[0]!.id, pin: '00000000' });
  await expect(wrong).rejects.toMatchObject({ details: { reason: 'pin-wrong' } });
  const { key } = await rpc.session.signIn({ personId: people[0]!.id, pin: secrets.pin });

  const letter = { from: secrets.sender, subject: secrets.body, text: secrets.body, date: Date.now() };
  mail.deliver(makeLetter(letter), Date.now());
  await expect.poll(async () => (await rpc.incidents.queue(anyOf)).total, { timeout: 15_000 }).toBe(1);
  await rpc.incidents.open({ ...call, title: secrets.body, applicantPhone: secrets.phone });
  const [row] = (await rpc.incidents.queue(anyOf)).rows.filter(({ channel }) => channel === 'mail');
  const { draft } = await rpc.drafts.begin({ incidentId: row!.id, mode: 'reply', templateKey: 'accepted' });
  await rpc.outbox.send({ draftId: draft.id });
  await expect
    .poll(async () => (await rpc.outbox.list({ all: true })).rows[0]?.state, { timeout: 15_000 })
    .toBe('accepted');
  await rpc.outbox.send({ draftId: draft.id }).catch(() => undefined);
  await mail.stop();
  await desk.backend.stop();

  const text = await logged();
  expect(text).toContain('outbox.accepted');
  for (const [name, secret] of Object.entries({ ...secrets, key })) {
    expect(text.includes(secret), `${name} stands in the log`).toBe(false);
  }
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readClock } from '../../src/shared/domain/clock-state.ts';
import { startHostProcess } from '../support/host-process.ts';
import { openSocketClient, type SocketClient } from '../support/socket-client.ts';

const within = { timeout: 20_000, interval: 200 };
/** The demo builds itself when what it is made of has changed. */
const startWithinMs = 60_000;

let demo: ChildProcess;
let output = '';
/** Where the demo puts what it must write. */
let folder: string;
let page: SocketClient;
let me: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pult-demo-test-'));
  demo = spawn(process.execPath, [join(import.meta.dirname, '../../tools/demo.ts'), '--no-open'], {
    env: { ...process.env, TZ: 'UTC', TMPDIR: folder, PULT_DEMO_SEED: '7' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  page = await openSocketClient(await readLink());
  const { people } = await page.rpc.session.people({});
  me = people[0]?.id ?? 0;
  await page.rpc.session.signIn({ personId: me });
}, startWithinMs);

afterAll(() => {
  page.connection.close();
  demo.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** As a person would copy it from the terminal. */
function readLink(): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const link = /http:\/\/127\.0\.0\.1:\S+\?token=[\w-]{43}(?=\s)/.exec(output)?.[0];
      if (link) resolve(link);
    };
    demo.stdout?.on('data', read);
    demo.stderr?.on('data', read);
    demo.once('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${output}`)));
  });
}

async function queue() {
  const { rows } = await page.rpc.incidents.queue({
    filter: { scope: 'all' },
    sort: { key: 'registered', descending: false },
    offset: 0,
    limit: 500,
  });
  return rows;
}

async function waiting() {
  return (await queue()).filter(({ typeId, dismissedAt }) => typeId === null && dismissedAt === null);
}

test('a newcomer finds a desk in the middle of its shift: some late, some close, some left to practise on', async () => {
  await expect.poll(async () => (await queue()).length, within).toBeGreaterThanOrEqual(15);
  await expect.poll(async () => (await waiting()).length, within).toBeLessThanOrEqual(4);

  const rows = await queue();
  const { statuses } = await page.rpc.reference.all({});
  const nameOf = (id: number) => statuses.find((status) => status.id === id)?.key;
  const states = rows.map(({ clock }) => (clock ? readClock(clock, Date.now()).state : undefined));
  const count = (state: (typeof states)[number]) => states.filter((other) => other === state).length;
  expect(count('overdue')).toBe(2);
  expect(count('at-risk')).toBe(2);
  expect(count('running')).toBeGreaterThanOrEqual(5);
  expect(count('paused')).toBe(1);
  expect(rows.filter(({ finishedAt }) => finishedAt !== null)).toHaveLength(1);
  expect(await waiting()).toHaveLength(4);
  expect(new Set(rows.map(({ statusId }) => nameOf(statusId))).size).toBeGreaterThanOrEqual(6);
  expect(rows.filter(({ asset }) => asset !== '').length).toBeGreaterThanOrEqual(11);
  expect((await page.rpc.shell.describe({})).zone).toBe('Europe/Moscow');
});

test('the poles letters speak of stand in the registry, with who repairs them', async () => {
  expect((await page.rpc.assets.lists({})).total).toBeGreaterThan(2000);

  const named = (await queue()).filter(({ title }) => /\d{5}-\w+-\d{2}/.test(title));
  const bound = await Promise.all(
    named.map(async ({ id }) => (await page.rpc.assets.ofIncident({ incidentId: id })).assets),
  );
  const poles = bound.flat().filter(({ state, kind }) => state === 'bound' && kind === 'pole');

  expect(named.length).toBeGreaterThanOrEqual(5);
  expect(poles.length).toBeGreaterThanOrEqual(5);
  expect(poles.every(({ contractor, region, emails }) => contractor && region && emails.length > 0)).toBe(
    true,
  );
});

test('only what is left to practise on sounds', async () => {
  const left = new Set((await waiting()).map(({ id }) => id));

  const sounding = async () =>
    (await page.rpc.alarms.sounding({})).alarms.map(({ incidentId }) => incidentId);

  await expect.poll(async () => (await sounding()).every((id) => left.has(id)), within).toBe(true);
  expect(await sounding()).not.toEqual([]);
});

test('an applicant answers the desk, and the answer joins the incident', async () => {
  const { rpc } = page;
  await rpc.settings.save({ settings: { undoSeconds: 0 } });
  await rpc.training.control({ speed: 60 });
  const asked = (await waiting()).find(({ title }) => title.startsWith('Доступ на АМС'));
  const count = async (wanted: 'in' | 'out') => {
    const { entries } = await rpc.incidents.timeline({ id: asked?.id ?? 0 });
    return entries.filter((entry) => entry.kind === 'message' && entry.direction === wanted).length;
  };
  expect(await count('in')).toBe(1);

  const { draft } = await rpc.drafts.begin({
    incidentId: asked?.id ?? 0,
    mode: 'reply',
    templateKey: 'accepted',
  });
  await rpc.outbox.send({ draftId: draft.id });

  await expect.poll(() => count('in'), within).toBeGreaterThanOrEqual(2);
  expect(await count('out')).toBe(1);
});

test('letters keep coming, and the colleague takes a share of them but nothing of the person at the page', async () => {
  const before = (await queue()).length;

  await expect.poll(async () => (await queue()).length, within).toBeGreaterThanOrEqual(before + 8);
  const taken = async () => (await queue()).slice(before).filter(({ typeId }) => typeId !== null);
  await expect.poll(async () => (await taken()).length, within).toBeGreaterThanOrEqual(1);

  expect((await taken()).filter(({ assigneeId }) => assigneeId === me)).toEqual([]);
  const mine = (await queue()).slice(before).filter(({ assigneeId }) => assigneeId === me);
  expect(mine.length).toBeGreaterThanOrEqual(1);
});

/** As a newcomer does: a code on the page, and the button that plays the phone. */
async function signInByScan({ rpc }: SocketClient): Promise<void> {
  await rpc.telegram.beginQr({ understood: true });
  const scan = async () =>
    rpc.telegram.demoScan({}).then(
      () => true,
      () => false,
    );
  await expect.poll(scan, within).toBe(true);
  await expect.poll(async () => (await rpc.telegram.overview({})).accounts[0]?.state, within).toBe('ready');
}

test('the phone of the lesson scans, and the chats of the shift are there, each tied to whose it is', async () => {
  const { rpc } = page;
  const chats = async () => (await rpc.chats.list({})).chats;

  await signInByScan(page);

  await expect.poll(async () => (await chats()).length, within).toBeGreaterThanOrEqual(4);
  const ofCrew = async () => (await chats()).find(({ title }) => title.startsWith('ЛинияСервис'));
  await expect.poll(async () => (await ofCrew())?.contact?.kind, within).toBe('contractor');
  const robot = (await chats()).find(({ kind }) => kind === 'bot');
  expect(robot?.hasRules).toBe(true);
  const id = (await ofCrew())?.id ?? 0;
  const [first] = (await rpc.chats.history({ id })).messages;
  await rpc.chats.loadOlder({ id, beforeServerId: first?.serverId ?? null });
  const { messages } = await rpc.chats.history({ id });
  expect(messages.length).toBeGreaterThanOrEqual(6);
  expect(messages.some(({ out, isRead }) => out && isRead)).toBe(true);
});

test('people in chats speak, and what the robot reports opens an incident', async () => {
  const { rpc } = page;
  const fromChats = async () => (await queue()).filter(({ channel }) => channel === 'telegram');

  await expect.poll(async () => (await fromChats()).length, within).toBeGreaterThanOrEqual(1);

  const [incident] = await fromChats();
  const { chats } = await rpc.chats.forIncident({ incidentId: incident?.id ?? 0 });
  expect(chats[0]?.chat.kind).toBe('bot');
});

test('technicians take the calls of the colleague: one is done with a photo and a place, one is refused and goes on', async () => {
  const { rpc } = page;
  const calls = async () => (await rpc.calls.board({})).calls;

  await expect
    .poll(async () => (await calls()).filter(({ state }) => state === 'completed').length, within)
    .toBeGreaterThanOrEqual(1);
  await expect
    .poll(async () => (await calls()).filter(({ turn }) => turn > 1).length, within)
    .toBeGreaterThanOrEqual(1);

  const [done] = (await calls()).filter(({ state }) => state === 'completed');
  const { call } = await rpc.calls.get({ id: done?.id ?? 0 });
  expect(call.location).not.toBeNull();
  expect(call.words.some(({ files }) => files.length > 0)).toBe(true);
  const [passedOn] = (await calls()).filter(({ turn }) => turn > 1);
  const { turns } = (await rpc.calls.get({ id: passedOn?.id ?? 0 })).call;
  expect(turns[0]?.outcome).toBe('declined');
});

async function callOut(technician: string, urgency: 'normal' | 'critical'): Promise<number> {
  const { technicians } = await page.rpc.technicians.list({});
  const { id } = await page.rpc.calls.create({
    incidentId: null,
    assetId: null,
    place: 'Склад участка',
    description: 'Забрать ДГУ',
    urgency,
    skillId: null,
    regionId: null,
    contactId: technicians.find(({ name }) => name === technician)?.contactId ?? 0,
    passesOn: false,
    workKind: '',
    files: [],
  });
  return id;
}

test('a ladder climbs over whoever is silent until an SMS is on their telephone', async () => {
  const { rpc } = page;
  const { defaults } = await rpc.ladders.of({ owner: null });
  for (const { nextName: _next, ...ladder } of defaults) {
    const steps = ladder.steps.map((step) => ({ ...step, waitSeconds: 5 }));
    if (ladder.urgency === 'critical') {
      await rpc.ladders.save({ owner: null, ladder: { ...ladder, steps } });
    }
  }
  const id = await callOut('Прохоров Глеб', 'critical');
  const [turn] = (await rpc.calls.get({ id })).call.turns;

  const sms = async () => {
    const { steps } = await rpc.notifications.climb({ id: turn?.notificationId ?? 0 });
    return steps.find(({ planned, deliveredAt }) => planned.channel === 'sms' && deliveredAt !== null);
  };

  await expect.poll(async () => (await sms())?.cost, { ...within, timeout: 40_000 }).toBeGreaterThan(0);
}, 50_000);

test('a contractor acknowledges what the colleague hands over', async () => {
  const { rpc } = page;
  const answered = async () => {
    const found = await Promise.all(
      (await queue()).map(async ({ id }) => (await rpc.calls.contractors({ incidentId: id })).requests),
    );
    return found.flat().filter(({ answeredAt }) => answeredAt !== null).length;
  };

  await expect.poll(answered, within).toBeGreaterThanOrEqual(1);
});

test('the dispatcher’s own call is taken by whoever it is made to', async () => {
  const id = await callOut('Абросимов Юрий', 'normal');

  const state = async () => (await page.rpc.calls.get({ id })).call.state;
  await expect.poll(state, within).toBe('completed');
});

test('it ends when asked and leaves nothing on the disk', async () => {
  page.connection.close();
  const ended = once(demo, 'exit');

  demo.kill('SIGINT');

  expect(await ended).toEqual([0, null]);
  expect(output).not.toMatch(/error|warn/i);
  expect(readdirSync(folder)).toEqual([]);
});

test('without the test servers of a checkout the lesson plays its chats in memory', async () => {
  const packaged = await startHostProcess({
    entry: join(import.meta.dirname, '../../out-demo/main/demo.js'),
    env: { TZ: 'UTC', TMPDIR: folder, PULT_DEMO_SEED: '7' },
  });
  const client = await openSocketClient(packaged.link);
  const { rpc } = client;
  const { people } = await rpc.session.people({});
  await rpc.session.signIn({ personId: people[0]?.id ?? 0 });

  await signInByScan(client);

  await expect.poll(async () => (await rpc.chats.list({})).total, within).toBeGreaterThanOrEqual(4);
  client.connection.close();
  await packaged.stop();
});

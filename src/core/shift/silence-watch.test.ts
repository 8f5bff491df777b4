import { beforeEach, describe, expect, test } from 'vitest';
import { createShiftKit, type ShiftKit } from '../../../test/support/shift-kit.ts';
import { setStatus } from '../incidents/change-incident.ts';
import { silentLogger } from '../platform/logger.ts';
import type { Health } from '../platform/service.ts';
import { createShiftDesk } from './shift-desk.ts';
import { createSilenceWatch, type SilenceWatch } from './silence-watch.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const alive = new AbortController().signal;

let kit: ShiftKit;
let watch: SilenceWatch;
let account: number;
let folder: number;
let uid = 0;

/** Half past eight in Moscow, on a Wednesday. */
beforeEach(() => {
  kit = createShiftKit();
  kit.addPerson('Орлова');
  account = kit.addAccount();
  folder = kit.db.transact(() =>
    kit.stores.raw.insertFolder({
      accountId: account,
      role: 'inbox',
      path: 'INBOX',
      uidvalidity: '1',
      lastUid: 0,
    }),
  );
  setHealth({ state: 'ok' });
  watch = createSilenceWatch(kit.parts, silentLogger);
});

function setHealth(health: Health): void {
  kit.channels.splice(0, kit.channels.length, {
    source: `mail:${account}`,
    kind: 'mail',
    accountId: account,
    name: 'Диспетчерская',
    health,
  });
}

function arrives(...times: readonly number[]): void {
  kit.db.transact((revision) => {
    for (const at of times) {
      uid += 1;
      kit.stores.raw.insert({
        accountId: account,
        folderId: folder,
        uidvalidity: '1',
        uid,
        sha256: `sha-${uid}`,
        size: 1,
        receivedAt: at,
        storedAt: Math.max(at, kit.clock.now()),
        state: 'stored',
        reason: null,
        detail: null,
        revision,
      });
    }
  });
}

/** So many an hour on each of the days before, from 07:00 to 19:00 UTC, and one every night hour. */
function history(days: number, perHour: number): void {
  const now = kit.clock.now();
  const times: number[] = [];
  for (let at = Math.floor(now / hour) * hour - days * day; at < now; at += hour) {
    const local = new Date(at).getUTCHours();
    const count = local >= 5 && local < 19 ? perHour : 1;
    for (let index = 0; index < count; index += 1) times.push(at + (index * hour) / count);
  }
  arrives(...times.filter((at) => at <= now));
}

const incidents = () =>
  kit.db
    .prepare<
      [],
      { id: number; title: string; channel: string; assigneeId: number | null; finishedAt: number | null }
    >(
      'SELECT id, title, channel, assignee_id AS assigneeId, finished_at AS finishedAt FROM incident ORDER BY id',
    )
    .all();
const alarms = () => kit.desk.alarms.sounding().map(({ kind }) => kind);

describe('a mailbox with six letters an hour', () => {
  beforeEach(async () => {
    history(29, 6);
    await watch.start(alive);
  });

  test('that falls silent opens one incident of the desk’s own, in somebody’s hands, with its alarm', async () => {
    await kit.clock.advance(50 * minute);
    expect(incidents()).toEqual([]);

    await kit.clock.advance(30 * minute);

    expect(incidents()).toMatchObject([{ channel: 'desk', assigneeId: 1, finishedAt: null }]);
    expect(incidents()[0]?.title).toMatch(
      /^Почта «Диспетчерская» молчит \d+ минут\S*, обычно 6 писем в час$/,
    );
    expect(alarms()).toEqual(['silence']);
    await kit.clock.advance(3 * hour);
    expect(incidents()).toHaveLength(1);
    await watch.stop();
    expect(kit.clock.sleeping).toBe(0);
  });

  test('is spoken of after twenty minutes when its own bound says so', async () => {
    createShiftDesk(kit.parts, watch).saveChannel(
      { source: `mail:${account}`, enabled: true, bound: 0.15, minMinutes: 20 },
      1,
    );
    for (let passed = 0; passed < 6; passed += 1) {
      await kit.clock.advance(10 * minute);
      arrives(kit.clock.now());
    }
    await kit.clock.advance(19 * minute);
    expect(incidents()).toEqual([]);

    await kit.clock.advance(2 * minute);

    expect(incidents()[0]?.title).toBe('Почта «Диспетчерская» молчит 20 минут, обычно 6 писем в час');
    await watch.stop();
  });

  test('closes the incident nobody has touched when letters come again, and tells so in it', async () => {
    await kit.clock.advance(80 * minute);
    const [{ id } = { id: 0 }] = incidents();

    arrives(kit.clock.now());
    await kit.clock.advance(minute);

    expect(incidents()[0]?.finishedAt).not.toBeNull();
    expect(alarms()).toEqual([]);
    expect(kit.desk.journal.ofSubject('incident', id).map(({ kind }) => kind)).toContain(
      'incident.silence-ended',
    );
    await kit.clock.advance(80 * minute);
    expect(incidents()).toHaveLength(2);
    await watch.stop();
  });

  test('leaves the incident to whoever has taken it up', async () => {
    await kit.clock.advance(80 * minute);
    const [{ id } = { id: 0 }] = incidents();
    const { revision } = kit.desk.incidents.require(id);
    setStatus(kit.desk, { id, expected: revision, statusId: kit.statusId('in-progress') }, 1);

    arrives(kit.clock.now());
    await kit.clock.advance(minute);

    expect(incidents()[0]?.finishedAt).toBeNull();
    await watch.stop();
  });

  test('says nothing while letters come', async () => {
    for (let passed = 0; passed < 6; passed += 1) {
      arrives(kit.clock.now());
      await kit.clock.advance(15 * minute);
    }

    expect(incidents()).toEqual([]);
    await watch.stop();
  });

  test('that is switched off is not watched', async () => {
    kit.parts.shiftSettings.save({ silence: false }, 1);

    await kit.clock.advance(3 * hour);

    expect(incidents()).toEqual([]);
    await watch.stop();
  });

  test.each([
    ['slept', 3 * hour],
    ['had its clock set ahead', 90 * minute],
    ['had its clock set back', -90 * minute],
  ])('is not accused of silence while the machine %s', async (_, jump) => {
    await kit.clock.advance(30 * minute);

    kit.clock.jump(jump);
    await kit.clock.advance(minute);

    expect(incidents()).toEqual([]);
    await watch.stop();
  });

  test('is told silent also over a line that broke and came back at once', async () => {
    await kit.clock.advance(40 * minute);
    setHealth({ state: 'degraded', reason: 'timeout' });
    await kit.clock.advance(2 * minute);
    setHealth({ state: 'ok' });

    await kit.clock.advance(38 * minute);

    expect(incidents()[0]?.title).toMatch(/молчит/);
    await watch.stop();
  });

  test('cut off is said to be cut off, not guessed to be silent', async () => {
    setHealth({ state: 'degraded', reason: 'unavailable' });
    await kit.clock.advance(19 * minute);
    expect(incidents()).toEqual([]);

    await kit.clock.advance(2 * minute);

    expect(incidents()[0]?.title).toBe('Почта «Диспетчерская»: нет связи 20 минут');
    setHealth({ state: 'ok' });
    await kit.clock.advance(minute);
    expect(incidents()[0]?.finishedAt).not.toBeNull();
    await watch.stop();
  });
});

test('the night, in which one an hour is usual, cries no wolf', async () => {
  kit.clock.jump(13 * hour);
  history(29, 6);
  await watch.start(alive);

  await kit.clock.advance(5 * hour);

  expect(incidents()).toEqual([]);
  await watch.stop();
});

test('before a week is known nothing is guessed', async () => {
  history(6, 60);
  await watch.start(alive);

  await kit.clock.advance(4 * hour);

  expect(incidents()).toEqual([]);
  expect(watch.channels()).toMatchObject([{ usualPerHour: null, enabled: true }]);
  await watch.stop();
});

test('a silence outlives a restart of the program and is opened no second time', async () => {
  history(29, 6);
  await watch.start(alive);
  await kit.clock.advance(80 * minute);
  await watch.stop();

  const again = createSilenceWatch(kit.parts, silentLogger);
  await again.start(alive);
  await kit.clock.advance(3 * hour);

  expect(incidents()).toHaveLength(1);
  await again.stop();
});

test('a Telegram account is known by what others wrote in it, not by what we wrote', async () => {
  const now = kit.clock.now();
  kit.db.transact(() => {
    kit.db.connection.exec(`
      INSERT INTO telegram_account (uuid, user_id, name, state, signed_in_at, created_at, revision)
        VALUES ('t', 'u1', 'Смена', 'signed-in', 1, 1, 1);
      INSERT INTO chat (uuid, account_id, peer_id, kind, title, folded, revision)
        VALUES ('h', 1, 'u2', 'user', 'Зуев', 'зуев', 1);`);
    const insert = kit.db.prepare<[number, number, string, number], void>(
      `INSERT INTO chat_message (chat_id, server_id, position, direction, sender_name, text, sent_at, revision)
       VALUES (1, ?, ?, ?, '', '', ?, 1)`,
    );
    for (let index = 1; index <= 20; index += 1) insert.run(index, index, 'in', now - index * day);
    insert.run(21, 21, 'out', now);
  });
  kit.channels.push({
    source: 'telegram:1',
    kind: 'telegram',
    accountId: 1,
    name: 'Смена',
    health: { state: 'ok' },
  });
  await watch.start(alive);
  await kit.clock.advance(0);

  const telegram = watch.channels().find(({ source }) => source === 'telegram:1');
  expect(telegram).toMatchObject({ kind: 'telegram', lastAt: now - day, heardSince: now });
  expect(telegram?.usualPerHour).toBeGreaterThan(0);
  await watch.stop();
});

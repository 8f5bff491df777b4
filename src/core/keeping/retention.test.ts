import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { createDataDir, type DataDir } from '../platform/data-dir.ts';
import { silentLogger } from '../platform/logger.ts';
import { filePlaces } from './bring-set.ts';
import { createKeepingSettings } from './keeping-settings.ts';
import { createRetention, type Retention } from './retention.ts';
import { createWorkGate } from './work-gate.ts';

let folder: string;
let dirs: DataDir;
let kit: CoreKit;
let retention: Retention;
let person: number;
let letters = 0;

const dayMs = 86_400_000;
const call = {
  title: 'Нет питания',
  description: '',
  applicantName: '',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
  assigneeId: null,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-retention-'));
  dirs = createDataDir(join(folder, 'data'));
  kit = createCoreKit(dirs.db);
  person = kit.addPerson('Орлова');
  kit.addAccount();
  letters = 0;
  const settings = createKeepingSettings({ ...kit.desk, store: kit.stores.settings });
  settings.save({ attachmentDays: 100, letterDays: 100, asideDays: 30 }, person);
  retention = createRetention({
    ...kit.desk,
    // The walk through folders waits for nobody.
    clock: { ...kit.clock, sleep: async () => undefined },
    log: silentLogger,
    store: kit.stores.retention,
    texts: kit.stores.textRetention,
    settings,
    dataDir: dirs,
    places: filePlaces(dirs),
    gate: createWorkGate(),
  });
});

afterEach(() => {
  kit.db.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const seconds = kit.clock.now() / 1000 - 90 * 86_400;
  utimesSync(path, seconds, seconds);
}

/** An incident with a letter that has this file, closed so many days ago; null: open still. */
function incident(text: string, closedDays: number | null) {
  const id = kit.open(call, person);
  const closedAt = closedDays === null ? null : kit.clock.now() - closedDays * dayMs;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const raw = createHash('sha256')
    .update(`letter ${(letters += 1)}`)
    .digest('hex');
  const file = filePlaces(dirs).attachment(sha256);
  const letter = filePlaces(dirs).raw(raw);
  put(file, text);
  put(letter, 'letter');
  kit.db.connection.exec(`
    UPDATE incident SET finished_at = ${closedAt ?? 'NULL'} WHERE id = ${id};
    INSERT INTO conversation (uuid, channel, incident_id, created_at) VALUES ('c${id}', 'mail', ${id}, 1);
    INSERT INTO message (uuid, conversation_id, direction, channel, subject, text, sent_at, received_at, link, revision)
      SELECT 'm${id}', id, 'in', 'mail', 'Щит', 'Открыт', 1, 1, '{}', 1 FROM conversation WHERE uuid = 'c${id}';
    INSERT INTO attachment (message_id, position, sha256, file_name, mime_type, size, inline)
      SELECT id, 0, '${sha256}', 'щит.txt', 'text/plain', 10, 0 FROM message WHERE uuid = 'm${id}';
    INSERT OR IGNORE INTO mail_folder (account_id, role, path, uidvalidity) VALUES (1, 'inbox', 'INBOX', '1');
    INSERT INTO raw_message (account_id, folder_id, uidvalidity, uid, sha256, size, received_at, stored_at, state, message_id, revision)
      SELECT 1, 1, '1', ${id}, '${raw}', 5, 1, 1, 'parsed', id, 1 FROM message WHERE uuid = 'm${id}';`);
  const [message] = kit.stores.views.timeline(id, null, 10);
  return { id, file, letter, messageId: message?.id ?? 0 };
}
const journal = () =>
  kit.desk.journal.ofSubject('desk', 0).filter(({ kind }) => kind === 'desk.retention-run');

test('files of incidents closed long ago go, and the card says when; rows and journal stay', async () => {
  const old = incident('old', 200);
  const young = incident('young', 50);
  const open = incident('open', null);
  expect(await retention.preview()).toEqual({
    incidents: 1,
    attachments: 1,
    letters: 1,
    texts: 0,
    notes: 0,
    bytes: 15,
    leftovers: 0,
  });
  expect(existsSync(old.file)).toBe(true);

  await retention.run(person);

  expect([old, young, open].map(({ file }) => existsSync(file))).toEqual([false, true, true]);
  expect([old, young, open].map(({ letter }) => existsSync(letter))).toEqual([false, true, true]);
  const view = kit.stores.views.find(old.messageId);
  expect(view?.attachments).toMatchObject([{ fileName: 'щит.txt', expiredAt: kit.clock.now() }]);
  expect(view).toMatchObject({ text: 'Открыт', hasRaw: false });
  expect(await kit.desk.journal.verify()).toMatchObject({ ok: true });
});

test('each run of a rule is one entry with what it set out to remove, and a second run has nothing to do', async () => {
  incident('one', 200);
  incident('two', 300);
  await retention.run(person);
  await retention.run(person);
  expect(journal().map(({ payload }) => JSON.parse(payload) as object)).toEqual([
    { olderThanDays: 100, incidents: 2, attachments: 2, letters: 0, bytes: 20 },
    { olderThanDays: 100, incidents: 2, attachments: 0, letters: 2, bytes: 10 },
  ]);
});

test('a file that another incident, a draft or a chat counts on stays on the disk', async () => {
  const old = incident('shared', 200);
  incident('shared', null);
  const drafted = incident('drafted', 200);
  const sha256 = createHash('sha256').update('drafted').digest('hex');
  kit.db.connection
    .prepare(
      `INSERT INTO draft (uuid, person_id, mode, recipients, subject, body, attachments, updated_at, revision)
       VALUES ('d', ?, 'new', '{}', '', '', ?, 1, 1)`,
    )
    .run(person, JSON.stringify([{ sha256, size: 1, fileName: 'a', mimeType: 'b' }]));
  expect(await retention.preview()).toMatchObject({ bytes: 10 });
  await retention.run(null);
  expect([old, drafted].map(({ file }) => existsSync(file))).toEqual([true, true]);
});

test.each([
  ['a call', 'call_file (call_id'],
  ['what a technician answered', 'answer_file (answer_id'],
  ['a notification', 'notification_file (notification_id'],
])('a file of %s stays on the disk', async (_, table) => {
  const old = incident('shown', 200);
  const sha256 = createHash('sha256').update('shown').digest('hex');
  const { connection } = kit.db;
  connection.exec(`INSERT INTO call (uuid, number, description, urgency, state, created_at, revision)
      VALUES ('c', 1, 'Щит', 'urgent', 'pending', 1, 1);
    INSERT INTO notification (uuid, chain, kind, call_id, urgency, text, code, state, ladder, created_at, revision)
      VALUES ('n', 'n', 'call', 1, 'urgent', 'Щит', 'K2', 'climbing', '{}', 1, 1);
    INSERT INTO answer (uuid, channel, event_id, address, at, taken_at, revision)
      VALUES ('a', 'sms', 'e', '79005550701', 1, 1, 1);`);
  connection
    .prepare(
      `INSERT INTO ${table}, position, sha256, file_name, mime_type, size) VALUES (1, 0, ?, 'щит.jpg', 'image/jpeg', 5)`,
    )
    .run(sha256);
  await retention.run(null);
  expect(existsSync(old.file)).toBe(true);
});

test('linked and merged incidents and those with a letter on its way are left alone', async () => {
  const all = ['linked', 'other', 'merged', 'host', 'answered'].map((name) => incident(name, 200));
  const [linked, other, merged, host, answered] = all.map(({ id }) => id);
  kit.db.connection.exec(`
    INSERT INTO incident_link (from_id, to_id, kind, created_at) VALUES (${linked}, ${other}, 'related', 1);
    UPDATE incident SET merged_into_id = ${host} WHERE id = ${merged};
    INSERT INTO outbox (uuid, channel, account_id, message_id, state, not_before, sent_copy, created_at, revision)
      SELECT 'o', 'mail', 1, id, 'unknown', 1, 'waiting', 1, 1 FROM message WHERE uuid = 'm${answered}';`);
  await retention.run(null);
  expect(all.map(({ file }) => existsSync(file))).toEqual([true, true, true, true, true]);
});

test('leftovers go: files nobody names, and databases set aside long ago; what was just put there stays', async () => {
  const orphan = filePlaces(dirs).attachment('a'.repeat(64));
  const fresh = filePlaces(dirs).attachment('b'.repeat(64));
  put(orphan, 'orphan');
  put(fresh, 'fresh');
  const seconds = kit.clock.now() / 1000;
  utimesSync(fresh, seconds, seconds);
  const aside = join(dirs.root, `pult.db.${kit.clock.now() - 40 * dayMs}.aside`);
  const kept = join(dirs.root, `pult.db.${kit.clock.now() - 4 * dayMs}.aside`);
  for (const path of [aside, kept]) writeFileSync(path, 'database');

  await retention.run(null);

  expect([orphan, fresh, aside, kept].map((path) => existsSync(path))).toEqual([false, true, false, true]);
  expect(journal()).toEqual([]);
});

test('by itself it runs once a day, and not on the word of a clock that leapt ahead until a day later', async () => {
  const sleep = (ms: number, signal?: AbortSignal) =>
    ms === 0 ? Promise.resolve() : kit.clock.sleep(ms, signal);
  const clock = { ...kit.clock, sleep };
  const gate = createWorkGate();
  const settings = createKeepingSettings({ ...kit.desk, store: kit.stores.settings });
  const looking = createRetention({
    ...kit.desk,
    clock,
    log: silentLogger,
    store: kit.stores.retention,
    texts: kit.stores.textRetention,
    settings,
    dataDir: dirs,
    places: filePlaces(dirs),
    gate,
  });
  const young = incident('young', 1);
  /** Folders are really walked: the clock waits for that. */
  const day = async () => {
    await kit.clock.advance(dayMs);
    await expect.poll(() => gate.current()).toBeUndefined();
  };
  await looking.start(new AbortController().signal);
  await day();
  await day();
  expect(settings.agedAt()).toBeGreaterThan(0);

  kit.clock.jump(3650 * dayMs);
  await day();
  expect(journal()).toEqual([]);
  expect(existsSync(young.file)).toBe(true);

  await day();
  expect(journal().length).toBeGreaterThan(0);
  await looking.stop();
});

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { setLetterText } from '../chats/join-letters.ts';
import type { ChatParts } from '../chats/parts.ts';
import type { StoredName } from '../db/retention-store.ts';
import { addNote, editNote } from '../notes/notes.ts';
import { setFavourites } from '../notes/personal.ts';
import { createSearch } from '../search/search.ts';
import { createExpireTexts } from './expire-texts.ts';

let kit: CoreKit;
let person: number;
let taken: string[];

const dayMs = 86_400_000;
const signal = new AbortController().signal;
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
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  kit.addAccount();
  taken = [];
});
afterEach(() => kit.db.close());

function rule(days: number | null = 100, takeAway = (file: StoredName) => void taken.push(file.sha256)) {
  return createExpireTexts({
    ...kit.desk,
    clock: { ...kit.clock, sleep: async () => undefined },
    texts: kit.stores.textRetention,
    settings: { get: () => ({ textDays: days }) as never },
    expireRaw: (file) => kit.stores.retention.expire(file, kit.clock.now()),
    takeAway,
  });
}

/** An incident with a letter, a chat message and a note, closed so many days ago; null: open. */
function incident(word: string, closedDays: number | null) {
  const id = kit.open({ ...call, title: `Щит ${word}` }, person);
  const noteId = addNote(kit.desk, { incidentId: id, text: `заметка${word}` }, person).id;
  editNote(kit.desk, { id: noteId, text: `запись${word}` }, person);
  const closedAt = closedDays === null ? null : kit.clock.now() - closedDays * dayMs;
  const raw = createHash('sha256').update(word).digest('hex');
  kit.db.connection.exec(`
    UPDATE incident SET finished_at = ${closedAt ?? 'NULL'} WHERE id = ${id};
    INSERT INTO conversation (uuid, channel, incident_id, created_at) VALUES ('c${id}', 'mail', ${id}, 1);
    INSERT INTO message (uuid, conversation_id, direction, channel, subject, from_name, from_address, text, sent_at, received_at, link, revision)
      SELECT 'm${id}', id, 'in', 'mail', 'тема${word}', 'Зуев', 'zuev@operator.example', 'письмо${word}', 1, 1, '{}', 1
      FROM conversation WHERE uuid = 'c${id}';
    INSERT INTO message (uuid, conversation_id, direction, channel, subject, text, sent_at, received_at, link, revision)
      SELECT 't${id}', id, 'in', 'telegram', '', 'сообщение${word}', 2, 2, '{}', 1 FROM conversation WHERE uuid = 'c${id}';
    INSERT INTO message_html (message_id, html) SELECT id, '<p>письмо${word}</p>' FROM message WHERE uuid = 'm${id}';
    INSERT OR IGNORE INTO mail_folder (account_id, role, path, uidvalidity) VALUES (1, 'inbox', 'INBOX', '1');
    INSERT INTO raw_message (account_id, folder_id, uidvalidity, uid, sha256, size, received_at, stored_at, state, message_id, revision)
      SELECT 1, 1, '1', ${id}, '${raw}', 5, 1, 1, 'parsed', id, 1 FROM message WHERE uuid = 'm${id}';`);
  const messages = kit.stores.views.timeline(id, null, 10);
  const { search } = kit.stores;
  kit.db.transact(() => {
    for (const one of search.indexedText(messages.map((message) => message.id))) {
      search.indexMessage(one.id, { subject: '', people: [], text: one.text });
    }
  });
  return { id, noteId, raw, letterId: messages[0]?.id ?? 0, chatId: messages[1]?.id ?? 0 };
}
type Made = ReturnType<typeof incident>;

const textsOf = ({ id }: Made) => [
  ...kit.stores.views.timeline(id, null, 10).map(({ text }) => text),
  ...kit.stores.notes.ofIncident(id).map(({ text }) => text),
];
const isWhole = (made: Made) => textsOf(made).every((text) => text !== '');
const found = (text: string) =>
  createSearch({ store: kit.stores.search, codePrefix: () => 'PLT' }).find({
    text,
    condition: undefined,
    limit: 10,
  }).length;
const indexed = (word: string) => {
  const { search } = kit.stores;
  const asked = [`"${word}"`, Number.MAX_SAFE_INTEGER, 10] as const;
  return search.messages(...asked).length + search.incidents(...asked).length;
};
const runs = () => kit.desk.journal.ofSubject('desk', 0).filter(({ kind }) => kind === 'desk.texts-removed');

test('what was told to people and what they said goes with them, and that they were told stays', async () => {
  const { id } = incident('три', 200);
  const open = incident('четыре', 200);
  for (const [one, state] of [
    [id, 'completed'],
    [open.id, 'on-the-way'],
  ] as const) {
    kit.db.connection.exec(`
      INSERT INTO call (id, uuid, number, incident_id, place, description, urgency, state, created_at, result, latitude, longitude, revision)
        VALUES (${one}, 'k${one}', ${one}, ${one}, 'Опора', 'описание', 'urgent', '${state}', 1, 'итог', 55, 37, 1);
      INSERT INTO notification (id, uuid, chain, kind, incident_id, call_id, urgency, title, text, code, verbs, state, round, step, ladder, created_at, revision)
        VALUES (${one}, 'n${one}', 'n${one}', 'call', ${one}, ${one}, 'urgent', 'Вызов', 'слованотификации', 'AB234${one}', '[]', 'acknowledged', 1, 0, '{}', 1, 1);
      INSERT INTO answer (uuid, channel, event_id, address, notification_id, call_id, verb, text, latitude, longitude, at, taken_at, revision)
        VALUES ('a${one}', 'sms', 'e${one}', '79005550101', ${one}, ${one}, 'accepted', 'еду', 55, 37, 1, 1, 1);`);
  }
  await rule().expire(person, signal);

  const rows = (sql: string) => kit.db.prepare<[], unknown>(sql).all();
  expect(rows('SELECT id, title, text, state FROM notification ORDER BY id')).toEqual([
    { id, title: 'Вызов', text: '', state: 'acknowledged' },
    { id: open.id, title: 'Вызов', text: 'слованотификации', state: 'acknowledged' },
  ]);
  expect(rows('SELECT verb, text, latitude, longitude FROM answer ORDER BY id')[0]).toEqual({
    verb: 'accepted',
    text: '',
    latitude: null,
    longitude: null,
  });
  expect(rows('SELECT description, result, latitude FROM call ORDER BY id')).toEqual([
    { description: '', result: '', latitude: null },
    { description: 'описание', result: 'итог', latitude: 55 },
  ]);
  expect(isWhole(open)).toBe(true);
});

test('words of an incident closed long ago go, and who wrote when about what stays', async () => {
  const old = incident('один', 200);
  const before = kit.desk.journal.ofSubject('incident', old.id);
  await rule().expire(person, signal);

  expect(textsOf(old)).toEqual(['', '', '']);
  const view = kit.stores.views.find(old.letterId);
  expect(view).toMatchObject({
    subject: 'темаодин',
    from: { name: 'Зуев' },
    sentAt: 1,
    hasHtml: false,
    hasRaw: false,
    textExpiredAt: kit.clock.now(),
  });
  expect(kit.stores.notes.require(old.noteId)).toMatchObject({
    earlier: [],
    authorId: person,
    textExpiredAt: kit.clock.now(),
  });
  expect(taken).toEqual([old.raw]);
  expect(kit.stores.incidents.require(old.id)).toMatchObject({ code: 'PLT-1001', title: 'Щит один' });
  expect(kit.desk.journal.ofSubject('incident', old.id)).toEqual(before);
  expect(await kit.desk.journal.verify()).toMatchObject({ ok: true });
});

test('removed words are found no more, while subject, people and title still are', async () => {
  incident('один', 200);
  const words = ['письмоодин', 'сообщениеодин', 'записьодин'];
  expect(words.map(found)).toEqual([1, 1, 1]);
  expect(words.map(indexed)).toEqual([1, 1, 1]);
  await rule().expire(null, signal);
  expect(words.map(found)).toEqual([0, 0, 0]);
  // What was found is read again before it is shown; here the index itself is asked.
  expect(words.map(indexed)).toEqual([0, 0, 0]);
  expect(['темаодин', 'zuev@operator.example', 'Щит один'].map(found)).toEqual([1, 1, 1]);
});

test('open, young, postponed and starred incidents keep their words, and those with a letter on its way', async () => {
  const kept = ['open', 'young', 'postponed', 'starred', 'reminded', 'answered'].map((word, index) =>
    incident(word, [null, 50][index] === undefined ? 200 : ([null, 50][index] ?? null)),
  );
  const [open, , postponed, starred, reminded, answered] = kept;
  kit.db.connection.exec(`
    UPDATE incident SET finished_at = NULL WHERE id = ${open?.id};
    UPDATE incident SET postponed_until = 1 WHERE id = ${postponed?.id};
    INSERT INTO reminder (uuid, incident_id, person_id, at, created_at, revision) VALUES ('r', ${reminded?.id}, ${person}, 1, 1, 1);
    INSERT INTO outbox (uuid, channel, account_id, message_id, state, not_before, sent_copy, created_at, revision)
      VALUES ('o', 'mail', 1, ${answered?.letterId}, 'unknown', 1, 'waiting', 1, 1);`);
  setFavourites(kit.desk, [starred?.id ?? 0], 'normal', person);
  await rule().expire(null, signal);
  expect(kept.map(isWhole)).toEqual([true, true, true, true, true, true]);
});

test('what is linked or merged with an open incident stays with it, and goes when both are closed', async () => {
  const words = ['linked', 'back', 'merged', 'host', 'closed'];
  const kept = words.map((word) => incident(word, 200));
  const [linked, back, merged, host, closed] = kept;
  const [open, other] = [incident('open', null), incident('other', 200)];
  kit.db.connection.exec(`
    INSERT INTO incident_link (from_id, to_id, kind, created_at) VALUES (${linked?.id}, ${open.id}, 'related', 1),
      (${open.id}, ${back?.id}, 'parent', 1), (${closed?.id}, ${other.id}, 'related', 1);
    UPDATE incident SET finished_at = NULL WHERE id = ${host?.id};
    UPDATE incident SET merged_into_id = ${host?.id} WHERE id = ${merged?.id};`);
  await rule().expire(null, signal);
  expect([...kept, other].map(isWhole)).toEqual([true, true, true, true, false, false]);
});

test('a run is counted first, told once, and has nothing to do the second time; off it does nothing', async () => {
  const all = Array.from({ length: 120 }, (_, index) => incident(`n${index}`, 200));
  const counts = { incidents: 120, letters: 240, notes: 120, raws: 120, bytes: 600 };
  expect(await rule().count(signal)).toEqual(counts);
  expect(await rule(null).count(signal)).toMatchObject({ incidents: 0 });
  await rule(null).expire(person, signal);
  expect(all.every(isWhole)).toBe(true);

  await rule().expire(person, signal);
  await rule().expire(person, signal);
  expect(runs().map(({ payload }) => JSON.parse(payload) as object)).toEqual([
    { olderThanDays: 100, ...counts },
  ]);
  expect(all.some(isWhole)).toBe(false);
});

test('killed between two handfuls it leaves whole incidents or empty ones, and the next run takes the rest', async () => {
  const all = Array.from({ length: 120 }, (_, index) => incident(`n${index}`, 200));
  const killed = rule(100, () => {
    throw new Error('killed');
  });
  await expect(killed.expire(null, signal)).rejects.toThrow('killed');
  expect(all.filter(isWhole)).toHaveLength(70);
  expect(all.filter((made) => textsOf(made).every((text) => text === ''))).toHaveLength(50);

  await rule().expire(null, signal);
  expect(all.filter(isWhole)).toEqual([]);
  expect(runs()).toHaveLength(2);
});

test('what went does not come back by an edit in the chat, of the note, or by the undo of one', async () => {
  const old = incident('один', 200);
  await rule().expire(null, signal);
  const chatSide = { ...kit.desk, views: kit.stores.views, messages: kit.stores.messages };
  kit.db.transact((revision) =>
    setLetterText(chatSide as unknown as ChatParts, old.chatId, 'снова тайна', revision),
  );
  expect(() => editNote(kit.desk, { id: old.noteId, text: 'снова' }, person)).toThrow(
    expect.objectContaining({ code: 'conflict', details: { reason: 'changed-since' } }),
  );
  expect(textsOf(old)).toEqual(['', '', '']);
  expect(indexed('тайна')).toBe(0);
});

test('a letter the mailbox gave a second time has no raw copy left either', async () => {
  const old = incident('один', 200);
  await rule().expire(null, signal);
  kit.db.connection
    .exec(`INSERT INTO raw_message (account_id, folder_id, uidvalidity, uid, sha256, size, received_at, stored_at, state, message_id, revision)
    VALUES (1, 1, '2', 1, '${old.raw}', 5, 1, 1, 'parsed', ${old.letterId}, 1)`);
  expect(kit.stores.views.find(old.letterId)?.hasRaw).toBe(true);
  await rule().expire(null, signal);
  expect(kit.stores.views.find(old.letterId)?.hasRaw).toBe(false);
});

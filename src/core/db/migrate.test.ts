import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, newestVersion, schemaVersion } from './migrate.ts';
import { migrations } from './migrations.ts';

/** Of every released step; a step that changes after its release leaves desks with different schemas. */
const released: Readonly<Record<number, string>> = {
  1: '3b756aaacbe2085a',
  2: 'e35fd859d5edd8f8',
  3: 'ff8d577e7b17f37d',
  4: 'ccfdaf7d3015f9fb',
  5: '6bd1fec0c373639c',
  6: 'f3e66aafd6e025cb',
  7: '1c08230b6e442f76',
  8: 'a19a61783c68b091',
  9: '6b6f50b235f18519',
  10: 'b4097a7f4ad34ee7',
  11: 'b755b91aa8aa81ac',
  12: 'f40090e3b77cc0f6',
  13: '42f65bbccf2a4a5d',
  14: '41cbf368a68081e9',
};

/** Rows that must still be there when the step after them has run. */
const rowsOf: Readonly<Record<number, { readonly sql: string; readonly count: string }>> = {
  1: {
    sql: `INSERT INTO person (uuid, name, role, created_at, revision) VALUES ('u', 'Орлова', 'lead', 1, 1);
      INSERT INTO shift (person_id, started_at, source, revision) VALUES (1, 1, 'hand', 1);
      INSERT INTO journal (sequence, uuid, at, workstation, actor_id, subject_kind, subject_id, kind, payload, previous_hash, hash)
      VALUES (1, 'j', 1, 'w', 1, 'person', 1, 'person.saved', '{}', '0', '0');`,
    count:
      'SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM shift) + (SELECT count(*) FROM journal)',
  },
  2: {
    sql: `INSERT INTO status (key, name, name_en, tone, finishes, position, revision) VALUES ('new', 'Новый', 'New', 'new', 0, 1, 1);
      INSERT INTO incident (uuid, number, code, title, status_id, channel, registered_at, opened_at, urgency_at, decided_revision, revision)
      VALUES ('i', 1001, 'PLT-1001', 'Щит', 1, 'phone', 1, 1, 1, 1, 1);
      INSERT INTO incident_clock (incident_id, kind, started_at) VALUES (1, 'sla', 1);`,
    count: 'SELECT (SELECT count(*) FROM incident) + (SELECT count(*) FROM incident_clock)',
  },
  3: {
    sql: `INSERT INTO conversation (uuid, channel, incident_id, created_at) VALUES ('c', 'mail', 1, 1);
      INSERT INTO message (uuid, conversation_id, direction, channel, subject, text, sent_at, received_at, link, revision)
      VALUES ('m', 1, 'in', 'mail', 'Щит', 'Открыт', 1, 1, '{}', 1);`,
    count: 'SELECT count(*) FROM message',
  },
  4: {
    sql: `INSERT INTO draft (uuid, person_id, mode, recipients, subject, body, attachments, updated_at, revision)
      VALUES ('d', 1, 'new', '{}', '', '', '[]', 1, 1);`,
    count: 'SELECT count(*) FROM draft',
  },
  5: { sql: "INSERT INTO message_word (rowid, text) VALUES (1, 'щит')", count: 'SELECT 1' },
  6: {
    sql: `INSERT INTO telegram_account (uuid, user_id, name, state, signed_in_at, created_at, revision)
      VALUES ('t', 'u1', 'Орлова', 'signed-in', 1, 1, 1);
      INSERT INTO chat (uuid, account_id, peer_id, kind, title, folded, revision) VALUES ('h', 1, 'u2', 'user', 'Зуев', 'зуев', 1);
      INSERT INTO chat_message (chat_id, server_id, position, direction, sender_name, text, sent_at, revision)
      VALUES (1, 1, 1, 'in', 'Зуев', 'Еду', 1, 1);`,
    count: 'SELECT (SELECT count(*) FROM chat) + (SELECT count(*) FROM chat_message)',
  },
  7: {
    sql: `INSERT INTO asset (uuid, kind, external_id, code, revision) VALUES ('a', 'pole', '41208-P-52-1-1', '41208-P-52-1-1', 1);
      INSERT INTO asset_key (key, asset_id, origin) VALUES ('41208p5211', 1, 'code');
      INSERT INTO incident_asset (incident_id, asset_id, state, found_by, confidence) VALUES (1, 1, 'bound', 'hand', 100);`,
    count:
      'SELECT (SELECT count(*) FROM asset) + (SELECT count(*) FROM asset_key) + (SELECT count(*) FROM incident_asset)',
  },
  8: {
    sql: `INSERT INTO incident_note (uuid, incident_id, author_id, text, created_at, revision) VALUES ('n', 1, 1, 'Щит', 1, 1);`,
    count: 'SELECT count(*) FROM incident_note',
  },
  9: {
    sql: `INSERT INTO automatic_letter (message_id, address, at) VALUES (1, 'noc@operator.example', 1);
      INSERT INTO oauth_client (provider, client_id, revision) VALUES ('google', 'desk', 1);`,
    count: 'SELECT (SELECT count(*) FROM automatic_letter) + (SELECT count(*) FROM oauth_client)',
  },
  10: {
    sql: `INSERT INTO handover (uuid, from_person_id, to_kind, document, words, signed_at, revision)
      VALUES ('s', 1, 'next', '{}', '', 1, 1);
      INSERT INTO channel_watch (source, revision) VALUES ('mail:1', 1);`,
    count: 'SELECT (SELECT count(*) FROM handover) + (SELECT count(*) FROM channel_watch)',
  },
  11: {
    sql: "INSERT INTO admin_alert (kind, began_at) VALUES ('disk', 1)",
    count: 'SELECT count(*) FROM admin_alert',
  },
  12: {
    sql: `INSERT INTO account (uuid, name, address, preset, imap_host, imap_port, imap_security, smtp_host, smtp_port,
        smtp_security, user_name, sealed_password, sent_copy, opens_from, created_at, revision)
      VALUES ('a', 'Почта', 'desk@towers.example', 'custom', 'h', 1, 'tls', 'h', 1, 'tls', 'u', '', 'append', 1, 1, 1);
      INSERT INTO mail_folder (account_id, role, path, uidvalidity) VALUES (1, 'inbox', 'INBOX', '1');
      INSERT INTO mail_census (folder_id, uidvalidity, taken_at, result) VALUES (1, '1', 1, '{}');`,
    count: 'SELECT count(*) FROM mail_census',
  },
  13: {
    sql: 'UPDATE message SET text_expired_at = 1;',
    count: 'SELECT count(*) FROM message WHERE text_expired_at = 1',
  },
  14: {
    sql: `INSERT INTO contact (uuid, kind, name, created_at, revision) VALUES ('k', 'technician', 'Валеев', 1, 1);
      INSERT INTO call (uuid, number, description, urgency, state, created_at, revision)
      VALUES ('c', 1, 'Щит', 'urgent', 'pending', 1, 1);
      INSERT INTO notification (uuid, chain, kind, call_id, contact_id, urgency, text, code, state, ladder, created_at, revision)
      VALUES ('o', 'o', 'call', 1, 1, 'urgent', 'Щит', 'КОД1', 'climbing', '{}', 1, 1);
      INSERT INTO delivery (uuid, notification_id, round, step, channel, address, state, rank, due_at, not_before, revision)
      VALUES ('v', 1, 1, 0, 'sms', '+79005550701', 'queued', 2, 1, 1, 1);`,
    count:
      'SELECT (SELECT count(*) FROM call) + (SELECT count(*) FROM notification) + (SELECT count(*) FROM delivery)',
  },
};

const memory = () => new Database(':memory:');
const upTo = (version: number) => {
  const database = memory();
  for (const step of migrations.filter((migration) => migration.version <= version)) {
    migrate(database, step.version);
    database.exec(rowsOf[step.version]?.sql ?? '');
  }
  return database;
};
const countIn = (database: Database.Database, version: number) =>
  database
    .prepare(rowsOf[version]?.count ?? 'SELECT 0')
    .pluck()
    .get();

test('steps are numbered without a gap from one', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test('every step has rows to be tried with, and no released step has changed', () => {
  expect(Object.keys(rowsOf).map(Number)).toEqual(migrations.map(({ version }) => version));
  expect(
    Object.fromEntries(
      migrations.map(({ version, sql }) => [
        version,
        createHash('sha256').update(sql).digest('hex').slice(0, 16),
      ]),
    ),
  ).toEqual(released);
});

test.each(migrations.slice(1).map(({ version, name }) => [version, name]))(
  'step %i (%s) keeps what was there before',
  (version) => {
    const database = upTo(version - 1);
    const before = migrations.slice(0, version - 1).map((step) => countIn(database, step.version));

    migrate(database, version);

    expect(migrations.slice(0, version - 1).map((step) => countIn(database, step.version))).toEqual(before);
    expect([schemaVersion(database), database.pragma('foreign_key_check')]).toEqual([version, []]);
  },
);

test('a desk of the version before learns the new channel and loses neither a row nor a guard', () => {
  const database = upTo(5);
  const insert = (channel: string) =>
    database.exec(
      `INSERT INTO conversation (uuid, channel, created_at) VALUES ('${channel}', '${channel}', 1)`,
    );
  expect(() => insert('telegram')).toThrow('CHECK');

  migrate(database);

  insert('telegram');
  expect(() => insert('pigeon')).toThrow('CHECK');
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(() => database.exec("UPDATE sqlite_schema SET sql = '' WHERE name = 'chat'")).toThrow();
});

test('every way up ends in the same schema', () => {
  const schemaOf = (database: Database.Database) =>
    database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  const atOnce = memory();
  migrate(atOnce);

  const stepwise = upTo(newestVersion);

  expect(schemaOf(stepwise)).toEqual(schemaOf(atOnce));
});

test('a step that fails half way leaves the version before it, whole', () => {
  const database = upTo(newestVersion);
  const broken = {
    version: newestVersion + 1,
    name: 'broken',
    sql: 'CREATE TABLE half (id INTEGER) STRICT; DELETE FROM draft; SELECT nonsense;',
  };

  expect(() => migrate(database, broken.version, [...migrations, broken])).toThrow();

  expect([schemaVersion(database), countIn(database, 4)]).toEqual([newestVersion, 1]);
  expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('a step that would break a reference is refused', () => {
  const database = upTo(newestVersion);
  const careless = { version: newestVersion + 1, name: 'careless', sql: 'DELETE FROM person;' };

  expect(() => migrate(database, careless.version, [...migrations, careless])).toThrow('foreign keys');
  expect(countIn(database, 1)).toBe(3);
});

test('a database of a newer version is refused', () => {
  const database = upTo(newestVersion);
  database.pragma(`user_version = ${newestVersion + 1}`);

  expect(() => migrate(database)).toThrow(
    expect.objectContaining({ details: { reason: 'database-newer', version: newestVersion + 1 } }),
  );
});

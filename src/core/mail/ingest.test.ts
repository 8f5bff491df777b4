import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { AppError } from '../../shared/errors.ts';
import { createRawStore } from '../db/raw-store.ts';
import { openDb } from '../db/open.ts';
import { createJournal } from '../journal/journal.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { systemRandom } from '../platform/random.ts';
import { createIngest, type Ingest } from './ingest.ts';
import type { ParsedInbound } from './parse-pool.ts';

const startedAt = Date.UTC(2026, 10, 4, 6);
const day = 86_400_000;
const started: Ingest[] = [];

afterEach(async () => {
  for (const ingest of started.splice(0)) await ingest.stop();
});

type Options = {
  readonly parse?: (rawFile: string) => Promise<ParsedInbound>;
  readonly accept?: (message: InboundMessage) => void;
};

/** Raw rows named by the first letter of their hash; what would be a file's path is the hash. */
function setUp({ parse = readable, accept = () => undefined }: Options = {}) {
  const clock = createFakeClock(startedAt);
  const db = openDb({ file: ':memory:', clock, log: silentLogger });
  seedAccount(db.connection, startedAt);
  const raw = createRawStore(db);
  const journal = createJournal({ db, clock, random: systemRandom, workstation: 'test' });
  const taken: { subject: string; mayOpen: boolean }[] = [];
  const ingest = createIngest({
    db,
    raw,
    files: { path: (sha256: string) => sha256 } as never,
    pool: { parse: ({ rawFile, receivedAt }) => parse(rawFile).then((read) => ({ ...read, receivedAt })) },
    intake: {
      accept(message, { mayOpen }) {
        accept(message);
        db.afterCommit(() => taken.push({ subject: message.subject, mayOpen }));
        return { messageId: 7, incidentId: null, duplicate: false };
      },
    },
    journal,
    clock,
    random: systemRandom,
    log: silentLogger,
  });
  started.push(ingest);
  const store = (name: string, { receivedAt = startedAt, folderId = 1, uidvalidity = '1', uid = 0 } = {}) =>
    db.transact((revision) =>
      raw.insert({
        accountId: 1,
        folderId,
        uidvalidity,
        uid: uid || (nextUid += 1),
        sha256: name,
        size: 100,
        receivedAt,
        storedAt: startedAt,
        state: 'stored',
        reason: null,
        detail: null,
        revision,
      }),
    );
  const start = () => ingest.start(new AbortController().signal);
  const settle = () => clock.advance(0);
  return { clock, db, raw, ingest, journal, taken, store, start, settle };
}

let nextUid = 0;

function seedAccount(connection: { exec(sql: string): void }, opensFrom: number) {
  connection.exec(`INSERT INTO account (id, uuid, name, address, preset, imap_host, imap_port, imap_security, smtp_host,
      smtp_port, smtp_security, user_name, sealed_password, sent_copy, opens_from, created_at, revision)
    VALUES (1, 'u', 'Desk', 'desk@towers.example', 'custom', 'h', 1, 'tls', 'h', 1, 'tls', 'u', '', 'append',
      ${opensFrom}, 0, 0);
    INSERT INTO mail_folder (id, account_id, role, path, uidvalidity) VALUES (1, 1, 'inbox', 'INBOX', '1'), (2, 1, 'sent', 'Sent', '1')`);
}

function readable(subject: string): Promise<ParsedInbound> {
  return Promise.resolve({
    externalId: undefined,
    contentHash: subject,
    inReplyTo: undefined,
    references: [],
    from: undefined,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject,
    text: '',
    html: undefined,
    sentAt: startedAt,
    receivedAt: startedAt,
    listId: undefined,
    automatic: undefined,
    attachments: [],
    notes: [],
  });
}

const subjects = ({ taken }: { taken: readonly { subject: string }[] }) =>
  taken.map(({ subject }) => subject);

test('what was stored before a crash becomes messages after it, oldest first so that replies follow originals', async () => {
  const desk = setUp();
  desk.store('reply', { receivedAt: startedAt + 2000 });
  desk.store('original', { receivedAt: startedAt + 1000 });

  await desk.start();
  await desk.settle();

  expect(subjects(desk)).toEqual(['original', 'reply']);
  expect(desk.raw.find(1)).toMatchObject({ state: 'parsed', messageId: 7 });
  expect(desk.raw.waitingCount()).toBe(0);
});

test('a letter that arrives later is taken as soon as it is stored', async () => {
  const desk = setUp();
  await desk.start();
  await desk.settle();

  desk.store('live');
  desk.ingest.wake();
  await desk.settle();

  expect(subjects(desk)).toEqual(['live']);
});

test('a letter that cannot be read goes to quarantine with its reason, and the ones around it come', async () => {
  let tries = 0;
  const desk = setUp({
    async parse(rawFile) {
      if (rawFile !== 'hostile') return readable(rawFile);
      tries += 1;
      throw new AppError('invalid-input', { details: { reason: 'parse-timeout' } });
    },
  });
  for (const name of ['before', 'hostile', 'after']) desk.store(name);

  await desk.start();
  await desk.settle();

  expect(subjects(desk)).toEqual(['before', 'after']);
  expect(desk.raw.quarantined(10)).toMatchObject([
    { sha256: 'hostile', reason: 'parse-timeout', attempts: 1 },
  ]);
  expect(desk.journal.ofSubject('letter', 2).map(({ kind }) => kind)).toEqual(['letter.quarantined']);
  expect(tries).toBe(2);
});

test('a letter intake chokes on takes nothing of its batch with it', async () => {
  const desk = setUp({
    accept({ subject }) {
      if (subject === 'poison') throw new Error('choked');
    },
  });
  for (const name of ['a', 'poison', 'b']) desk.store(name);

  await desk.start();
  await desk.settle();

  expect(subjects(desk)).toEqual(['a', 'b']);
  expect(desk.raw.quarantined(10)).toMatchObject([{ reason: 'intake-failed', detail: 'choked' }]);
});

test('a full disk blames no letter: all wait, the desk says so, and they come when there is room', async () => {
  let isFull = true;
  const desk = setUp({
    accept() {
      if (isFull) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    },
  });
  desk.store('waits');
  await desk.start();
  await desk.settle();
  expect(desk.ingest.health()).toMatchObject({
    state: 'degraded',
    reason: 'disk-full',
    facts: { waiting: 1 },
  });

  isFull = false;
  await desk.clock.advance(2000);

  expect(subjects(desk)).toEqual(['waits']);
  expect(desk.raw.quarantined(10)).toEqual([]);
  expect(desk.ingest.health().state).toBe('ok');
});

test('a letter whose file is gone is shown, not waited for', async () => {
  const desk = setUp({ parse: () => Promise.reject(new AppError('not-found')) });
  desk.store('gone');

  await desk.start();
  await desk.settle();

  expect(desk.raw.quarantined(10)).toMatchObject([{ reason: 'raw-missing' }]);
});

test('letters from before the start, from Sent, and ancient ones of a moved mailbox open nothing', async () => {
  const desk = setUp({
    parse: async (rawFile) => ({
      ...(await readable(rawFile)),
      sentAt: rawFile.includes('ancient') ? startedAt - 400 * day : startedAt,
    }),
  });
  desk.store('1 new', { receivedAt: startedAt });
  desk.store('2 before', { receivedAt: startedAt - 1 });
  desk.store('3 sent', { folderId: 2 });
  desk.store('4 ancient clock, never moved', { folderId: 1, uidvalidity: '1' });
  await desk.start();
  await desk.settle();
  desk.store('5 ancient, moved', { uidvalidity: '2' });
  desk.store('6 new, moved', { uidvalidity: '2' });
  desk.ingest.wake();
  await desk.settle();

  const opening = desk.taken.filter(({ mayOpen }) => mayOpen).map(({ subject }) => subject);

  expect(opening).toEqual(['1 new', '4 ancient clock, never moved', '6 new, moved']);
});

test('nothing sleeps on after a stop', async () => {
  const desk = setUp();
  await desk.start();
  await desk.settle();

  await desk.ingest.stop();

  expect(desk.clock.sleeping).toBe(0);
});

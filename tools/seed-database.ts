/**
 * Fills a data directory with an archive of letters: `seed-database DIR INCIDENTS LETTERS [POLES STATIONS DAYS]`, with a
 * registry and everything incidents have when there are poles. Built and run by the bench.
 */
import { mkdirSync } from 'node:fs';
import { composeStores, type Stores } from '../src/core/compose-stores.ts';
import { openDb, type Db } from '../src/core/db/open.ts';
import { createJournal } from '../src/core/journal/journal.ts';
import { savePerson } from '../src/core/people/people.ts';
import { createDataDir } from '../src/core/platform/data-dir.ts';
import type { Clock } from '../src/core/platform/clock.ts';
import { systemClock } from '../src/core/platform/clock.ts';
import { silentLogger } from '../src/core/platform/logger.ts';
import type { Random } from '../src/core/platform/random.ts';
import { workstationId } from '../src/core/settings/desk-settings.ts';
import { seedClocks } from '../src/core/settings/seed-clocks.ts';
import { seedReference } from '../src/core/settings/seed.ts';
import { between, createSeededRandom, pick } from '../src/core/training/seeded-random.ts';
import type { IncidentType } from '../src/shared/contract/settings.ts';
import { uuidv7 } from '../src/shared/ids.ts';
import { type RegistrySize, seedRegistry } from './bench/seed-registry.ts';
import { createWriter, type Writer } from './bench/words.ts';

const deskAddress = 'desk@towers.example';
const people = ['Анна Белова', 'Борис Ветров', 'Вера Громова', 'Глеб Дёмин', 'Дарья Ежова'] as const;
const kinds = ['Нет ВЭС', 'Авария', 'Перегрев', 'Доступ на объект', 'Плановые работы', 'Протечка'] as const;
const dayMs = 86_400_000;
const [, , root = '', incidents = '', letters = '', poles = '0', stations = '0', days = '730'] = process.argv;
const archiveMs = Number(days) * dayMs;
/** What a busy desk has in hand; the rest of the archive is finished. */
const openShare = 0.05;
const incidentsPerTransaction = 200;

type Seeding = {
  readonly db: Db;
  readonly stores: Stores;
  readonly journal: ReturnType<typeof createJournal>;
  readonly random: Random;
  readonly clock: Clock & { set(at: number): void };
  readonly writer: Writer;
  readonly personIds: readonly number[];
  readonly folderId: number;
  readonly accountId: number;
  readonly insertRaw: ReturnType<typeof prepareRaw>;
  readonly types: readonly IncidentType[];
  readonly statusIds: { readonly open: number; readonly closed: number };
};

/** Time as the story has it, so that identifiers and journal stand where they would. */
function createStoryClock(): Clock & { set(at: number): void } {
  let at = 0;
  return { ...systemClock, now: () => at, set: (to) => void (at = to) };
}

function begin(root: string): Seeding {
  mkdirSync(root, { recursive: true });
  const dataDir = createDataDir(root);
  const clock = createStoryClock();
  const now = Date.now();
  clock.set(now - archiveMs - dayMs);
  const db = openDb({ file: dataDir.db, clock, log: silentLogger });
  // Nobody works on it yet: what a crash leaves is thrown away and made again.
  db.connection.pragma('synchronous = OFF');
  db.connection.pragma('cache_size = -262144');
  const random = createSeededRandom(20_261);
  const stores = composeStores(db);
  seedReference({ db, reference: stores.reference });
  seedClocks({ db, ...stores });
  const workstation = workstationId({ db, store: stores.settings, clock }, random);
  const journal = createJournal({ db, clock, random, workstation });
  const personIds = people.map((name) =>
    savePerson(
      { ...stores, db, clock, random, journal },
      { name, role: 'dispatcher', email: '', phone: '', active: true },
      null,
    ),
  );
  const accountId = addAccount(stores, db, now);
  const folderId = db.transact(() =>
    stores.raw.insertFolder({ accountId, role: 'inbox', path: 'INBOX', uidvalidity: '1', lastUid: 0 }),
  );
  const { reference } = stores;
  return {
    db,
    stores,
    journal,
    random,
    clock,
    writer: createWriter(random),
    personIds,
    folderId,
    accountId,
    insertRaw: prepareRaw(db),
    types: reference.types().filter(({ slaMinutes }) => slaMinutes !== null),
    statusIds: { open: reference.statusByKey('in-progress').id, closed: reference.statusByKey('closed').id },
  };
}

/** Switched off: nobody asks its server. */
function addAccount(stores: Stores, db: Db, now: number): number {
  return db.transact((revision) =>
    stores.accounts.insert({
      uuid: 'bench-account',
      name: 'Диспетчерская',
      address: deskAddress,
      displayName: 'Диспетчерская',
      preset: 'custom',
      imapHost: '127.0.0.1',
      imapPort: 1,
      imapSecurity: 'none',
      smtpHost: '127.0.0.1',
      smtpPort: 1,
      smtpSecurity: 'none',
      userName: deskAddress,
      sealedPassword: '',
      caCertificate: null,
      sentCopy: 'append',
      sentPath: null,
      signature: '',
      auth: 'password',
      opensFrom: 0,
      enabled: 0,
      createdAt: now,
      revision,
    }),
  );
}

type Told = {
  readonly incidentId: number;
  readonly conversationId: number;
  readonly asset: string;
  readonly title: string;
};

type RunningClock = {
  readonly incidentId: number;
  readonly at: number;
  readonly targetMs: number;
  readonly finishedAt: number | null;
};

function addClock(stores: Stores, { incidentId, at, targetMs, finishedAt }: RunningClock): number {
  const dueAt = at + targetMs;
  return stores.clocks.insert({
    incidentId,
    kind: 'sla',
    startedAt: at,
    targetMs,
    riskAt: dueAt - Math.min(targetMs / 4, 3_600_000),
    dueAt,
    pausedAt: null,
    remainingMs: null,
    pauseReason: null,
    endedAt: finishedAt,
    endedBy: finishedAt === null ? null : 'closing',
    warnAt: null,
    warned: 0,
    riskRaised: 1,
    overdueRaised: 1,
  });
}

function addIncident(seeding: Seeding, at: number, isOpen: boolean, revision: number): Told {
  const { stores, journal, random, clock, writer, personIds, accountId, types, statusIds } = seeding;
  const uuid = () => uuidv7(at, random.bytes(10));
  clock.set(at);
  const asset = `KA${String(between(random, 1, 9999)).padStart(4, '0')}`;
  const title = `${pick(random, kinds)} ${asset}: ${writer.words(4)}`;
  const number = stores.incidents.takeNumber();
  const type = types[number % types.length];
  const targetMs = (type?.slaMinutes ?? 60) * 60_000;
  const finishedAt = isOpen ? null : at + between(random, 10, 600) * 60_000;
  const dueAt = at + targetMs;
  const client = between(random, 1, 400);
  const words = {
    code: `PLT-${number}`,
    title,
    asset,
    applicantName: `Дежурный ${client}`,
    applicantAddress: `duty${client}@noc.operator.example`,
    applicantPhone: `+7 900 ${between(random, 100, 999)}-${between(random, 10, 99)}-22`,
    description: '',
  };
  const incidentId = stores.incidents.insert({
    ...words,
    uuid: uuid(),
    number,
    statusId: isOpen ? statusIds.open : statusIds.closed,
    typeId: type?.id ?? null,
    priority: number % 20 === 0 ? 'high' : 'normal',
    channel: number % 10 === 0 ? 'phone' : 'mail',
    accountId,
    registeredAt: at,
    openedAt: at,
    finishedAt,
    dismissedAt: null,
    assigneeId: personIds[number % personIds.length] ?? null,
    unread: 0,
    lateLetters: 0,
    messageCount: 0,
    lastMessageAt: null,
    latitude: null,
    longitude: null,
    subtypeId: null,
    repairPriorityId: null,
    postponedUntil: null,
    autoCloseAt: null,
    mergedIntoId: null,
    floodId: null,
    clockId: null,
    lastInboundAt: at,
    urgencyAt: finishedAt === null ? dueAt : 8_000_000_000_000_000 - finishedAt,
    decidedRevision: revision,
    revision,
  });
  stores.search.indexIncident(incidentId, words);
  // Nobody reads everything: a third of the dispatchers has seen each of them.
  for (const personId of personIds) {
    if ((number + personId) % 3 === 0) stores.personal.setReadAt(personId, incidentId, at);
  }
  const clockId = addClock(stores, { incidentId, at, targetMs, finishedAt });
  stores.incidents.save({ ...stores.incidents.require(incidentId), clockId });
  journal.append({
    kind: 'incident.opened',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: { code: words.code, by: 'letter', title },
  });
  const conversationId = stores.conversations.insert({
    uuid: uuid(),
    channel: 'mail',
    accountId,
    incidentId,
    createdAt: at,
  });
  return { incidentId, conversationId, asset, title };
}

type Place = { readonly told: Told; readonly at: number; readonly number: number; readonly isFirst: boolean };

function addLetter(seeding: Seeding, { told, at, number, isFirst }: Place, revision: number): void {
  const { stores, random, writer, accountId, folderId } = seeding;
  const client = between(random, 1, 400);
  const from = { name: `Дежурный ${client}`, address: `duty${client}@noc.operator.example` };
  const to = { name: 'Диспетчерская', address: deskAddress };
  const subject = isFirst ? told.title : `Re: ${told.title}`;
  const phone =
    number % 5 === 0 ? ` Тел. +7 900 ${between(random, 100, 999)}-${between(random, 10, 99)}-33` : '';
  const text = `${writer.text(between(random, 20, 60))} Объект ${told.asset}.${phone}`;
  const externalId = `seed-${number}@noc.operator.example`;
  const messageId = stores.messages.insert(
    {
      uuid: uuidv7(at, random.bytes(10)),
      conversationId: told.conversationId,
      direction: 'in',
      channel: 'mail',
      accountId,
      externalId,
      contentHash: `seed-${number}`,
      likeness: `seed-${number}`,
      inReplyTo: isFirst ? null : `seed-${number - 1}@noc.operator.example`,
      subject,
      from,
      text,
      html: null,
      sentAt: at,
      receivedAt: at,
      listId: null,
      automaticKind: null,
      automaticEvidence: null,
      notes: [],
      link: { by: isFirst ? 'opened' : 'references' },
      authorId: null,
      recipients: [{ ...to, kind: 'to' }],
      references: isFirst ? [] : [`seed-${number - 1}@noc.operator.example`],
      attachments: [],
    },
    revision,
  );
  stores.search.indexMessage(messageId, {
    subject,
    people: [`${from.name} ${from.address}`, `${to.name} ${to.address}`],
    text,
  });
  seeding.insertRaw.run(accountId, folderId, number, `seed-${number}`, at, at, messageId, revision);
}

/** As a letter that was parsed long ago; the store itself only makes letters that wait. */
function prepareRaw(db: Db) {
  return db.prepare<[number, number, number, string, number, number, number, number], void>(
    `INSERT INTO raw_message (account_id, folder_id, uidvalidity, uid, sha256, size, received_at, stored_at, state,
       message_id, revision) VALUES (?, ?, '1', ?, ?, 4800, ?, ?, 'parsed', ?, ?)`,
  );
}

function fill(seeding: Seeding, incidents: number, letters: number, size: RegistrySize): void {
  const { db, stores, random, clock } = seeding;
  const end = Date.now() - 3_600_000;
  const startedAt = performance.now();
  const registry =
    size.poles > 0 ? seedRegistry({ db, stores, random, now: end - archiveMs }, size) : undefined;
  let letter = 0;
  for (let done = 0; done < incidents; done += incidentsPerTransaction) {
    db.transact((revision) => {
      for (let index = done; index < Math.min(incidents, done + incidentsPerTransaction); index += 1) {
        const at = Math.round(end - archiveMs + (archiveMs * index) / incidents);
        const isOpen = index >= incidents * (1 - openShare);
        const told = addIncident(seeding, at, isOpen, revision);
        const { finishedAt } = stores.incidents.require(told.incidentId);
        registry?.detail({ incidentId: told.incidentId, at, finishedAt, revision });
        const upTo = Math.round((letters * (index + 1)) / incidents);
        const count = upTo - letter;
        for (let reply = 0; letter < upTo; reply += 1) {
          letter += 1;
          addLetter(
            seeding,
            { told, at: at + reply * 600_000, number: letter, isFirst: reply === 0 },
            revision,
          );
        }
        const record = stores.incidents.require(told.incidentId);
        const lastMessageAt = at + Math.max(0, count - 1) * 600_000;
        stores.incidents.save({ ...record, messageCount: count, lastMessageAt });
      }
    });
    if ((done / incidentsPerTransaction) % 50 === 49) {
      const seconds = (performance.now() - startedAt) / 1000;
      console.log(`  ${letter.toLocaleString('en-US')} letters in ${Math.round(seconds)} s`);
    }
  }
  clock.set(Date.now());
  for (const address of ['noc', 'crew', 'energy']) {
    stores.addresses.remember(
      { name: '', address: `${address}@operator.example` },
      Date.now() - between(random, 0, 9),
    );
  }
  db.connection.pragma('analysis_limit = 400');
  db.connection.exec('ANALYZE');
  db.close();
}

if (!root || !(Number(incidents) > 0) || !(Number(letters) > 0)) {
  throw new Error('seed-database DIR INCIDENTS LETTERS [POLES STATIONS DAYS]');
}
fill(begin(root), Number(incidents), Number(letters), { poles: Number(poles), stations: Number(stations) });

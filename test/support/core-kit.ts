import { createCalendars } from '../../src/core/incidents/calendars.ts';
import { composeStores, type Stores } from '../../src/core/compose-stores.ts';
import { openDb, type Db } from '../../src/core/db/open.ts';
import type { LetterParts } from '../../src/core/letters/parts.ts';
import { createJournal } from '../../src/core/journal/journal.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { savePerson } from '../../src/core/people/people.ts';
import { startShift } from '../../src/core/people/duty.ts';
import { assignWaiting } from '../../src/core/incidents/assignment.ts';
import { openByHand, type OpenByHand } from '../../src/core/incidents/open-incident.ts';
import { toAccount } from '../../src/core/mail/accounts.ts';
import { seedClocks } from '../../src/core/settings/seed-clocks.ts';
import { seedReference } from '../../src/core/settings/seed.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { emptyDatabase } from './empty-database.ts';
import { createFakeClock } from './fake-clock.ts';

/** Wednesday, 4 March 2026, 05:30 UTC. */
export const startOfTest = Date.UTC(2026, 2, 4, 5, 30, 0);

export type CoreKit = {
  readonly db: Db;
  /** As the desk's settings have them; a test writes into it. */
  readonly letterSettings: { contractorEmails: string[]; shiftPhone: string; answersLateLetters: boolean };
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly stores: Stores;
  /** Every use-case's parts over a database in memory. */
  readonly desk: LetterParts;
  /** A person, on duty unless told otherwise. */
  addPerson(name: string, onDuty?: boolean): number;
  addAccount(address?: string): number;
  /** An incident as a phone call opens it; its id. */
  open(input: OpenByHand, actor: number | null): number;
  statusId(key: string): number;
  typeId(key: string): number;
};

/** Another seed for a database that was opened before: ids must not come again. */
export function createCoreKit(file = ':memory:', seed = 1): CoreKit {
  const clock = createFakeClock(startOfTest);
  const random = createSeededRandom(seed);
  const db = openDb({ file: file === ':memory:' ? emptyDatabase() : file, clock, log: silentLogger });
  const stores = composeStores(db);
  seedReference({ db, reference: stores.reference });
  seedClocks({ db, ...stores });
  const journal = createJournal({ db, clock, random, workstation: 'test' });
  const letterSettings = { contractorEmails: [] as string[], shiftPhone: '', answersLateLetters: false };
  const desk: LetterParts = {
    db,
    clock,
    random,
    journal,
    incidents: stores.incidents,
    clocks: stores.clocks,
    alarms: stores.alarms,
    assets: stores.assets,
    incidentAssets: stores.incidentAssets,
    links: stores.links,
    floods: stores.floods,
    floodLimits: () => ({ count: 10, minutes: 10 }),
    life: stores.life,
    reminders: stores.reminders,
    autoCloseMinutes: () => 720,
    people: stores.people,
    notes: stores.notes,
    personal: stores.personal,
    reference: stores.reference,
    clockRules: stores.clockRules,
    calendars: createCalendars({ store: stores.calendars, zone: () => 'Europe/Moscow' }),
    clockZone: (incidentId) => stores.calendars.zoneOfIncident(incidentId) ?? 'Europe/Moscow',
    codePrefix: () => 'PLT',
    foreignPrefixes: () => [],
    index: (incident) => stores.search.indexIncident(incident.id, incident),
    drafts: stores.drafts,
    outbox: stores.outbox,
    messages: stores.messages,
    views: stores.views,
    conversations: stores.conversations,
    letterFacts: stores.letterFacts,
    automaticLetters: stores.automaticLetters,
    letterSettings: () => letterSettings,
    chatLinks: stores.chatLinks,
    accounts: () => stores.accounts.list().map(toAccount),
    undoSeconds: () => 10,
    zone: () => 'Europe/Moscow',
    indexLetter: ({ messageId, isAgain, ...words }) => stores.search.indexMessage(messageId, words, isAgain),
    rememberAddresses: (addresses, at) => {
      for (const address of addresses) stores.addresses.remember(address, at);
    },
  };
  return {
    db,
    letterSettings,
    clock,
    stores,
    desk,
    addPerson(name, onDuty = true) {
      const blank = { role: 'dispatcher', email: '', phone: '', active: true } as const;
      const id = savePerson(desk, { ...blank, name }, null);
      if (onDuty) startShift({ ...desk, assignWaiting: (revision) => assignWaiting(desk, revision) }, id, id);
      return id;
    },
    addAccount(address = 'desk@towers.example') {
      return db.transact((revision) =>
        stores.accounts.insert({
          uuid: `account-${address}`,
          name: 'Диспетчерская',
          address,
          displayName: 'Диспетчерская',
          preset: 'custom',
          imapHost: '127.0.0.1',
          imapPort: 143,
          imapSecurity: 'none',
          smtpHost: '127.0.0.1',
          smtpPort: 25,
          smtpSecurity: 'none',
          userName: address,
          sealedPassword: 'sealed',
          auth: 'password',
          caCertificate: null,
          sentCopy: 'append',
          sentPath: null,
          signature: 'Смена НТ',
          opensFrom: 0,
          enabled: 1,
          createdAt: clock.now(),
          revision,
        }),
      );
    },
    open: (input, actor) => openByHand(desk, input, actor).id,
    statusId: (key) => stores.reference.statusByKey(key).id,
    typeId(key) {
      const type = stores.reference.types().find((candidate) => candidate.key === key);
      if (!type) throw new Error(`No type ${key}`);
      return type.id;
    },
  };
}

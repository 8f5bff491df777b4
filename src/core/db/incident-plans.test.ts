import { expect, test } from 'vitest';
import { queueFilter, type QueueFilter } from '../../shared/contract/incidents.ts';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createAlarmStore } from './alarm-store.ts';
import { createClockStore } from './clock-store.ts';
import { createIncidentQuery } from './incident-query.ts';
import { createIncidentStore } from './incident-store.ts';
import { createExportStore } from './export-store.ts';
import { createLifeStore } from './life-store.ts';
import { createReminderStore } from './reminder-store.ts';
import { createJournalStore } from './journal-store.ts';
import { createNoteStore } from './note-store.ts';
import { openDb, type Db } from './open.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createPersonStore } from './person-store.ts';
import { createPersonalStore } from './personal-store.ts';
import { createRawStore } from './raw-store.ts';
import { createReportStore } from './report-store.ts';

/** How SQLite answers every question that was prepared meanwhile. */
function plansOf(work: (db: Db) => void): string {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts = new Set<string>();
  const prepare: Db['prepare'] = (sql) => {
    texts.add(sql);
    return db.prepare(sql);
  };
  work({ ...db, prepare });
  return [...texts]
    .filter((sql) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql))
    .flatMap((sql) => {
      const plan = db.connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const named = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, '1'] as const);
      const positional = (sql.match(/\?/g) ?? []).map(() => '1');
      return plan.all(...(named.length > 0 ? [Object.fromEntries(named)] : positional));
    })
    .map(({ detail }) => detail)
    .join('\n');
}

const page = (scope: 'open' | 'all') => (db: Db) => {
  const sort = { key: 'urgency', descending: false } as const;
  createIncidentQuery(db).page({ filter: queueFilter.parse({ scope }), sort, offset: 0, limit: 100, now: 1 });
};

const asked = (filter: Partial<QueueFilter>) => (db: Db) => {
  const sort = { key: 'urgency', descending: false } as const;
  const parsed = queueFilter.parse({ scope: 'all', ...filter });
  createIncidentQuery(db).page({ filter: parsed, sort, offset: 0, limit: 100, now: 1, personId: 1 });
};
const unread = asked({ unread: true });
const starred = asked({ favourites: ['normal'] });

test.each([
  ['the open queue by urgency', page('open'), 'incident_open_by_urgency'],
  ['the whole queue by urgency', page('all'), 'incident_by_urgency'],
  ['what nobody here has read of all there is', unread, 'COVERING INDEX incident_inbound'],
  ['what was set aside', asked({ scope: 'dismissed' }), 'incident_dismissed'],
  ['the letters of an hour', createReportStore, 'COVERING INDEX message_by_time'],
  ['the journal of a period', createExportStore, 'journal_by_time'],
  ['own stars', starred, 'favourite'],
  ['the notes of an incident', createNoteStore, 'incident_note_by_incident'],
  ['who has read', createPersonalStore, 'incident_read_by_incident'],
  ['what changed since a revision', createIncidentStore, 'incident_by_revision'],
  ['what waits for a dispatcher', createIncidentStore, 'incident_open_by_assignee'],
  ['who carries how much', createPersonStore, 'incident_open_by_assignee'],
  ['the next risk', createClockStore, 'incident_clock_risk'],
  ['the next deadline', createClockStore, 'incident_clock_due'],
  ['the next warning', createClockStore, 'incident_clock_warn'],
  ['what nobody acknowledged in time', createAlarmStore, 'alarm_escalating'],
  ['what sounds', createAlarmStore, 'alarm_sounding'],
  ['the alarms of an incident', createAlarmStore, 'alarm_by_incident'],
  ['what is postponed', createLifeStore, 'incident_postponed'],
  ['what silence closes', createLifeStore, 'incident_auto_close'],
  ['what reminds next', createReminderStore, 'reminder_due'],
  ['the reminders of a person', createReminderStore, 'reminder_open'],
  ['raw letters that wait', createRawStore, 'raw_message_waiting'],
  ['letters that are due', createOutboxStore, 'outbox_due'],
  ['letters that have not left', createOutboxStore, 'outbox_open'],
  ['the history of an incident', createJournalStore, 'journal_by_subject'],
])('%s is found by its index', (_, work, index) => {
  expect(plansOf(work)).toMatch(new RegExp(`\\b${index}\\b`));
});

test('the queue is walked in its order, not sorted', () => {
  // The one sort there is puts the rows of a single page into its order.
  const sorts = (scope: 'open' | 'all') => plansOf(page(scope)).match(/USE TEMP B-TREE/g)?.length;

  expect([sorts('open'), sorts('all')]).toEqual([1, 1]);
});

test('the open queue can be asked for with every filter in every order', () => {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const query = createIncidentQuery(db);
  const filters = [
    { statusIds: [1], typeIds: [1, null], assigneeIds: [1], categoryIds: [1], channels: ['mail'] },
    { clockStates: ['running', 'at-risk', 'overdue', 'paused', 'met', 'breached', 'no-target'] },
    { unread: true, asset: 'KA', registeredFrom: 1, registeredTo: 2 },
    { favourites: ['normal', 'important'] },
    { favourites: ['important', null], unread: true },
    { favourites: [null] },
  ];
  const keys = [
    'urgency',
    'code',
    'title',
    'status',
    'type',
    'due',
    'assignee',
    'registered',
    'asset',
    'favourite',
  ] as const;

  for (const filter of filters) {
    for (const key of keys) {
      const sort = { key, descending: true };
      const parsed = queueFilter.parse({ scope: 'open', ...filter });
      expect(query.page({ filter: parsed, sort, offset: 0, limit: 100, now: 1 }).total).toBe(0);
    }
  }
});

test('clocks in a state are looked for among those that run, and each incident counts once', () => {
  const counts = plansOf((db) => void createIncidentQuery(db).counts(1, 1));

  expect(counts).toContain('incident_clock_running');
  expect(counts).not.toMatch(/SCAN (?:c|i)\b(?! USING)/);
});

import { beforeAll, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { noticeFilterOf } from '../../../test/support/notice-filter.ts';
import type { NotificationFilter } from '../../shared/contract/notifications.ts';
import { createNotificationViewStore, type NotificationViewStore } from './notification-view-store.ts';
import { createNotificationWordStore } from './notification-word-store.ts';

/** Enough that every cut of the store is passed: hits looked through, rows counted, channels held to be rare. */
const many = 12_000;
const minuteMs = 60_000;
const begun = 1_700_000_000_000;

let kit: CoreKit;
let view: NotificationViewStore;

beforeAll(() => {
  kit = createCoreKit();
  fill(kit, many);
  view = createNotificationViewStore(kit.db);
});

const page = (filter: Partial<NotificationFilter>, before: number | null = null, limit = 50) =>
  view.page({ filter: noticeFilterOf(filter), before, limit });

/** Every id, page by page. */
function walk(filter: Partial<NotificationFilter>): number[] {
  const ids: number[] = [];
  for (let before: number | null = null; ;) {
    const { rows, next } = page(filter, before, 200);
    ids.push(...rows.map(({ id }) => id));
    if (next === null) return ids;
    before = next;
  }
}

test('pages lead through everything, newest first, without a gap and without a repetition', () => {
  const ids = walk({});

  expect(ids).toHaveLength(many);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
});

test('a word in every one of them leads through all of them, too', () => {
  expect(walk({ text: 'авария' })).toHaveLength(many);
  expect(walk({ text: 'KA77' })).toContain(77);
});

test('words that are common and a way that is rare are found together, however far back', () => {
  const rare = walk({ channels: ['whatsapp'] });

  expect(rare).toHaveLength(many / 1000);
  expect(walk({ text: 'авария', channels: ['whatsapp'] })).toEqual(rare);
});

test('too many to count are not counted, few are', () => {
  expect(page({}).total).toBeNull();
  expect(page({ states: ['waiting', 'climbing'] }).total).toBe(200);
  expect(page({ party: { kind: 'contact', id: 17 } }).total).toBe(many / 200);
});

test('what holds open by day, person and urgency narrows together', () => {
  const from = begun + 100 * minuteMs;
  const ids = walk({ from, before: from + 300 * minuteMs, urgencies: ['critical'] });

  expect(ids).toEqual(ids.filter((id) => id % 3 === 2));
  expect(ids).toHaveLength(100);
});

test('a row carries its steps in order, what they cost, and who is next', () => {
  const [row] = view.rows([77]);

  expect(row).toMatchObject({
    title: 'Авария KA77',
    cost: 320,
    ladderLength: 3,
    steps: [{ channel: 'telegram', state: 'failed' }, { channel: 'email' }, { channel: 'sms' }],
  });
});

test.each([
  ['everything', {}],
  ['what is open', { states: ['waiting', 'climbing'] }],
  ['one state', { states: ['not-reached'] }],
  ['one person', { party: { kind: 'contact', id: 3 } }],
  ['a rare channel', { channels: ['whatsapp'] }],
  ['outcomes nobody knows', { unknown: true }],
  ['a common word', { text: 'авария' }],
] satisfies [string, Partial<NotificationFilter>][])(
  'a page of %s neither sorts all of them nor reads deliveries from end to end',
  (_, filter) => {
    const texts: string[] = [];
    const spied = createNotificationViewStore({
      ...kit.db,
      prepare: (sql) => {
        texts.push(sql);
        return kit.db.prepare(sql);
      },
    });
    texts.length = 0;
    spied.page({ filter: noticeFilterOf(filter), before: many, limit: 50 });

    const [sql = ''] = texts.filter((text) => text.includes('ORDER BY n.created_at'));
    const names = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 1] as const);
    const plan = kit.db.connection
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ ...Object.fromEntries(names), hits: '[1]' })
      .map(({ detail }) => detail);
    const isFew = 'states' in filter && filter.states.length === 2;
    const isPicked = 'channels' in filter || 'unknown' in filter || 'text' in filter || isFew;
    expect(
      plan.filter((step) => /^SCAN (?:d|delivery)\b(?! USING COVERING INDEX delivery_unknown)/.test(step)),
    ).toEqual([]);
    if (!isPicked) expect(plan.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  },
);

function fill({ db }: CoreKit, count: number): void {
  const words = createNotificationWordStore(db);
  const channels = ['telegram', 'email', 'sms'] as const;
  const steps = channels.map((channel) => ({
    channel,
    address: '',
    waitFor: 'accepted',
    waitSeconds: 300,
    retries: 0,
  }));
  const ladder = JSON.stringify({ steps, repeatMinutes: null, mostRounds: 1, next: null, passesOn: true });
  db.transact(() => {
    const contact = db.prepare<[string, string], void>(
      `INSERT INTO contact (uuid, kind, name, organisation, phone, email, note, active, created_at, revision)
       VALUES (?, 'technician', ?, '', '', '', '', 1, 0, 1)`,
    );
    for (let index = 1; index <= 200; index += 1) contact.run(`c${index}`, `Техник ${index}`);
    const notification = db.prepare<unknown[], void>(
      `INSERT INTO notification (id, uuid, chain, kind, contact_id, urgency, title, text, code, state, ladder, created_at, revision)
       VALUES (?, ?, ?, 'composed', ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    );
    const delivery = db.prepare<unknown[], { id: number }>(
      `INSERT INTO delivery (uuid, notification_id, round, step, channel, address, state, rank, due_at, not_before, revision)
       VALUES (?, ?, 1, ?, ?, '79005550101', ?, 2, 1, 1, 1) RETURNING id`,
    );
    const attempt = db.prepare<unknown[], void>(
      `INSERT INTO delivery_attempt (delivery_id, route_name, started_at, outcome, cost) VALUES (?, 'x', 1, 'accepted', ?)`,
    );
    const ended = ['reached', 'acknowledged', 'not-reached', 'cancelled'];
    for (let id = 1; id <= count; id += 1) {
      const state = id > count - 200 ? (id % 2 === 0 ? 'climbing' : 'waiting') : ended[id % 4];
      const urgency = ['normal', 'urgent', 'critical'][id % 3];
      const at = begun + id * minuteMs;
      notification.run(
        id,
        `u${id}`,
        `u${id}`,
        1 + (id % 200),
        urgency,
        `Авария KA${id}`,
        'Выезжайте',
        `C${id}`,
        state,
        ladder,
        at,
      );
      for (const [step, channel] of channels.entries()) {
        if (step === 2 && id % 2 === 0) continue;
        const by = id % 1000 === 0 && step === 1 ? 'whatsapp' : channel;
        const outcome = id % 4000 === 0 && step === 1 ? 'unknown' : 'failed';
        const found = delivery.get(`d${id}.${step}`, id, step, by, outcome);
        attempt.run(found?.id, step === 2 ? 320 : 0);
      }
    }
    words.index(Array.from({ length: count }, (_, index) => index + 1));
    return undefined;
  });
}

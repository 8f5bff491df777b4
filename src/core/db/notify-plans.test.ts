import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createDeliveryAttemptStore } from './delivery-attempt-store.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createNotificationStore } from './notification-store.ts';
import { openDb, type Db } from './open.ts';
import { createReachAlarmStore } from './reach-alarm-store.ts';
import { createReplyStore } from './reply-store.ts';

/** Years of notifications: reading one of these from end to end is a fault, whatever is looked for. */
const large =
  /^SCAN (?:[adn]|notification(?:_file)?|delivery(?:_attempt)?|receipt|answer(?:_file)?|reach_alarm)\b/;
/** Only what has not ended stands in these. */
const small =
  /USING (?:COVERING )?INDEX (?:notification_(?:due|open)|delivery_(?:queued|open|sending|polled)|reach_alarm_sounding)\b/;

function plans(create: (db: Db) => unknown): { sql: string; steps: string[] }[] {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts = new Set<string>();
  const prepare: Db['prepare'] = (sql) => {
    texts.add(sql);
    return db.prepare(sql);
  };
  create({ ...db, prepare });
  return [...texts]
    .filter((sql) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql))
    .map((sql) => {
      const plan = db.connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const names = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 1] as const);
      const count = (sql.match(/\?/g) ?? []).length;
      const rows =
        names.length > 0
          ? plan.all(Object.fromEntries(names))
          : plan.all(...Array.from({ length: count }, () => '1'));
      return { sql, steps: rows.map(({ detail }) => detail) };
    });
}

test.each([
  ['notifications', createNotificationStore],
  ['deliveries', createDeliveryStore],
  ['attempts', createDeliveryAttemptStore],
  ['answers', createReplyStore],
  ['alarms', createReachAlarmStore],
])('no question the engine asks about %s reads what has ended long ago', (_, create) => {
  const found = plans(create);

  expect(found.length).toBeGreaterThan(3);
  for (const { sql, steps } of found) {
    expect(
      steps.filter((step) => large.test(step) && !small.test(step)),
      sql,
    ).toEqual([]);
  }
});

test('the next to leave is found without sorting all that wait', () => {
  const queue = plans(createDeliveryStore).filter(({ sql }) => /INDEXED BY delivery_queued/.test(sql));

  expect(queue.length).toBe(3);
  for (const { sql, steps } of queue) {
    expect(
      steps.filter((step) => /TEMP B-TREE FOR ORDER BY/.test(step) && !/LAST TERM/.test(step)),
      sql,
    ).toEqual([]);
  }
});

test('what was spent today is added up from the index alone', () => {
  const spent = plans(createDeliveryAttemptStore).find(({ sql }) => /sum\(cost\)/.test(sql));

  expect(spent?.steps).toEqual([expect.stringContaining('COVERING INDEX delivery_attempt_spent')]);
});

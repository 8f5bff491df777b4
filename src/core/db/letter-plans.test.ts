import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createConversationStore } from './conversation-store.ts';
import { createMessageStore } from './message-store.ts';
import { createMessageViewStore } from './message-view-store.ts';
import { openDb, type Db } from './open.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createSearchStore } from './search-store.ts';

/** Tables of a million rows: reading one from end to end is a fault, whatever is looked for. */
const large =
  /^SCAN (?:m|c|v|r|a|h|o|w|i|message|conversation|message_\w+|attachment|incident)\b(?! VIRTUAL)/;

function plans(create: (db: Db) => unknown): { sql: string; steps: string[] }[] {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts: string[] = [];
  const prepare: Db['prepare'] = (sql) => {
    texts.push(sql);
    return db.prepare(sql);
  };
  create({ ...db, prepare });
  return texts
    .filter((sql) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql))
    .map((sql) => {
      const plan = db.connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const named = /:\w+/.test(sql);
      const count = (sql.match(/\?/g) ?? []).length;
      const names = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 1] as const);
      const rows = named
        ? plan.all(Object.fromEntries(names))
        : plan.all(...Array.from({ length: count }, () => '1'));
      return { sql, steps: rows.map(({ detail }) => detail) };
    });
}

test.each([
  ['messages', createMessageStore],
  ['conversations', createConversationStore],
  ['views', createMessageViewStore],
  ['search', createSearchStore],
])('no question about %s reads a large table from end to end', (_, create) => {
  const found = plans(create);

  expect(found.length).toBeGreaterThan(3);
  for (const { sql, steps } of found) {
    expect(
      steps.filter((step) => large.test(step)),
      sql,
    ).toEqual([]);
  }
});

test('what waits to leave is found without reading all that has left', () => {
  for (const { sql, steps } of plans(createOutboxStore)) {
    const scans = steps.filter((step) => /^SCAN (?:o|outbox|c)(?:$| USING INDEX chat_message)/.test(step));
    // The newest that have left, and no more of them than a page.
    if (!/ORDER BY o\.id DESC LIMIT/.test(sql)) expect(scans, sql).toEqual([]);
  }
});

test('copies, threads and repeated alarms are found by their indexes', () => {
  const steps = plans(createMessageStore)
    .flatMap((plan) => plan.steps)
    .join('\n');

  for (const index of [
    'message_by_content_hash',
    'message_by_external_id',
    'message_by_likeness',
    'message_reference_by_external_id',
    'conversation_by_incident',
    'message_by_conversation',
  ]) {
    expect(steps).toContain(index);
  }
});

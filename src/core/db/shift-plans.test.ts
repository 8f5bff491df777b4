import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createAlarmStore } from './alarm-store.ts';
import { createHandoverStore } from './handover-store.ts';
import { openDb, type Db } from './open.ts';
import { createShiftWorkStore } from './shift-work-store.ts';
import { createSilenceStore } from './silence-store.ts';

/** Tables that grow for years; the rest of a desk is as large as its staff. */
const growing = [
  'incident',
  'i',
  'journal',
  'alarm',
  'a',
  'raw_message',
  'r',
  'chat_message',
  'm',
  'message',
  'channel_hour',
];

test.each([
  ['what a person has in hand, and who left something', createShiftWorkStore],
  ['hand-overs that wait', createHandoverStore],
  ['what came through a channel', createSilenceStore],
  ['what sounds', createAlarmStore],
])('%s is found without reading through a desk of years', (_, createStore) => {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts = new Set<string>();
  const prepare: Db['prepare'] = (sql) => {
    texts.add(sql);
    return db.prepare(sql);
  };
  createStore({ ...db, prepare });

  const scans = [...texts]
    .filter((sql) => /^\s*SELECT/.test(sql) && !/max\(id\)/.test(sql))
    .flatMap((sql) => {
      const named = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, '1'] as const);
      const positional = (sql.match(/\?/g) ?? []).map(() => '1');
      return db.connection
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...(named.length > 0 ? [Object.fromEntries(named)] : positional))
        .map(({ detail }) => detail);
    })
    // An index made for another question is read from end to end like the table itself.
    .filter((detail) =>
      growing.some((table) => new RegExp(`^SCAN ${table}(?: USING INDEX alarm_by_incident)?$`).test(detail)),
    );

  expect(scans).toEqual([]);
});

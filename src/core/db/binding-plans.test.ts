import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createBindingStore } from './binding-store.ts';
import { createChatNoticeStore } from './chat-notice-store.ts';
import { openDb, type Db } from './open.ts';

function planOf(create: (db: Db) => unknown, part: string): string[] {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts: string[] = [];
  const prepare: Db['prepare'] = (sql) => {
    texts.push(sql);
    return db.prepare(sql);
  };
  create({ ...db, prepare });
  const sql = texts.find((text) => text.includes(part));
  if (sql === undefined) throw new Error(`No statement with ${part}`);
  const count = (sql.match(/\?/g) ?? []).length;
  return db.connection
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from({ length: count }, () => 1))
    .map(({ detail }) => detail);
}

test.each([
  ['FROM binding WHERE contact_id', 'binding_of_contact'],
  ['FROM binding WHERE person_id', 'binding_of_person'],
  ['FROM binding WHERE route_id', 'sqlite_autoindex_binding_1'],
])('whom a bot knows is found without reading everybody: %s', (part, index) => {
  expect(planOf(createBindingStore, part).join('\n')).toContain(`USING INDEX ${index}`);
});

test('years of chats are not read to hear what was said last', () => {
  const said = planOf(createChatNoticeStore, 'm.id > ?');
  expect(said[0]).toBe('SEARCH m USING INTEGER PRIMARY KEY (rowid>?)');
  expect(said.join('\n')).toContain('chat_notice_of_chat (chat_id=? AND written_at>?)');

  const last = planOf(createChatNoticeStore, ') last');
  expect(last.filter((step) => step.startsWith('SCAN') && !step.includes('last'))).toEqual([]);
  expect(last.join('\n')).not.toContain('TEMP B-TREE');
});

test('only what may still change is asked after', () => {
  const untold = planOf(createChatNoticeStore, 'o.state <> n.told');

  expect(untold[0]).toBe('SCAN n USING INDEX chat_notice_open');
  expect(untold[1]).toContain('SEARCH o USING INTEGER PRIMARY KEY');
  expect(planOf(createChatNoticeStore, 'settled = 1').join('\n')).toContain('chat_notice_open');
});

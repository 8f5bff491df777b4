import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { openDb } from './open.ts';

const clock = createFakeClock();

function plan(sql: string): string {
  const db = openDb({ file: ':memory:', clock, log: silentLogger });
  const rows = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
  return rows.map(({ detail }) => detail).join('\n');
}

test.each([
  [
    "SELECT id FROM raw_message WHERE state = 'stored' AND id > 5 ORDER BY id LIMIT 100",
    'raw_message_waiting',
  ],
  [
    "SELECT id FROM raw_message WHERE state = 'quarantined' ORDER BY id DESC LIMIT 5",
    'raw_message_quarantined',
  ],
  ["SELECT 1 FROM raw_message WHERE sha256 = 'x' LIMIT 1", 'raw_message_by_sha256'],
  [
    "SELECT 1 FROM raw_message WHERE folder_id = 1 AND uidvalidity <> '1' LIMIT 1",
    'sqlite_autoindex_raw_message_1',
  ],
  ['SELECT at FROM account_login WHERE account_id = 1 AND at > 5 ORDER BY at', 'account_login_by_time'],
])('a million letters do not slow down: %s', (sql, index) => {
  const text = plan(sql);

  expect(text).toContain(index);
  expect(text).not.toContain('TEMP B-TREE');
});

test('the newest letter of an Inbox is found without walking it', () => {
  const text = plan(`SELECT raw.received_at FROM mail_folder folder JOIN raw_message raw
    ON raw.folder_id = folder.id AND raw.uidvalidity = folder.uidvalidity
    WHERE folder.account_id = 1 AND folder.role = 'inbox' ORDER BY raw.uid DESC LIMIT 1`);

  expect(text).not.toContain('SCAN');
});

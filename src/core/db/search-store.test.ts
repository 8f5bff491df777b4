import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { openDb } from './open.ts';
import { createSearchStore } from './search-store.ts';

function openSearch() {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const search = createSearchStore(db);
  const index = (id: number, text: string) => search.indexMessage(id, { subject: '', people: [], text });
  const find = (word: string) => search.messages(`"${word}"`, Number.MAX_SAFE_INTEGER, 10);
  return { db, index, find };
}

test('words of a transaction are found once it is committed, and not when it failed', () => {
  const { db, index, find } = openSearch();
  db.transact(() => index(1, 'генератор'));
  expect(() =>
    db.transact(() => {
      index(2, 'генератор');
      throw new Error('disk');
    }),
  ).toThrow('disk');
  db.transact(() => index(3, 'генератор'));

  expect(find('генератор')).toEqual([3, 1]);
});

test('a batch of letters is one piece of the index, whatever else is written between them', () => {
  const { db, index } = openSearch();
  const pieces = () => db.connection.prepare('SELECT DISTINCT segid FROM message_word_idx').all().length;
  db.connection.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1)');
  db.connection.exec('CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id))');
  db.connection.exec('INSERT INTO child VALUES (1, 1), (2, 1)');
  db.transact(() => {
    for (let id = 1; id <= 5; id += 1) {
      index(id, `слово${id}`);
      // Opens a savepoint, as every statement over rows with foreign keys may.
      db.connection.exec('UPDATE child SET parent = 1');
    }
  });

  expect(pieces()).toBe(1);
});

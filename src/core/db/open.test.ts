import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { openDb, type Committed, type Db } from './open.ts';
import { createSettingStore } from './setting-store.ts';

let db: Db;
let told: Committed[];

beforeEach(() => {
  db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  told = [];
  db.onCommit((change) => told.push(change));
});

const note = (text: string) => db.transact((revision) => createSettingStore(db).set('note', text, revision));
const noted = () => createSettingStore(db).get('note');

describe('a transaction', () => {
  test('that fails leaves no row, no revision, no word to the page and nothing to be done after it', () => {
    note('before');
    const revision = db.revision();
    const after: string[] = [];

    expect(() =>
      db.transact(() => {
        note('inside');
        db.touch('setting');
        db.beforeCommit(() => void after.push('before commit'));
        db.afterCommit(() => void after.push('after commit'));
        throw new Error('no');
      }),
    ).toThrow('no');

    expect([noted(), db.revision(), told, after]).toEqual(['before', revision, [], []]);
  });

  test('inside another joins it: one revision, told once, after everything is there', () => {
    let seenInside = 0;
    db.onCommit(() => (seenInside = told.length));

    const revisions = db.transact((outer) => {
      db.touch('incident', 1);
      const inner = db.transact((revision) => {
        db.touch('incident', 2);
        return revision;
      });
      return [outer, inner];
    });

    expect(new Set(revisions).size).toBe(1);
    expect(told).toEqual([
      {
        revision: revisions[0],
        kinds: new Set(['incident']),
        incidentIds: new Set([1, 2]),
        chatIds: new Set(),
      },
    ]);
    expect(seenInside).toBe(1);
  });

  test('that has been committed is not called failed because a follower failed', () => {
    db.onCommit(() => {
      throw new Error('a follower');
    });
    const done: string[] = [];

    db.transact(() => {
      db.touch('setting');
      db.afterCommit(() => {
        throw new Error('an action');
      });
      db.afterCommit(() => void done.push('the next action'));
    });

    expect([done, told.length]).toEqual([['the next action'], 1]);
  });

  test('that touched nothing is told to nobody', () => {
    note('quiet');

    expect(told).toEqual([]);
  });

  test('can be followed by another from within what is told', () => {
    const stop = db.onCommit(({ kinds }) => {
      if (kinds.has('outbox')) db.transact(() => db.touch('alarm'));
    });

    db.transact(() => db.touch('outbox'));
    stop();

    expect(told.map(({ kinds }) => [...kinds])).toEqual([['outbox'], ['alarm']]);
  });
});

test('whoever stopped following hears nothing more', () => {
  const heard: number[] = [];
  const stop = db.onCommit(({ revision }) => heard.push(revision));
  db.transact(() => db.touch('setting'));

  stop();
  db.transact(() => db.touch('setting'));

  expect(heard.length).toBe(1);
});

test('each commit reaches the disk before it is answered, and references are kept', () => {
  const pragma = (name: string) => db.connection.pragma(name, { simple: true });

  expect([pragma('synchronous'), pragma('foreign_keys'), pragma('trusted_schema')]).toEqual([2, 1, 0]);
});

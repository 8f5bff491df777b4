import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { createCallViewStore } from './call-view-store.ts';
import type { Db } from './open.ts';

const nothing = {
  incidentId: null,
  assetId: null,
  contactId: null,
  states: [],
  text: '',
  before: null,
  limit: 50,
};

/** Every statement that was prepared, with the plan it is run by. */
function plansOf(run: (store: ReturnType<typeof createCallViewStore>) => void): string[] {
  const kit = createCoreKit();
  const texts: string[] = [];
  const db: Db = {
    ...kit.db,
    prepare(sql: string) {
      texts.push(sql);
      return kit.db.prepare(sql);
    },
  };
  const store = createCallViewStore(db);
  run(store);
  const plans = texts.flatMap((sql) =>
    kit.db.connection
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...(sql.includes(':') ? [{ ...nothing, states: '[]', before: 1 }] : Array(places(sql)).fill(1)))
      .map(({ detail }) => detail),
  );
  kit.db.close();
  return plans;
}

const places = (sql: string) => sql.split('?').length - 1;

test('the board, a card and an object find their calls by an index, however many there are', () => {
  const plans = plansOf((store) => {
    store.board(0);
    store.list({ ...nothing, incidentId: 1 });
    store.list({ ...nothing, assetId: 1 });
    store.list({ ...nothing, contactId: 1 });
    store.words(1);
    store.turns(1);
  });
  expect(
    plans.filter((plan) => /^SCAN (?:call|c|k|t|a|n|d|notification|answer|delivery)\b/.test(plan)),
  ).toEqual([]);
});

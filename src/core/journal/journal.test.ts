import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { canonicalJson } from './canonical-json.ts';

let kit: CoreKit;
let person: number;

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова', false);
  for (let id = 1; id <= 9; id += 1) append(id);
});

const append = (subjectId: number) =>
  kit.db.transact(() =>
    kit.desk.journal.append({
      kind: 'setting.saved',
      subject: 'setting',
      subjectId,
      actorId: person,
      facts: { keys: ['zone'] },
    }),
  );
const tamper = (sql: string) => {
  kit.db.connection.pragma('foreign_keys = OFF');
  kit.db.connection.exec(sql);
};

test('a journal nobody touched verifies, over more than one page of it', async () => {
  kit.db.transact(() => {
    for (let id = 0; id < 4500; id += 1) append(id);
  });

  expect(await Promise.all([kit.desk.journal.verify(), kit.clock.advance(1)])).toMatchObject([
    { ok: true, firstBad: null, entries: 4510 },
    undefined,
  ]);
});

describe('whatever is changed afterwards is found with its number:', () => {
  test.each([
    ['uuid', "'0'"],
    ['at', 'at + 1'],
    ['workstation', "'other'"],
    ['actor_id', 'NULL'],
    ['subject_kind', "'incident'"],
    ['subject_id', 'subject_id + 1'],
    ['kind', "'setting.savedd'"],
    ['payload', `'{"keys":["codePrefix"]}'`],
    ['previous_hash', "'0'"],
    ['hash', "'0'"],
  ])('%s', async (column, value) => {
    tamper(`UPDATE journal SET ${column} = ${value} WHERE sequence = 5`);

    expect(await kit.desk.journal.verify()).toMatchObject({ ok: false, firstBad: 5 });
  });

  test('an entry taken out', async () => {
    tamper('DELETE FROM journal WHERE sequence = 5');

    expect(await kit.desk.journal.verify()).toMatchObject({ ok: false, firstBad: 6 });
  });

  test('entries taken from the end', async () => {
    tamper('DELETE FROM journal WHERE sequence > 7');

    expect(await kit.desk.journal.verify()).toMatchObject({ ok: false, firstBad: 8 });
  });

  test.each([
    ['at the end', 11],
    ['before the first', 0],
  ])('an entry put in %s', async (_, sequence) => {
    tamper(`INSERT INTO journal SELECT ${sequence}, 'forged', at, workstation, actor_id, subject_kind, subject_id, kind,
      payload, previous_hash, hash FROM journal WHERE sequence = 5`);

    expect(await kit.desk.journal.verify()).toMatchObject({ ok: false, firstBad: sequence });
  });

  test('two entries that changed places', async () => {
    tamper('UPDATE journal SET sequence = -5 WHERE sequence = 5');
    tamper('UPDATE journal SET sequence = 5 WHERE sequence = 6');
    tamper('UPDATE journal SET sequence = 6 WHERE sequence = -5');

    expect(await kit.desk.journal.verify()).toMatchObject({ ok: false, firstBad: 5 });
  });
});

test('an entry outside a transaction is refused: it could tell of rows that were never written', () => {
  expect(() =>
    kit.desk.journal.append({
      kind: 'setting.saved',
      subject: 'setting',
      subjectId: 0,
      actorId: null,
      facts: { keys: [] },
    }),
  ).toThrow('transaction');
});

test('what is hashed does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  expect(canonicalJson({ a: null, b: [{ d: 1 }] })).toBe('{"a":null,"b":[{"d":1}]}');
});

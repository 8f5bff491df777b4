import { expect, test } from 'vitest';
import { createTechnicianKit } from '../../../test/support/technician-kit.ts';

test('a technician of whom nothing was said is available everywhere for two calls', () => {
  const kit = createTechnicianKit();
  const id = kit.addContact('Антон', 'technician');

  expect(kit.stores.technicians.require(id)).toMatchObject({
    availability: 'available',
    availableUntil: null,
    mostCalls: 2,
    skillIds: [],
    regionIds: [],
    load: 0,
    lastAskedAt: null,
  });
});

test('somebody of another kind is no technician', () => {
  const kit = createTechnicianKit();
  const id = kit.addContact('Контрагент', 'contractor');

  expect(() => kit.stores.technicians.require(id)).toThrow(
    expect.objectContaining({ code: 'not-found', details: { reason: 'technician', id } }),
  );
});

test('load and the last call are found by their indexes, however many calls there were', () => {
  const { db } = createTechnicianKit();
  const plan = (sql: string): string =>
    db
      .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n');

  expect(
    plan(`SELECT count(*) FROM call WHERE contact_id = 1
      AND state IN ('pending', 'accepted', 'on-the-way', 'in-progress')`),
  ).toContain('call_of_contact');
  expect(plan('SELECT max(asked_at) FROM call_turn WHERE contact_id = 1')).toContain('call_turn_asked');
});

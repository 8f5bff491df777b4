import { beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { requireStatusesOfProgram } from './needed-statuses.ts';
import { seedReference } from './seed.ts';

let kit: CoreKit;
beforeEach(() => {
  kit = createCoreKit();
});

const reference = () => kit.desk.reference;
const seedAgain = () => seedReference({ db: kit.db, reference: kit.stores.reference });

test('a new desk has subtypes for failures of power alone, and two repair priorities', () => {
  const { id: power } = reference().type(kit.typeId('power-regions'));
  const ofPower = reference()
    .subtypes()
    .filter(({ typeIds }) => typeIds.includes(power));
  expect(ofPower.length).toBeGreaterThan(15);
  expect(
    reference()
      .subtypes()
      .filter(({ typeIds }) => typeIds.includes(kit.typeId('fibre'))),
  ).toEqual([]);
  expect(
    reference()
      .repairPriorities()
      .map(({ targetMinutes }) => targetMinutes),
  ).toEqual([1440, 4320]);
});

test('a desk that was set up before gets them at its next start, without the types it has put away', () => {
  kit.db.transact((revision) => {
    kit.db.prepare('DELETE FROM subtype_of_type').run();
    kit.db.prepare('DELETE FROM incident_subtype').run();
    kit.db.prepare('DELETE FROM repair_priority').run();
    const type = reference().type(kit.typeId('power-employee'));
    return reference().saveType({ ...type, key: 'renamed' }, revision);
  });

  seedAgain();

  expect(reference().subtypes()[0]?.typeIds).toEqual([
    kit.typeId('power-moscow'),
    kit.typeId('power-regions'),
  ]);
  expect(reference().repairPriorities()).toHaveLength(2);
});

test('what somebody hid, renamed or added stays as it is', () => {
  kit.db.transact((revision) => {
    for (const row of reference().subtypes()) reference().saveSubtype({ ...row, active: false }, revision);
    for (const row of reference().repairPriorities()) {
      reference().saveRepairPriority({ ...row, name: 'Наш', active: false }, revision);
    }
  });
  const before = [reference().subtypes(), reference().repairPriorities()];

  seedAgain();

  expect([reference().subtypes(), reference().repairPriorities()]).toEqual(before);
});

test('a status the program works with is renamed and painted, not hidden, rekeyed or made to finish', () => {
  const closed = reference().status(kit.statusId('closed'));
  const refused = expect.objectContaining({ code: 'conflict', reason: 'status-needed' });
  const save = (change: object) => () => requireStatusesOfProgram(reference(), { ...closed, ...change });

  expect(save({ name: 'Готово', tone: 'work' })).not.toThrow();
  expect(save({ active: false })).toThrow(refused);
  expect(save({ key: 'done' })).toThrow(refused);
  expect(save({ finishes: false })).toThrow(refused);
});

test('a status of our own may be hidden, and a new one is nobody’s business', () => {
  const own = reference().status(kit.statusId('on-generator'));
  expect(() => requireStatusesOfProgram(reference(), { ...own, active: false })).not.toThrow();
  expect(() =>
    requireStatusesOfProgram(reference(), { id: null, key: 'closed-too', active: true, finishes: true }),
  ).not.toThrow();
});

import { beforeEach, expect, test } from 'vitest';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import { addOverride, removeOverride, saveOnCallRules, swapDuty } from '../calls/on-call.ts';
import { saveSkill, saveTechnician, type TechnicianParts } from '../calls/technicians.ts';

let kit: UndoKit;
let parts: TechnicianParts;
let anna: number;
let anton: number;
let boris: number;
beforeEach(() => {
  kit = createUndoKit();
  parts = { ...kit.desk, technicians: kit.stores.technicians, onCall: kit.stores.onCall };
  anna = kit.addPerson('Анна');
  anton = contact('Антон');
  boris = contact('Борис');
});

function contact(name: string): number {
  const fields = { kind: 'technician', organisation: '', phone: '', email: '', note: '' } as const;
  return kit.chats.saveContact({ ...fields, name, active: true }, anna);
}

/** What the act wrote last. */
function did(act: () => unknown): number {
  act();
  return kit.desk.journal.lastSequence();
}

const from = Date.UTC(2026, 2, 5);
const allTime = () => kit.stores.onCall.overridesBetween(0, Number.MAX_SAFE_INTEGER);
const daily = { weekdays: 127, startsMinute: 0, endsMinute: 0, zone: 'Europe/Moscow' };
const changedSince = expect.objectContaining({ details: { reason: 'changed-since' } });

test('what is said of a technician goes back to what it was, unless somebody changed it since', () => {
  const skillId = saveSkill(parts, { name: 'Электрика', nameEn: '', active: true }, anna);
  const base = { contactId: anton, regionIds: [], availableUntil: null, mostCalls: 2 } as const;
  const first = did(() => saveTechnician(parts, { ...base, skillIds: [skillId], availability: 'off' }, anna));
  const second = did(() => saveTechnician(parts, { ...base, skillIds: [], availability: 'busy' }, anna));
  expect(() => kit.takeBack(first, anna)).toThrow(changedSince);

  kit.takeBack(second, anna);
  expect(parts.technicians.require(anton)).toMatchObject({ skillIds: [skillId], availability: 'off' });
  kit.takeBack(first, anna);
  expect(parts.technicians.require(anton)).toMatchObject({ skillIds: [], availability: 'available' });
});

test('a skill has its old words again, and a new one is put out of use', () => {
  const made = did(() => saveSkill(parts, { name: 'Электрика', nameEn: '', active: true }, anna));
  const skill = () => parts.technicians.skills()[0]!;
  const renamed = did(() =>
    saveSkill(parts, { id: skill().id, name: 'Энергетика', nameEn: 'Power', active: true }, anna),
  );

  kit.takeBack(renamed, anna);
  expect(skill()).toMatchObject({ name: 'Электрика', nameEn: '', active: true });
  kit.takeBack(made, anna);
  expect(skill()).toMatchObject({ name: 'Электрика', active: false });
});

test('a plan of duty is as it was before', () => {
  saveOnCallRules(parts, anton, [daily], anna);
  const emptied = did(() => saveOnCallRules(parts, anton, [], anna));

  kit.takeBack(emptied, anna);

  expect(parts.onCall.rules()).toEqual([{ ...daily, contactId: anton }]);
});

test('an override and a swap of two halves go, and come back in their places', () => {
  saveOnCallRules(parts, anton, [daily], anna);
  saveOnCallRules(parts, boris, [daily], anna);
  const hour = 3_600_000;
  const back = { from: from + 2 * hour, to: from + 3 * hour };
  const swap = { contactId: anton, withId: boris, from, to: from + hour, back, reason: 'обмен' };
  const swapped = did(() => swapDuty(parts, swap, anna));
  const off = { contactId: anton, onDuty: false, from, to: from + hour, reason: '' };
  addOverride(parts, off, anna);
  const before = allTime();
  expect(before).toHaveLength(3);

  const removed = did(() => removeOverride(parts, before[0]!.id, anna));
  expect(allTime()).toHaveLength(1);
  kit.takeBack(removed, anna);
  expect(allTime()).toEqual(before);

  kit.takeBack(swapped, anna);
  expect(allTime().map(({ swap: key }) => key)).toEqual([null]);
  expect(() => kit.takeBack(swapped, anna)).toThrow();
});

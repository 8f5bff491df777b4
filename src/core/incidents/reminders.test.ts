import { beforeEach, expect, test } from 'vitest';
import { startOfTest } from '../../../test/support/core-kit.ts';
import { createLifeKit, type LifeKit } from '../../../test/support/life-kit.ts';
import { acknowledge } from './alarms.ts';
import { finishReminder, remind } from './reminders.ts';
import { undo } from './undo.ts';

const hour = 3_600_000;

let kit: LifeKit;
let mine: number;
let other: number;
let id: number;

beforeEach(() => {
  kit = createLifeKit();
  mine = kit.addPerson('Орлова');
  other = kit.addPerson('Ким');
  id = kit.opened('fibre');
  acknowledge(kit.desk, [id], null);
});

const set = (at = startOfTest + hour) =>
  remind(kit.desk, { incidentId: id, at, text: 'Позвонить энергетикам' }, mine);
const takeBack = (sequence: number | null, actor: number) =>
  undo({ ...kit.desk, moveLetterBack: () => {} }, sequence ?? 0, actor);
const pass = async (ms: number) => {
  const watch = kit.watch();
  await watch.start(new AbortController().signal);
  kit.clock.jump(ms);
  await kit.clock.advance(15_000);
  await watch.stop();
};
const heardBy = (personId: number) => kit.desk.alarms.sounding(personId).map(({ kind }) => kind);

test('a reminder sounds in its time for whoever set it, and for nobody else', async () => {
  set();
  await pass(hour - 15_001);
  expect(heardBy(mine)).toEqual([]);
  await pass(15_000);

  expect(heardBy(mine)).toEqual(['reminder']);
  expect(heardBy(other)).toEqual([]);
  expect(kit.desk.alarms.sounding(mine)).toMatchObject([{ words: 'Позвонить энергетикам' }]);
  expect(kit.desk.reminders.open(mine)).toHaveLength(1);
  expect(kit.desk.reminders.open(other)).toEqual([]);
});

test("a colleague's hand does not silence it, one's own does, and it does not sound twice", async () => {
  set();
  await pass(2 * hour);
  acknowledge(kit.desk, [id], other);
  expect(heardBy(mine)).toEqual(['reminder']);

  acknowledge(kit.desk, [id], mine);
  await pass(hour);
  expect(heardBy(mine)).toEqual([]);
  expect(kit.desk.reminders.open(mine)).toMatchObject([{ text: 'Позвонить энергетикам' }]);
});

test('done silences it and leaves the list; undo brings it back', async () => {
  const { id: reminderId } = set();
  await pass(2 * hour);
  const { undo: sequence } = finishReminder(kit.desk, reminderId, mine);
  expect([heardBy(mine), kit.desk.reminders.open(mine)]).toEqual([[], []]);

  takeBack(sequence, mine);
  expect(kit.desk.reminders.open(mine)).toHaveLength(1);
});

test('undo of setting one takes it away', () => {
  const { undo: sequence } = set();
  takeBack(sequence, mine);
  expect(kit.desk.reminders.open(mine)).toEqual([]);
});

test("nobody finishes another's, and history keeps its words to itself", () => {
  const { id: reminderId, undo: sequence } = set();
  expect(() => finishReminder(kit.desk, reminderId, other)).toThrow(
    expect.objectContaining({ code: 'denied', reason: 'not-yours' }),
  );
  expect(() => takeBack(sequence, other)).toThrow(expect.objectContaining({ reason: 'not-yours' }));
  expect(JSON.stringify(kit.told(id, 'incident.reminder-set'))).not.toContain('энергетикам');
});

test('a time that has passed is refused', () => {
  expect(() => set(startOfTest)).toThrow(expect.objectContaining({ reason: 'time-past' }));
});

import { beforeEach, describe, expect, test } from 'vitest';
import { createShiftKit, type ShiftKit } from '../../../test/support/shift-kit.ts';
import { assign } from '../incidents/change-incident.ts';
import { assignWaiting } from '../incidents/assignment.ts';
import { undo } from '../incidents/undo.ts';
import { endShift, followRoster, startShift } from '../people/duty.ts';
import { savePerson, saveRoster } from '../people/people.ts';
import { endWithHandover } from './handover.ts';
import { followLeftWork, giveOutLeft, leftWork } from './left-work.ts';

const hour = 3_600_000;

let kit: ShiftKit;
let leaver: number;

beforeEach(() => {
  kit = createShiftKit();
  leaver = kit.addPerson('Орлова');
});

const duty = () => ({ ...kit.desk, assignWaiting: (revision: number) => assignWaiting(kit.desk, revision) });
const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => kit.seen(kit.letter(`Щит ${index}`)));
const holder = (id: number) => kit.desk.incidents.require(id).assigneeId;
const loadOf = (personId: number) => kit.parts.work.openCount(personId);
const end = (work: Parameters<typeof endWithHandover>[1]['work']) =>
  endWithHandover(kit.parts, { to: { kind: 'next' }, without: [], notes: {}, words: '', work }, leaver);
const undoParts = () => ({ ...kit.desk, moveLetterBack: () => undefined });

describe('who ends a shift', () => {
  test('keeps the work by choice: nothing is taken away later', () => {
    const [id = 0] = letters(1);
    kit.typed(id);
    kit.addPerson('Зуев');

    end({ how: 'keep' });
    kit.clock.jump(48 * hour);

    expect(followLeftWork(kit.parts)).toBe(0);
    expect(holder(id)).toBe(leaver);
  });

  test('spreads it so that nobody gets more than one above another, the nearest deadline first', () => {
    const ids = letters(7);
    kit.typed(ids[6]!);
    const first = kit.addPerson('Зуев');
    const second = kit.addPerson('Карпов');

    const { moved } = end({ how: 'spread' });

    expect(moved).toBe(7);
    expect([
      loadOf(leaver),
      loadOf(first) + loadOf(second),
      Math.abs(loadOf(first) - loadOf(second)),
    ]).toEqual([0, 7, 1]);
    const order = kit.facts('incident.assigned').slice(7) as { load: number; why: string }[];
    expect(order.map(({ load }) => load)).toEqual([0, 0, 1, 1, 2, 2, 3]);
    const [nearest] = kit.desk.journal
      .between('incident', ids[6]!, { from: 0, before: null })
      .filter(({ kind }) => kind === 'incident.assigned')
      .slice(-1);
    expect(JSON.parse(nearest!.payload)).toMatchObject({ load: 0, why: 'shift-ended' });
  });

  test('with nobody else on duty it waits for whoever comes next', () => {
    const [id = 0] = letters(1);

    end({ how: 'spread' });
    expect(holder(id)).toBeNull();
    const next = kit.addPerson('Зуев');

    expect(holder(id)).toBe(next);
  });

  test('gives everything to one person, and one undo brings back the whole', () => {
    const ids = letters(3);
    const taker = kit.addPerson('Зуев', false);

    const given = end({ how: 'give', personId: taker });
    expect(loadOf(taker)).toBe(3);
    undo(undoParts(), given.undo!, taker);

    expect(ids.map(holder)).toEqual([leaver, leaver, leaver]);
  });

  test('undo leaves alone what somebody has given on meanwhile', () => {
    const ids = letters(2);
    const taker = kit.addPerson('Зуев', false);
    const third = kit.addPerson('Карпов', false);
    const given = end({ how: 'give', personId: taker });
    const { revision } = kit.desk.incidents.require(ids[0]!);
    assign(kit.desk, { id: ids[0]!, expected: revision, personId: third }, taker);

    undo(undoParts(), given.undo!, taker);

    expect(ids.map(holder)).toEqual([third, leaver]);
  });

  test('is not given to somebody who works here no longer, and then the shift goes on', () => {
    const gone = kit.addPerson('Зуев', false);
    savePerson(
      kit.desk,
      { id: gone, name: 'Зуев', role: 'dispatcher', email: '', phone: '', active: false },
      null,
    );

    expect(() => end({ how: 'give', personId: gone })).toThrow(
      expect.objectContaining({ details: { reason: 'person-inactive' } }),
    );
    expect(kit.desk.people.openShift(leaver)).toBeDefined();
  });
});

describe('who is taken off by the roster', () => {
  const nights = { weekdays: 127, startsMinute: 20 * 60, endsMinute: 8 * 60, zone: 'Europe/Moscow' };
  let night: number;

  /** From 08:30 through the night to the next morning. */
  beforeEach(() => {
    endShift(kit.desk, leaver, leaver, true);
    night = kit.addPerson('Зуев', false);
    saveRoster(kit.desk, night, [nights], null);
    kit.clock.jump(12 * hour);
    followRoster(duty());
  });

  const morning = () => {
    kit.clock.jump(12 * hour);
    followRoster(duty());
  };

  test('leaves calm work to the lead’s decision and urgent work to whoever is there, at once', () => {
    const calm = kit.seen(kit.letter('Плановые работы'));
    const urgent = kit.seen(kit.letter('Нет питания'));
    kit.typed(urgent);
    morning();
    startShift(duty(), leaver, leaver);

    expect(leftWork(kit.parts)).toMatchObject([{ personId: night, open: [{ id: urgent }, { id: calm }] }]);
    followLeftWork(kit.parts);

    expect([holder(urgent), holder(calm)]).toEqual([leaver, night]);
  });

  test('work that becomes urgent later goes then', () => {
    const id = kit.letter();
    morning();
    kit.typed(id);
    startShift(duty(), leaver, leaver);
    kit.db.transact(() =>
      kit.db
        .prepare('UPDATE incident_clock SET risk_at = ?, due_at = ?')
        .run(kit.clock.now() + hour, kit.clock.now() + 2 * hour),
    );
    expect(followLeftWork(kit.parts)).toBe(0);

    kit.clock.jump(hour);

    expect(followLeftWork(kit.parts)).toBe(1);
    expect(holder(id)).toBe(leaver);
  });

  test('gives out everything when the settings say so, and by the lead’s key', () => {
    const ids = letters(2);
    morning();
    startShift(duty(), leaver, leaver);

    kit.clock.jump(1000);
    const { moved, undo: sequence } = giveOutLeft(
      kit.parts,
      { personId: night, work: { how: 'spread' } },
      leaver,
    );
    expect([moved, ids.map(holder)]).toEqual([2, [leaver, leaver]]);
    undo(undoParts(), sequence!, leaver);
    // Put back by a person's decision: the desk does not take it away again.
    kit.parts.shiftSettings.save({ leftWork: 'spread' }, leaver);
    followLeftWork(kit.parts);

    expect(ids.map(holder)).toEqual([night, night]);
  });

  test('is back on duty with everything as it was', () => {
    const id = kit.letter();
    kit.typed(id);
    morning();
    kit.clock.jump(12 * hour);
    followRoster(duty());

    expect(followLeftWork(kit.parts)).toBe(0);
    expect(holder(id)).toBe(night);
  });
});

test('what was given to somebody off duty on purpose stays with them', () => {
  const id = kit.letter();
  kit.typed(id);
  const home = kit.addPerson('Зуев');
  endShift(kit.desk, home, home);
  kit.clock.jump(1000);
  const { revision } = kit.desk.incidents.require(id);
  assign(kit.desk, { id, expected: revision, personId: home }, leaver);
  kit.clock.jump(48 * hour);

  expect(followLeftWork(kit.parts)).toBe(0);
  expect(holder(id)).toBe(home);
});

test('urgent work of somebody put out of work finds other hands', () => {
  const other = kit.addPerson('Зуев', false);
  const id = kit.letter();
  kit.typed(id);
  endShift(kit.desk, leaver, leaver, true);
  startShift(duty(), other, other);
  savePerson(
    kit.desk,
    { id: leaver, name: 'Орлова', role: 'dispatcher', email: '', phone: '', active: false },
    null,
  );
  kit.clock.jump(48 * hour);

  followLeftWork(kit.parts);

  expect(holder(id)).toBe(other);
});

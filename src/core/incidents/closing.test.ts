import { beforeEach, describe, expect, test } from 'vitest';
import { startOfTest } from '../../../test/support/core-kit.ts';
import { createLifeKit, type LifeKit } from '../../../test/support/life-kit.ts';
import { armAutoClosing } from './auto-close.ts';
import { dismiss, setStatus, setType } from './change-incident.ts';
import { closingProblems, openDuplicates } from './closing-problems.ts';
import { setRepairPriority, setSubtype } from './subtype.ts';
import { endWork, startWork } from './works.ts';

const hour = 3_600_000;

let kit: LifeKit;
beforeEach(() => {
  kit = createLifeKit();
});

const kinds = (id: number) => closingProblems(kit.desk, id).map(({ kind }) => kind);
const byHand = (id: number, key = 'closed') =>
  setStatus(kit.desk, { ...kit.now(id), statusId: kit.statusId(key) }, null);
const notReady = expect.objectContaining({ code: 'conflict', reason: 'not-ready-to-close' });
const subtypeOf = (typeKey: string) => {
  const typeId = kit.typeId(typeKey);
  return kit.desk.reference.subtypes().find(({ typeIds }) => typeIds.includes(typeId))?.id ?? 0;
};
const first = () => kit.desk.reference.repairPriorities()[0]?.id ?? 0;
const link = (fromId: number, toId: number, kind: 'parent' | 'blocks' | 'duplicate') =>
  kit.db.transact(() =>
    kit.desk.links.insert({ fromId, toId, kind, createdBy: null, createdAt: kit.clock.now() }),
  );
const work = (id: number, kind: string) =>
  startWork(kit.desk, id, kind, { at: kit.clock.now(), actor: null });

describe('closing by hand is refused', () => {
  test('without a type', () => {
    const id = kit.opened();
    expect(kinds(id)).toEqual(['no-type']);
    expect(() => byHand(id)).toThrow(notReady);
    expect(kit.status(id)).toBe('new');
  });

  test('without a subtype when the type has any, and not when all of them are hidden', () => {
    const id = kit.opened('power-moscow');
    expect(() => byHand(id)).toThrow(notReady);

    for (const subtype of kit.desk.reference.subtypes()) {
      kit.db.transact((revision) => kit.desk.reference.saveSubtype({ ...subtype, active: false }, revision));
    }
    expect(kinds(id)).toEqual([]);
    expect(kinds(kit.opened('fibre'))).toEqual([]);
  });

  test('while work that was begun goes on', () => {
    const id = kit.opened('fibre');
    work(id, 'emergency');
    expect(closingProblems(kit.desk, id)).toEqual([
      expect.objectContaining({ kind: 'work-running', work: 'emergency', startedAt: startOfTest }),
    ]);
    expect(() => byHand(id)).toThrow(notReady);

    endWork(kit.desk, id, 'emergency', { at: kit.clock.now(), actor: null });
    expect(kinds(id)).toEqual([]);
  });

  test('with a repair of no priority, or a priority of no repair', () => {
    const repaired = kit.opened('fibre');
    work(repaired, 'repair');
    endWork(kit.desk, repaired, 'repair', { at: kit.clock.now(), actor: null });
    expect(kinds(repaired)).toEqual(['repair-without-priority']);

    const named = kit.opened('fibre');
    setRepairPriority(kit.desk, { ...kit.now(named), repairPriorityId: first() }, null);
    expect(kinds(named)).toEqual(['priority-without-repair']);
  });

  test('while a subtask or what it depends on is open; a duplicate only warns', () => {
    const [id, child, blocker, twin] = [1, 2, 3, 4].map(() => kit.opened('fibre')) as [
      number,
      number,
      number,
      number,
    ];
    link(id, child, 'parent');
    link(blocker, id, 'blocks');
    link(id, twin, 'duplicate');

    expect(closingProblems(kit.desk, id)).toMatchObject([
      { kind: 'blocker', incidentId: child, why: 'subtask' },
      { kind: 'blocker', incidentId: blocker, why: 'dependency' },
    ]);
    expect(openDuplicates(kit.desk, id)).toEqual([{ incidentId: twin, code: kit.at(twin).code }]);

    byHand(child);
    kit.put(blocker, 'closure-notified');
    kit.db.transact((revision) =>
      armAutoClosing(kit.desk, kit.at(blocker), { by: 'letter', actor: null }, revision),
    );
    byHand(id);
    expect(kit.status(id)).toBe('closed');
    byHand(twin);
    expect(openDuplicates(kit.desk, id)).toEqual([]);
  });

  test('for every finishing status, and never for setting aside', () => {
    const id = kit.opened();
    byHand(id, 'in-progress');
    expect(() => byHand(id, 'on-generator')).toThrow(notReady);

    dismiss(kit.desk, { ...kit.now(id), ruleId: null }, null);
    expect(kit.at(id).dismissedAt).not.toBeNull();
  });
});

describe('the way to mend and close at once', () => {
  test('puts in everything that is missing, and one undo takes all of it back', async () => {
    const id = kit.opened();
    work(id, 'repair');
    await kit.clock.advance(hour);
    const before = { ...kit.at(id), clocks: kit.desk.clocks.all(id) };

    const { undo } = kit.close(id, {
      typeId: kit.typeId('power-regions'),
      subtypeId: subtypeOf('power-regions'),
      endWorks: [{ kind: 'repair', at: kit.clock.now() }],
      repairPriorityId: first(),
    });

    expect(kit.status(id)).toBe('closed');
    expect(kit.at(id)).toMatchObject({
      typeId: kit.typeId('power-regions'),
      subtypeId: subtypeOf('power-regions'),
      repairPriorityId: first(),
    });
    kit.takeBack(undo);
    expect(kit.at(id)).toMatchObject({
      statusId: before.statusId,
      typeId: null,
      subtypeId: null,
      repairPriorityId: null,
      finishedAt: null,
    });
    const ends = kit.desk.clocks.all(id).map(({ kind, endedAt, targetMs }) => ({ kind, endedAt, targetMs }));
    expect(ends).toEqual(before.clocks.map(({ kind, endedAt, targetMs }) => ({ kind, endedAt, targetMs })));
  });

  test('keeps nothing when something is missing still', () => {
    const id = kit.opened();
    expect(() => kit.close(id, { typeId: kit.typeId('power-regions') })).toThrow(notReady);
    expect(kit.at(id)).toMatchObject({ typeId: null, finishedAt: null });
    expect(kit.told(id, 'incident.type-changed')).toBeUndefined();
  });

  test('takes a priority away that no repair stands behind', () => {
    const id = kit.opened('fibre');
    setRepairPriority(kit.desk, { ...kit.now(id), repairPriorityId: first() }, null);
    kit.close(id, { repairPriorityId: null });
    expect(kit.at(id)).toMatchObject({ repairPriorityId: null });
    expect(kit.status(id)).toBe('closed');
  });

  test('is a single step in the history when nothing was missing, and obeys the workflow', () => {
    const id = kit.opened('fibre');
    kit.close(id);
    expect(kit.told(id, 'incident.closed')).toBeUndefined();

    const other = kit.opened('fibre');
    kit.put(other, 'operator-notified');
    expect(() => kit.close(other)).toThrow(expect.objectContaining({ reason: 'transition' }));
  });

  test('refuses to be taken back once somebody has decided anew', () => {
    const id = kit.opened();
    const { undo } = kit.close(id, { typeId: kit.typeId('fibre') });
    byHand(id, 'in-progress');
    expect(() => kit.takeBack(undo)).toThrow(expect.objectContaining({ reason: 'changed-since' }));
    expect(kit.at(id).typeId).toBe(kit.typeId('fibre'));
  });
});

describe('subtype and repair priority', () => {
  test('a type that the subtype does not belong to clears it, and undo brings both back', () => {
    const id = kit.opened('power-moscow');
    setSubtype(kit.desk, { ...kit.now(id), subtypeId: subtypeOf('power-moscow') }, null);

    const { undo } = setType(kit.desk, { ...kit.now(id), typeId: kit.typeId('fibre') }, null);
    expect(kit.at(id).subtypeId).toBeNull();

    kit.takeBack(undo);
    expect(kit.at(id)).toMatchObject({
      typeId: kit.typeId('power-moscow'),
      subtypeId: subtypeOf('power-moscow'),
    });
  });

  test('a type that has the same subtype keeps it', () => {
    const id = kit.opened('power-moscow');
    setSubtype(kit.desk, { ...kit.now(id), subtypeId: subtypeOf('power-moscow') }, null);
    setType(kit.desk, { ...kit.now(id), typeId: kit.typeId('power-regions') }, null);
    expect(kit.at(id).subtypeId).toBe(subtypeOf('power-moscow'));
  });

  test('a subtype of another type is refused', () => {
    const id = kit.opened('fibre');
    expect(() =>
      setSubtype(kit.desk, { ...kit.now(id), subtypeId: subtypeOf('power-moscow') }, null),
    ).toThrow(expect.objectContaining({ reason: 'subtype-foreign' }));
  });

  test("the repair's deadline follows its priority, there and back", () => {
    const id = kit.opened('fibre');
    work(id, 'repair');
    const dueAt = () => kit.desk.clocks.ofIncident(id, 'repair')?.dueAt;
    expect(dueAt()).toBeNull();

    const { undo } = setRepairPriority(kit.desk, { ...kit.now(id), repairPriorityId: first() }, null);
    expect(dueAt()).toBe(startOfTest + 24 * hour);
    kit.takeBack(undo);
    expect(dueAt()).toBeNull();
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import { AppError } from '../../shared/errors.ts';
import { assign, dismiss, edit, setStatus } from '../incidents/change-incident.ts';
import { decideForMany } from './bulk.ts';

let kit: UndoKit;
let anna: number;
let igor: number;

beforeEach(() => {
  kit = createUndoKit();
  anna = kit.addPerson('Орлова Анна');
  igor = kit.addPerson('Зуев Игорь');
});

const blank = {
  description: '',
  applicantName: '',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
};
const open = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    kit.open({ ...blank, title: `Щит ${index}`, assigneeId: anna }, anna),
  );
const items = (ids: readonly number[]) => ids.map((id) => ({ id, expected: kit.db.revision() }));
const at = (id: number) => kit.desk.incidents.require(id);
const giveAll = (wanted: ReturnType<typeof items>, personId: number) =>
  decideForMany(kit.desk, 'assign', wanted, anna, (item) => assign(kit.desk, { ...item, personId }, anna));

describe('one decision about many', () => {
  test('changes each that can be changed and says of the others why not', () => {
    const ids = open(4);
    const [first, stale, given, last] = ids as [number, number, number, number];
    const wanted = items(ids);
    edit(kit.desk, { id: stale, expected: kit.db.revision(), title: 'Другое' }, igor);
    assign(kit.desk, { id: given, expected: kit.db.revision(), personId: igor }, igor);

    const outcome = giveAll(
      wanted.map((item) => (item.id === given ? { ...item, expected: kit.db.revision() } : item)),
      igor,
    );

    expect(outcome.changed).toEqual([first, last]);
    expect(outcome.same).toEqual([given]);
    expect(outcome.refused).toEqual([
      expect.objectContaining({ id: stale, code: at(stale).code, error: 'conflict', reason: 'stale' }),
    ]);
    expect(ids.map((id) => at(id).assigneeId)).toEqual([igor, anna, igor, igor]);
  });

  test('leaves nothing of an attempt that was refused half way', () => {
    const [first, second] = open(2) as [number, number];
    const before = kit.desk.journal.ofSubject('incident', second).length;

    decideForMany(kit.desk, 'assign', items([first, second]), anna, (item) => {
      const done = assign(kit.desk, { ...item, personId: igor }, anna);
      if (item.id === second) throw new AppError('conflict', { details: { reason: 'late' } });
      return done;
    });

    expect([at(first).assigneeId, at(second).assigneeId]).toEqual([igor, anna]);
    expect(kit.desk.journal.ofSubject('incident', second)).toHaveLength(before);
  });

  test('tells pages only what has come to stay', () => {
    const [first, second] = open(2) as [number, number];
    const told: number[][] = [];
    kit.db.onCommit(({ incidentIds }) => void told.push([...incidentIds]));

    decideForMany(kit.desk, 'assign', items([first, second]), anna, (item) => {
      const done = assign(kit.desk, { ...item, personId: igor }, anna);
      if (item.id === second) throw new AppError('conflict', { details: { reason: 'late' } });
      return done;
    });

    expect(told).toEqual([[first]]);
  });

  test('is taken back whole by one undo, and put back by another', () => {
    const ids = open(3);
    const outcome = giveAll(items(ids), igor);

    const back = kit.takeBack(outcome.undo, anna);
    expect(ids.map((id) => at(id).assigneeId)).toEqual([anna, anna, anna]);

    const again = kit.takeBack(back.undo, anna);
    expect(ids.map((id) => at(id).assigneeId)).toEqual([igor, igor, igor]);

    kit.takeBack(again.undo, anna);
    expect(ids.map((id) => at(id).assigneeId)).toEqual([anna, anna, anna]);
  });

  test('is taken back without what somebody decided since, and says which that is', () => {
    const ids = open(3);
    const [, touched] = ids as [number, number, number];
    const outcome = giveAll(items(ids), igor);
    assign(kit.desk, { id: touched, expected: kit.db.revision(), personId: null }, igor);

    const back = kit.takeBack(outcome.undo, anna);

    expect(back.refused.map(({ id }) => id)).toEqual([touched]);
    expect(ids.map((id) => at(id).assigneeId)).toEqual([anna, null, anna]);
    expect(() => kit.takeBack(outcome.undo, anna)).toThrow(
      expect.objectContaining({ details: { reason: 'changed-since' } }),
    );
  });

  test('takes the same incident once, however often it is named', () => {
    const [id] = open(1) as [number];
    const outcome = giveAll([...items([id]), ...items([id])], igor);

    expect(outcome).toMatchObject({ changed: [id], refused: [] });
  });

  test('sets aside and closes as one, with one way back', () => {
    const ids = open(2);
    const set = decideForMany(kit.desk, 'dismiss', items(ids), anna, (item) =>
      dismiss(kit.desk, { ...item, ruleId: null }, anna),
    );
    expect(ids.every((id) => at(id).dismissedAt !== null)).toBe(true);

    const back = kit.takeBack(set.undo, anna);
    expect(ids.every((id) => at(id).dismissedAt === null)).toBe(true);

    kit.takeBack(back.undo, anna);
    expect(ids.every((id) => at(id).dismissedAt !== null)).toBe(true);
  });

  test('takes 500 in a moment that no page feels twice', () => {
    const ids = open(500);
    const outcome = decideForMany(kit.desk, 'status', items(ids), anna, (item) =>
      setStatus(kit.desk, { ...item, statusId: kit.statusId('in-progress') }, anna),
    );

    expect(outcome.changed).toHaveLength(500);
    expect(kit.takeBack(outcome.undo, anna).refused).toEqual([]);
    expect(ids.every((id) => at(id).statusId === kit.statusId('new'))).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import type { ClosingProblem } from '../../../../shared/contract/workflow.ts';
import { endOf, isReady, toMends, wantedBy, type ClosingForm } from './closing-form.ts';

const zone = 'Europe/Moscow';
const now = Date.parse('2026-03-04T09:30:20Z');
const empty: ClosingForm = {
  typeId: null,
  subtypeId: null,
  repairPriorityId: null,
  ends: {},
  takesPriority: true,
};
const subtype = (id: number, typeIds: number[], active = true) =>
  ({ id, key: `s${id}`, name: '', nameEn: '', position: id, active, typeIds }) as const;
const known = { subtypeId: null, subtypes: [subtype(1, [7]), subtype(2, [7], false), subtype(3, [8])] };
const running = {
  kind: 'work-running',
  work: 'emergency',
  name: 'АВР',
  nameEn: '',
  startedAt: Date.parse('2026-03-04T09:10:40Z'),
} as const;

test('the subtypes of a type chosen here are asked for too, and only those that are offered', () => {
  const problems: ClosingProblem[] = [{ kind: 'no-type' }];
  expect(wantedBy(problems, empty, known).subtypes).toEqual([]);
  const chosen = { ...empty, typeId: 7 };
  const wanted = wantedBy(problems, chosen, known);
  expect(wanted.subtypes.map(({ id }) => id)).toEqual([1]);
  expect(isReady(wanted, chosen, now, zone)).toBe(false);
  const full = { ...chosen, subtypeId: 1 };
  expect(isReady(wanted, full, now, zone)).toBe(true);
  expect(toMends(wanted, full, now, zone)).toEqual({ typeId: 7, subtypeId: 1 });
  expect(wantedBy(problems, { ...empty, typeId: 9 }, known).subtypes).toEqual([]);
});

test('a subtype that was chosen before and belongs to the type is not asked for again', () => {
  expect(wantedBy([], { ...empty, typeId: 7 }, { ...known, subtypeId: 2 }).subtypes).toEqual([]);
});

describe('the end of a work', () => {
  test('is this very moment unless another is told, and never before it began or in the future', () => {
    expect(endOf(running, undefined, now, zone)).toBe(now);
    expect(endOf(running, '2026-03-04T12:20', now, zone)).toBe(Date.parse('2026-03-04T09:20:00Z'));
    expect(endOf(running, '2026-03-04T12:10', now, zone)).toBe(running.startedAt);
    expect(endOf(running, '2026-03-04T12:09', now, zone)).toBeNull();
    expect(endOf(running, '2026-03-04T12:40', now, zone)).toBeNull();
    expect(endOf(running, '', now, zone)).toBeNull();
  });
});

test('a priority without a repair goes unless it is to stay, and what it depends on bars the way', () => {
  const lonely = wantedBy([{ kind: 'priority-without-repair', repairPriorityId: 4 }], empty, known);
  expect(toMends(lonely, empty, now, zone)).toEqual({ repairPriorityId: null });
  expect(isReady(lonely, { ...empty, takesPriority: false }, now, zone)).toBe(false);

  const barred = wantedBy([{ kind: 'blocker', incidentId: 5, code: 'PLT-5', why: 'subtask' }], empty, known);
  expect(isReady(barred, empty, now, zone)).toBe(false);
});

import type { GroupRow } from '../../shared/contract/reports.ts';
import type { NamedRow } from '../db/report-store.ts';
import type { Verdict } from './facts.ts';
import { spreadOf } from './spread.ts';

export type GroupSum = {
  opened: number;
  closed: number;
  open: number;
  readonly lives: number[];
  /** By the number of the clock. */
  readonly met: number[];
  readonly breached: number[];
};

export type GroupSums = {
  /** The sums of one value of the dimension; null is "none". */
  of(id: number | null): GroupSum;
  /** The most opened first. */
  rows(names: readonly NamedRow[], clocks: number): GroupRow[];
};

export function createSum(): GroupSum {
  return { opened: 0, closed: 0, open: 0, lives: [], met: [], breached: [] };
}

export function addSum(to: GroupSum, from: GroupSum): void {
  to.opened += from.opened;
  to.closed += from.closed;
  to.open += from.open;
  for (const life of from.lives) to.lives.push(life);
  from.met.forEach((count, clock) => (to.met[clock] = (to.met[clock] ?? 0) + count));
  from.breached.forEach((count, clock) => (to.breached[clock] = (to.breached[clock] ?? 0) + count));
}

export function createGroupSums(): GroupSums {
  const sums = new Map<number | null, GroupSum>();
  return {
    of(id) {
      let sum = sums.get(id);
      if (!sum) {
        sum = createSum();
        sums.set(id, sum);
      }
      return sum;
    },
    rows(names, clocks) {
      const nameOf = new Map(names.map(({ id, name }) => [id, name]));
      return [...sums]
        .filter(([, { opened, closed, open }]) => opened + closed + open > 0)
        .map(([id, { opened, closed, open, lives, met, breached }]) => ({
          id,
          name: id === null ? '' : (nameOf.get(id) ?? ''),
          opened,
          closed,
          open,
          life: spreadOf(lives),
          clocks: Array.from({ length: clocks }, (_, index) => ({
            met: met[index] ?? 0,
            breached: breached[index] ?? 0,
          })),
        }))
        .toSorted((a, b) => b.opened - a.opened || b.open - a.open || a.name.localeCompare(b.name));
    },
  };
}

export function countVerdict(sum: GroupSum, clock: number, verdict: Verdict): void {
  if (verdict === 'met') sum.met[clock] = (sum.met[clock] ?? 0) + 1;
  else if (verdict !== 'running') sum.breached[clock] = (sum.breached[clock] ?? 0) + 1;
}

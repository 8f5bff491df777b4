import { beforeAll, expect, test } from 'vitest';
import type { JournalRow } from '../../src/core/db/journal-store.ts';
import type { JournalVerdict } from '../../src/core/journal/journal.ts';
import { createJournalStore } from '../../src/core/db/journal-store.ts';
import { type AssignmentReport, checkAssignments } from '../support/check-assignments.ts';
import type { ShiftKit } from '../support/shift-kit.ts';
import { playWeek } from '../support/week-of-work.ts';

/**
 * CI plays one day. The whole week: `PULT_WEEK_INCIDENTS=3000 PULT_WEEK_DAYS=7 npm exec -- vitest run
 * test/integration/week-simulation.test.ts`; what it gave stands in docs/week-simulation.md.
 */
const plan = {
  incidents: Number(process.env['PULT_WEEK_INCIDENTS'] ?? 400),
  days: Number(process.env['PULT_WEEK_DAYS'] ?? 1),
  seed: Number(process.env['PULT_WEEK_SEED'] ?? 1),
};

let kit: ShiftKit;
let rows: readonly JournalRow[];
let report: AssignmentReport;

beforeAll(async () => {
  kit = await playWeek(plan);
  rows = createJournalStore(kit.db).page(0, 10_000_000);
  report = checkAssignments(rows, finishing());
  if (process.env['PULT_WEEK_DAYS'] !== undefined)
    console.log(JSON.stringify({ ...report, rows: rows.length }));
}, 1_800_000);

const finishing = () =>
  new Set(
    kit.stores.reference
      .statuses()
      .filter((status) => status.finishes)
      .map(({ id }) => id),
  );

test('every dispatcher chosen by the desk had the least of those on duty at that instant', () => {
  expect(report.wrong).toEqual([]);
  expect(report.incidents).toBe(plan.incidents);
  // Letters, starts of shifts and people who left: each way of choosing was played.
  expect(Object.keys(report.reasons).toSorted()).toEqual(['least-busy', 'shift-ended', 'shift-started']);
  expect(report.decisions).toBeGreaterThanOrEqual(plan.incidents);
});

test('no incident waits longer than a second while somebody is on duty', () => {
  expect(report.waited).toBeGreaterThan(0);
  expect(report.longestWaitMs).toBeLessThanOrEqual(1000);
});

test('the journal of the week is whole', async () => {
  let verdict: JournalVerdict | undefined;
  const done = kit.desk.journal.verify().then((found) => {
    verdict = found;
  });
  // It lets others run now and then, by the clock that stands still here.
  while (!verdict) await kit.clock.advance(1);
  await done;

  expect(verdict).toMatchObject({ ok: true, entries: rows.length });
});

test('the check finds one decision for somebody else among all of them', () => {
  const at = rows.findIndex(
    ({ kind, payload }, index) =>
      index > rows.length / 2 && kind === 'incident.assigned' && payload.includes('least-busy'),
  );
  const forged = rows.map((row, index) =>
    index === at
      ? {
          ...row,
          payload: row.payload.replace(/"to":(\d+)/, (_, to: string) => `"to":${busier(Number(to))}`),
        }
      : row,
  );

  expect(checkAssignments(forged, finishing()).wrong[0]).toMatch(new RegExp(`^${rows[at]?.sequence}: `));
});

const busier = (personId: number): number => (personId % 12) + 1;

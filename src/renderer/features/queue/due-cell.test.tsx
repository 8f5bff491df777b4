import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createFakeDesk, makeRow } from '../../../../test/support/fake-desk.tsx';
import { renderDesk } from '../../../../test/support/render-desk.tsx';
import { DueCell } from './due-cell.tsx';

const noon = Date.UTC(2026, 10, 21, 9);
const minute = 60_000;

const clock = {
  kind: 'sla',
  name: 'Срок заявки',
  nameEn: 'Incident deadline',
  startedAt: noon - 60 * minute,
  targetMs: 240 * minute,
  riskAt: noon + 120 * minute,
  dueAt: noon + 180 * minute,
  pausedAt: null,
  remainingMs: null,
  merged: false,
  pauseReason: null,
  endedAt: null,
};

test('a running clock shows what is left and, on hover, until when', async () => {
  const { desk } = createFakeDesk({}, () => noon);
  await renderDesk(desk, <DueCell row={makeRow({ id: 1, typeId: 1, clock })} />);

  await expect.element(page.getByText(/03:00:00/)).toBeVisible();
  await expect.element(page.getByTitle(/Срок 21 ноября 2026/)).toBeInTheDocument();
});

test('an overdue clock is told by word as well as by colour', async () => {
  const { desk } = createFakeDesk({}, () => noon);
  const late = { ...clock, riskAt: noon - 30 * minute, dueAt: noon - 12 * minute - 4000 };
  await renderDesk(desk, <DueCell row={makeRow({ id: 1, typeId: 1, clock: late })} />);

  await expect.element(page.getByText(/−00:12:04/)).toBeVisible();
  await expect.element(page.getByText(/просрочен/).first()).toBeInTheDocument();
});

test('without a type there is no deadline, and the cell says why', async () => {
  const { desk } = createFakeDesk({}, () => noon);
  const open = { ...clock, targetMs: null, riskAt: null, dueAt: null };
  await renderDesk(desk, <DueCell row={makeRow({ id: 1, clock: open })} />);

  await expect.element(page.getByText('нет типа')).toBeVisible();
});

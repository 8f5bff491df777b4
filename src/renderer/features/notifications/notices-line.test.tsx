import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { nightAt, nightClimb } from '../../../../test/support/sample-notices.ts';
import type { NotificationClimb } from '../../../shared/contract/notifications.ts';
import { NoticesLine } from './notices-line.tsx';
import { ladderLines } from './pick-line.ts';

async function show(climbs: readonly NotificationClimb[], more = 0, scheme: 'dark' | 'light' = 'dark') {
  const page = createFakePage({ 'notifications.ofIncident': () => ({ climbs, more }) }, scheme);
  page.desk.shell.setState({ zone: 'Europe/Moscow' });
  const screen = await render(
    <page.Page>
      <ul style={{ inlineSize: 620 }} aria-label="Что с инцидентом сейчас">
        <NoticesLine incidentId={7} />
      </ul>
    </page.Page>,
  );
  return { screen, page };
}

test('an incident nobody was told of has no line', async () => {
  const { screen } = await show([]);

  await expect.element(screen.getByRole('listitem')).not.toBeInTheDocument();
});

test('the whole ladder is one line: who, by what, when and how far, and how it ended', async () => {
  const { screen } = await show([nightClimb()]);
  const line = screen.getByRole('listitem', { name: 'Кого и как оповестили' });

  await expect
    .poll(() => line.element().textContent)
    .toMatch(
      /Олег Самойлов.*Подтверждено.*Telegram: прочитано в 03:03:00.*Почта: не ушло в 03:07:00.*SMS: подтверждено в 03:14:00/,
    );
  expect(line.element().getBoundingClientRect().height).toBeLessThan(40);
});

test('it unfolds into the steps with their reasons, and folds again', async () => {
  const { screen } = await show([nightClimb()], 3);
  await expect.element(screen.getByText('и ещё 3')).toBeVisible();

  await screen.getByRole('button', { name: 'Подробно' }).click();
  await expect.element(screen.getByText(/дошло, но за 5\sмин не подтвердил/)).toBeVisible();
  await expect.element(screen.getByText(/Ещё 3 оповещения/)).toBeVisible();
  await screen.getByRole('button', { name: 'Свернуть' }).click();

  await expect.element(screen.getByText(/дошло, но за 5\sмин не подтвердил/)).not.toBeInTheDocument();
});

test('those it was passed on between stand in one line, and what is under way comes first', () => {
  const chain = [
    { id: 41, party: null, state: 'not-reached' as const },
    { id: 42, party: null, state: 'climbing' as const },
  ];
  const first = { ...nightClimb({ id: 41, state: 'not-reached' }), chain };
  const second = { ...nightClimb({ id: 42, state: 'climbing', createdAt: nightAt + 900_000 }), chain };
  const later = nightClimb({ id: 50, createdAt: nightAt + 3_600_000 });

  const lines = ladderLines([first, later, second]);

  expect(lines.map(({ climbs }) => climbs.map(({ row }) => row.id))).toEqual([[41, 42], [50]]);
});

test.each(['dark', 'light'] as const)('keeps nobody out in the %s theme', async (scheme) => {
  const { screen } = await show([nightClimb()], 0, scheme);
  await screen.getByRole('button', { name: 'Подробно' }).click();

  expect(await findBarriers()).toEqual([]);
});

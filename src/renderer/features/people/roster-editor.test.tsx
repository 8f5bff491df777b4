import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { RosterEditor } from './roster-editor.tsx';

type Saved = { readonly rules: readonly object[] };

async function openRoster() {
  const saved: Saved[] = [];
  const page = createFakePage({ 'people.saveRoster': (input: Saved) => void saved.push(input) });
  const screen = await render(
    <page.Page>
      <RosterEditor personId={2} rules={[]} zone="Europe/Moscow" />
    </page.Page>,
  );
  return { screen, saved };
}

test('a night shift says that it ends on the next day, and is saved so', async () => {
  const { screen, saved } = await openRoster();

  await screen.getByRole('button', { name: '+ Ночь 20–08' }).click();
  await expect.element(screen.getByText('до 08:00 следующего дня')).toBeVisible();
  await screen.getByRole('button', { name: 'Сб' }).click();
  await screen.getByRole('button', { name: 'Сохранить график' }).click();

  await expect
    .poll(() => saved)
    .toEqual([
      {
        personId: 2,
        rules: [{ weekdays: 0b0111111, startsMinute: 1200, endsMinute: 480, zone: 'Europe/Moscow' }],
      },
    ]);
});

test('a shift within the day ends on that day, one around the clock on the next', async () => {
  const { screen } = await openRoster();
  await screen.getByRole('button', { name: '+ Ночь 20–08' }).click();
  const ends = screen.getByLabelText('Конец');

  await ends.fill('23:00');
  await expect.element(screen.getByText('до 23:00', { exact: true })).toBeVisible();

  await ends.fill('20:00');
  await expect.element(screen.getByText('сутки, до 20:00 следующего дня')).toBeVisible();
});

test('a rule without a day cannot be saved', async () => {
  const { screen } = await openRoster();
  await screen.getByRole('button', { name: '+ Сутки с 08' }).click();

  await screen.getByRole('button', { name: 'Пн' }).click();

  await expect.element(screen.getByText('Выберите хотя бы один день')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Сохранить график' })).toBeDisabled();
});

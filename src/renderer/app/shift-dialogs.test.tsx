import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../test/support/fake-page.tsx';
import { ShiftBar } from './shift-dialogs.tsx';

async function openBar(prompt: 'roster' | 'hand' | null, isNew: boolean) {
  const { desk, Page } = createFakePage({
    'shift.state': () => ({ next: [], left: [], waiting: [], channels: [], prompt }),
  });
  const app = { ...desk, reconnect: () => undefined };
  app.session.store.setState({ isNew });
  let asked = 0;
  await render(
    <Page>
      <ShiftBar desk={app} onBegin={() => (asked += 1)} />
      <p>дальше</p>
    </Page>,
  );
  return { asked: () => asked };
}

const bar = () => page.getByText('Смена идёт, а звук ещё не проверен и передача не принята.');

test('whom the roster has brought is asked at the sign-in, and by a bar until it is done', async () => {
  const { asked } = await openBar('roster', true);

  await expect.element(bar()).toBeVisible();
  expect(asked()).toBe(1);
  await page.getByRole('button', { name: 'Пройти начало смены' }).click();
  expect(asked()).toBe(2);
});

test('whoever only reloads the page is not stopped in what they do', async () => {
  const { asked } = await openBar('roster', false);

  await expect.element(bar()).toBeVisible();
  expect(asked()).toBe(0);
});

test.each(['hand', null] as const)('nobody is reminded after %s', async (prompt) => {
  const { asked } = await openBar(prompt, true);
  await expect.element(page.getByText('дальше')).toBeVisible();

  expect([asked(), bar().elements().length]).toEqual([0, 0]);
});

import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { Reminder } from '../../../shared/contract/workflow.ts';
import { Reminders } from './reminders.tsx';

afterEach(() => cleanup());

const hour = 3_600_000;

async function show(first: readonly Reminder[], scheme: 'dark' | 'light' = 'dark') {
  let reminders = first;
  const done: number[] = [];
  const fake = createFakePage(
    {
      'workflow.reminders': () => ({ reminders }),
      'workflow.finishReminder': ({ id }: { readonly id: number }) => {
        done.push(id);
        reminders = reminders.filter((reminder) => reminder.id !== id);
        return { undo: 5 };
      },
    },
    scheme,
  );
  await render(
    <fake.Page>
      <Reminders className={undefined} />
    </fake.Page>,
  );
  return { done, tell: () => fake.tell('personal') };
}

const call = {
  id: 1,
  incidentId: 42,
  code: 'PLT-1042',
  title: 'Нет питания',
  at: Date.now() + hour,
  text: 'Позвонить энергетикам',
} as const;

test("one's own reminders are counted, told with their incident, and done with by a press", async () => {
  const { done, tell } = await show([{ ...call, id: 2, at: Date.now() - hour, text: '' }, call]);
  await page.getByRole('button', { name: '2 напоминания' }).click();
  const list = page.getByRole('list', { name: 'Мои напоминания' });
  await expect.element(list.getByText('Позвонить энергетикам')).toBeVisible();
  await expect.element(list.getByText(/^было/)).toBeVisible();
  await expect
    .element(list.getByRole('link', { name: 'PLT-1042' }).first())
    .toHaveAttribute('href', expect.stringContaining('42'));

  await list.getByRole('button', { name: 'Сделано: Позвонить энергетикам' }).click();
  await expect.poll(() => done).toEqual([1]);
  tell();
  await expect.element(list.getByText('Позвонить энергетикам')).not.toBeInTheDocument();
});

test('no place is taken while there are none', async () => {
  await show([]);
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of the reminders in the %s theme',
  async (scheme) => {
    await show([call], scheme);
    await page.getByRole('button', { name: '1 напоминание' }).click();
    await expect.element(page.getByRole('list', { name: 'Мои напоминания' })).toBeVisible();
    expect(await findBarriers()).toEqual([]);
  },
);

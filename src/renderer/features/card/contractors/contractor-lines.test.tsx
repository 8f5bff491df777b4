import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { ContractorRequestView } from '../../../../shared/contract/calls.ts';
import { ContractorLines } from './contractor-lines.tsx';

afterEach(() => cleanup());

const minute = 60_000;

async function show(request: Partial<ContractorRequestView>, scheme: 'dark' | 'light' = 'dark') {
  const asked: unknown[] = [];
  const whole: ContractorRequestView = {
    id: 3,
    incidentId: 42,
    contactId: 5,
    name: 'ООО «Мачта-Сервис»',
    messageId: 7,
    notificationId: null,
    code: 'K7T2MX',
    state: 'waiting',
    askedAt: Date.now() - 90 * minute,
    answeredAt: null,
    silentAt: Date.now() - 30 * minute,
    phone: '+7 900 555-07-11',
    remindable: true,
    revision: 9,
    ...request,
  };
  const fake = createFakePage(
    {
      'calls.contractors': () => ({ requests: [whole] }),
      'calls.remindContractor': (input: unknown) => {
        asked.push(['remind', input]);
        return {};
      },
      'calls.markContractor': (input: unknown) => {
        asked.push(['mark', input]);
        return { undo: 12 };
      },
    },
    scheme,
  );
  await render(
    <fake.Page>
      <ul aria-label="Состояния">
        <ContractorLines incidentId={42} />
      </ul>
    </fake.Page>,
  );
  return asked;
}

test('a contractor who says nothing is shown with how long, a telephone and a reminder', async () => {
  const asked = await show({});
  await expect.element(page.getByText(/передачу не подтвердили, молчат 1 ч/)).toBeVisible();
  await expect.element(page.getByText(/тел\. \+7 900 555-07-11/)).toBeVisible();
  await page.getByRole('button', { name: 'Напомнить' }).click();
  await expect.poll(() => asked).toEqual([['remind', { id: 3, expected: 9 }]]);
});

test('what the contractor says by telephone is put down from the menu, and only what is still to be said', async () => {
  const asked = await show({ state: 'on-the-way', answeredAt: Date.now() - minute });
  await expect.element(page.getByText('ООО «Мачта-Сервис»: в пути')).toBeVisible();
  await page.getByRole('button', { name: 'Отметить ответ: ООО «Мачта-Сервис»' }).click();
  await expect.element(page.getByRole('menuitem', { name: 'Выполнено' })).toBeVisible();
  expect(page.getByRole('menuitem', { name: 'Подтвердили' }).query()).toBeNull();
  await page.getByRole('menuitem', { name: 'Выполнено' }).click();
  await expect.poll(() => asked).toEqual([['mark', { id: 3, expected: 9, verb: 'done' }]]);
});

test('a letter that has not left yet is not waited for, and nobody is called silent', async () => {
  await show({ silentAt: null, askedAt: Date.now() });
  await expect.element(page.getByText(/письмо с передачей ещё не ушло/)).toBeVisible();
  expect(page.getByRole('button', { name: 'Напомнить' }).query()).toBeNull();
});

for (const scheme of ['dark', 'light'] as const) {
  test(`the lines are readable for everybody (${scheme})`, async () => {
    await show({}, scheme);
    await expect.element(page.getByText(/молчат/)).toBeVisible();
    expect(await findBarriers()).toEqual([]);
  });
}

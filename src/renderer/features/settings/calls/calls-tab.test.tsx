import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { CallSettings } from '../../../../shared/contract/calls.ts';
import { CallsTab } from './calls-tab.tsx';

afterEach(() => cleanup());

const settings: CallSettings = {
  normal: { answer: 60, accept: 120, arrive: 480, complete: 1440 },
  urgent: { answer: 20, accept: 60, arrive: 240, complete: 480 },
  critical: { answer: 10, accept: 30, arrive: 120, complete: 240 },
  contractorMinutes: 60,
  asksContractors: true,
  pagesLead: 'high',
};

async function openTab(scheme: 'dark' | 'light' = 'dark') {
  const saved: unknown[] = [];
  const { Page } = createFakePage(
    {
      'calls.settings': () => ({ settings }),
      'calls.saveSettings': (input: unknown) => {
        saved.push(input);
        return {};
      },
    },
    scheme,
  );
  await render(
    <Page>
      <CallsTab />
    </Page>,
  );
  await expect.element(page.getByLabelText('Критичный: Ждать ответа одного')).toHaveValue('10');
  return saved;
}

test('how long a technician is waited for is set by urgency, and the contractor beside it', async () => {
  const saved = await openTab();
  await page.getByLabelText('Критичный: Ждать ответа одного').fill('5');
  await page.getByLabelText('Через сколько минут молчания подрядчика звучит сигнал').fill('90');
  await page.getByRole('switch', { name: 'Просить подрядчика подтвердить передачу' }).click();
  await page.getByText('О всех').click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => saved)
    .toEqual([
      {
        settings: {
          ...settings,
          critical: { ...settings.critical, answer: 5 },
          contractorMinutes: 90,
          asksContractors: false,
          pagesLead: 'always',
        },
      },
    ]);
});

test('a number that cannot be is told and not saved', async () => {
  const saved = await openTab();
  await page.getByLabelText('Обычный: Принять вызов').fill('0');
  await expect.element(page.getByText('От 1 до 10080')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
  expect(saved).toEqual([]);
});

for (const scheme of ['dark', 'light'] as const) {
  test(`the norms are readable for everybody (${scheme})`, async () => {
    await openTab(scheme);
    expect(await findBarriers()).toEqual([]);
  });
}

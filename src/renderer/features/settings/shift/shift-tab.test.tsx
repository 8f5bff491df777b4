import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import { makeChannel } from '../../../../../test/support/fake-shift.ts';
import type { ShiftSettings } from '../../../../shared/contract/shift.ts';
import { ShiftTab } from './shift-tab.tsx';

const settings: ShiftSettings = {
  handoverMinutes: 15,
  leftWork: 'offer',
  shellAfterMinutes: 3,
  silence: true,
  silenceBound: 0.001,
  silenceMinutes: 20,
  silenceCloses: true,
};

async function openTab(scheme: 'dark' | 'light' = 'dark') {
  const saved: unknown[] = [];
  const { Page } = createFakePage(
    {
      'shift.settings': () => ({ settings }),
      'shift.state': () => ({ next: [], left: [], waiting: [], channels: [makeChannel()], prompt: null }),
      'shift.saveSettings': (input: unknown) => void saved.push(input),
      'shift.saveChannel': (input: unknown) => void saved.push(input),
    },
    scheme,
  );
  await render(
    <Page>
      <ShiftTab />
    </Page>,
  );
  await expect.element(page.getByLabelText('Минут молчания: Диспетчерская')).toBeVisible();
  return saved;
}

test('what is silence for the desk is chosen in words and saved', async () => {
  const saved = await openTab();

  await page.getByRole('combobox', { name: 'Чуткость', exact: true }).click();
  await page.getByRole('option', { name: /^Очень чутко/ }).click();
  await page.getByLabelText('Не раньше чем через столько минут молчания').fill('30');
  await page.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => saved)
    .toEqual([{ settings: { ...settings, silenceBound: 0.15, silenceMinutes: 30 } }]);
});

test('one channel may have its own patience, or none is kept with it', async () => {
  const saved = await openTab();

  await page.getByLabelText('Минут молчания: Диспетчерская').fill('90');
  await page.getByRole('combobox', { name: 'Чуткость: Диспетчерская' }).click();
  await expect
    .poll(() => saved.at(-1))
    .toEqual({ source: 'mail:1', enabled: true, bound: null, minMinutes: 90 });

  await page.getByRole('option', { name: /^Обычно чутко/ }).click();
  await expect.poll(() => saved.at(-1)).toMatchObject({ source: 'mail:1', bound: 0.01 });
});

test('a number out of its bounds is said at the field and not saved', async () => {
  await openTab();

  await page.getByLabelText('Не раньше чем через столько минут молчания').fill('2');

  await expect.element(page.getByText('Число от 5 до 720')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of these settings in the %s theme',
  async (scheme) => {
    await openTab(scheme);

    expect(await findBarriers()).toEqual([]);
  },
);

import { useState } from 'react';
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { SettingsScreen } from './settings-screen.tsx';

function Settings() {
  const [tab, setTab] = useState('look');
  return (
    <div style={{ blockSize: '100vh' }}>
      <SettingsScreen tab={tab} onTab={setTab} onShowKeys={() => undefined} telegram={null} />
    </div>
  );
}

async function openSettings() {
  const page = createFakePage({});
  return render(
    <page.Page>
      <Settings />
    </page.Page>,
  );
}

test('the sections stand in one list, and the arrows walk through all its groups', async () => {
  const screen = await openSettings();
  const look = screen.getByRole('tab', { name: 'Вид' });
  await expect.element(look).toHaveAttribute('aria-selected', 'true');
  await expect.element(screen.getByText('Рабочее место')).toBeVisible();

  (look.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(screen.getByRole('tab', { name: 'Пульт' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(screen.getByRole('tab', { name: 'Почта' })).toHaveAttribute('aria-selected', 'true');
});

test.each([1280, 820])('at a width of %i the list and its section stand beside each other', async (width) => {
  await browser.viewport(width, 800);
  const screen = await openSettings();
  await expect.element(screen.getByRole('tabpanel')).toBeVisible();
  const list = screen.getByRole('tablist').element().getBoundingClientRect();
  const section = screen.getByRole('tabpanel').element().getBoundingClientRect();
  expect(section.left).toBeGreaterThanOrEqual(list.right - 1);
  expect(section.right).toBeLessThanOrEqual(width + 1);
  expect(await findBarriers()).toEqual([]);
});

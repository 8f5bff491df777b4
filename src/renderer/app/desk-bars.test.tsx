import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../test/support/fake-page.tsx';
import type { HealthView } from '../../shared/contract/common.ts';
import { Channels } from './channels.tsx';
import { DeskBars } from './desk-bars.tsx';

async function openFrame(services: Readonly<Record<string, { title: string; health: HealthView }>>) {
  const { desk, Page } = createFakePage({});
  const app = { ...desk, reconnect: () => undefined };
  desk.router.go({ page: 'queue', incidentId: null });
  desk.shell.setState({
    zone: 'Europe/Moscow',
    system: {
      services,
      outbox: { waiting: 0, unknown: 0, failed: 0 },
      quarantine: 0,
      disk: { state: 'ok', freeBytes: 1e11 },
      unassigned: 0,
      onDuty: 1,
      now: 0,
    },
  });
  const screen = await render(
    <Page>
      <Channels desk={app} />
      <DeskBars desk={app} />
    </Page>,
  );
  return { desk, screen };
}

const lost: HealthView = { state: 'needs-attention', reason: 'session-revoked' };

test('an account signed out elsewhere stands across the page with the way back', async () => {
  const { screen, desk } = await openFrame({ 'telegram:1': { title: 'Смена АВР', health: lost } });
  await expect
    .element(
      screen.getByRole('alert').getByText(/Telegram, Смена АВР: Сеанс Пульта завершили на другом устройстве/),
    )
    .toBeVisible();
  const store = desk.router.store;
  const route = { page: 'settings', tab: 'telegram' } as const;

  await screen.getByRole('button', { name: 'Войти снова' }).click();
  store.setState({ route });

  expect(location.hash).toBe('#/settings/telegram');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('an account that is only out of reach needs no bar: the dot says it', async () => {
  const { screen } = await openFrame({
    'telegram:1': {
      title: 'Смена АВР',
      health: { state: 'degraded', reason: 'timeout', facts: { lastUpdateAt: Date.now() } },
    },
  });
  expect(screen.getByRole('alert').elements()).toHaveLength(0);

  await screen.getByRole('button', { name: 'Состояние канала «Telegram»: с перебоями' }).click();

  await expect.element(screen.getByText(/Telegram не ответил вовремя/)).toBeVisible();
  await expect.element(screen.getByText('Последнее обновление')).toBeVisible();
});

test('before the first account the dot leads to where one signs in', async () => {
  const { screen } = await openFrame({});
  await screen.getByRole('button', { name: /Состояние канала «Telegram»/ }).click();
  await expect.element(screen.getByText('Telegram ещё не подключён')).toBeVisible();

  await screen.getByRole('button', { name: 'Аккаунты Telegram' }).click();

  expect(location.hash).toBe('#/settings/telegram');
});

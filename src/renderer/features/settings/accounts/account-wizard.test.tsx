import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import { AccountWizard } from './account-wizard.tsx';

const presets: readonly AccountPreset[] = [
  {
    key: 'yandex',
    title: 'Яндекс Почта',
    domains: ['yandex.ru'],
    imap: { host: 'imap.yandex.example', port: 993, security: 'tls' },
    smtp: { host: 'smtp.yandex.example', port: 465, security: 'tls' },
    sentCopy: 'append',
    hint: 'accountHint.yandex',
    oauth: null,
  },
  {
    key: 'exchange-online',
    title: 'Exchange Online',
    domains: [],
    imap: { host: 'outlook.example', port: 993, security: 'tls' },
    smtp: { host: 'outlook.example', port: 587, security: 'starttls' },
    sentCopy: 'provider',
    hint: 'accountHint.exchange-online',
    oauth: { provider: 'microsoft', required: true, codes: true },
  },
];
const good = { ok: true, reason: null, detail: null };
const refused = { ok: false, reason: 'app-password-required', detail: 'NO [AUTH] application password' };

async function openWizard() {
  const saved: { settings: object; password: string; opensFrom: number | null }[] = [];
  const page = createFakePage({
    'accounts.list': () => ({ accounts: [], presets }),
    'accounts.test': ({ password }: { password: string }) =>
      password === 'app-secret'
        ? { imap: good, smtp: good, folders: { inbox: 12, sentPath: 'Отправленные' } }
        : { imap: refused, smtp: refused, folders: null },
    'accounts.save': (input: (typeof saved)[number]) => {
      saved.push(input);
      return { id: 1 };
    },
  });
  const onDone = vi.fn<(address: string) => void>();
  const screen = await render(
    <page.Page>
      <AccountWizard onDone={onDone} onCancel={() => undefined} cancelLabel="Позже" />
    </page.Page>,
  );
  await screen.getByRole('button', { name: /Яндекс/ }).click();
  await screen.getByLabelText('Адрес ящика').fill('avr@yandex.example');
  return { screen, saved, onDone };
}

test('a wrong password is named with what to do, and nothing typed is lost', async () => {
  const { screen } = await openWizard();
  await screen.getByLabelText('Пароль', { exact: true }).fill('my-usual-password');

  await screen.getByRole('button', { name: 'Проверить подключение' }).click();

  await expect.element(screen.getByText('Входящие: не получилось')).toBeVisible();
  await expect.element(screen.getByText(/Сервер требует пароль приложения/).first()).toBeVisible();
  await expect.element(screen.getByText(/id\.yandex\.ru/)).toBeVisible();
  await expect.element(screen.getByLabelText('Пароль', { exact: true })).toHaveValue('my-usual-password');
});

test('after the right password it asks from when letters open incidents, and connects', async () => {
  const { screen, saved, onDone } = await openWizard();
  await screen.getByLabelText('Пароль', { exact: true }).fill('wrong');
  await screen.getByRole('button', { name: 'Проверить подключение' }).click();
  await screen.getByLabelText('Пароль', { exact: true }).fill('app-secret');
  await screen.getByRole('button', { name: 'Проверить ещё раз' }).click();

  await expect.element(screen.getByText('С какого времени письма открывают инциденты')).toBeVisible();
  await screen.getByRole('button', { name: 'Подключить' }).click();

  await expect.poll(() => onDone.mock.calls).toEqual([['avr@yandex.example']]);
  expect(saved[0]).toMatchObject({
    password: 'app-secret',
    opensFrom: null,
    settings: { userName: 'avr@yandex.example', imap: { host: 'imap.yandex.example' } },
  });
});

test('going back to the providers keeps address and password', async () => {
  const { screen } = await openWizard();
  await screen.getByLabelText('Пароль', { exact: true }).fill('app-secret');

  await screen.getByRole('button', { name: 'Назад' }).click();
  await expect.element(screen.getByRole('button', { name: /Exchange Online/ })).toBeEnabled();
  await screen.getByRole('button', { name: /Яндекс/ }).click();

  await expect.element(screen.getByLabelText('Адрес ящика')).toHaveValue('avr@yandex.example');
  await expect.element(screen.getByLabelText('Пароль', { exact: true })).toHaveValue('app-secret');
});

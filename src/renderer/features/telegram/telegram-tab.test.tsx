import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { createFakeTelegram, makeTelegramAccount } from '../../../../test/support/fake-telegram.ts';
import { AppError } from '../../../shared/errors.ts';
import { TelegramTab } from './telegram-tab.tsx';

async function openTab(options: Parameters<typeof createFakeTelegram>[0] = {}) {
  const telegram = createFakeTelegram(options);
  const page = createFakePage(telegram.answers);
  const screen = await render(
    <page.Page>
      <TelegramTab />
    </page.Page>,
  );
  return { telegram, page, screen };
}

async function openKey() {
  const opened = await openTab({ apiId: null });
  await opened.screen.getByLabelText('api_id').fill('1234567');
  await opened.screen.getByLabelText('api_hash').fill('0123456789abcdef0123456789ABCDEF');
  return { ...opened, save: opened.screen.getByRole('button', { name: 'Проверить и сохранить' }) };
}

test('without a key nothing but the key is asked for', async () => {
  const { screen, telegram } = await openTab({ apiId: null });
  await expect.element(screen.getByText(/API development tools/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Войти в Telegram' }).elements()).toHaveLength(0);

  await screen.getByLabelText('api_id').fill('my id');
  await screen.getByRole('button', { name: 'Проверить и сохранить' }).click();

  await expect.element(screen.getByText('api_id — число, без пробелов и букв')).toBeVisible();
  expect(telegram.asked).toEqual([]);
});

test('a key that Telegram refuses cannot be kept', async () => {
  const { screen, telegram, save } = await openKey();
  telegram.fail('saveApi', new AppError('denied', { details: { reason: 'api-refused' } }));

  await save.click();

  await expect.element(screen.getByRole('alert').getByText(/Сверьте их с my\.telegram\.org/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Сохранить без проверки' }).elements()).toHaveLength(0);
});

test('with the network away the key can be kept unchecked', async () => {
  const { screen, telegram, save } = await openKey();
  telegram.fail('saveApi', new AppError('unavailable', { details: { reason: 'network-unreachable' } }));
  await save.click();
  await expect.element(screen.getByRole('alert').getByText(/нет связи/)).toBeVisible();

  telegram.fail('saveApi', null);
  await screen.getByRole('button', { name: 'Сохранить без проверки' }).click();

  await expect
    .poll(() => telegram.asked.at(-1))
    .toEqual(['saveApi', { apiId: 1_234_567, apiHash: '0123456789abcdef0123456789ABCDEF', force: true }]);
});

test('an account shows who it is, how it is, and what it waits for', async () => {
  const { screen } = await openTab({
    accounts: [
      makeTelegramAccount({
        state: 'reconnecting',
        reason: 'network-unreachable',
        pauses: [{ method: 'messages.SendMessage', until: Date.now() + 77_000 }],
      }),
    ],
  });

  await expect.element(screen.getByText('Смена АВР')).toBeVisible();
  await expect
    .element(screen.getByText(/восстанавливает связь · @avr_shift · \+7 ••• •••-••-12 · вход/))
    .toBeVisible();
  await expect.element(screen.getByText(/Нет связи с Telegram/)).toBeVisible();
  await expect
    .element(screen.getByText(/Пауза по просьбе Telegram, отправка сообщений: ещё 00:01:1\d/))
    .toBeVisible();
});

test('an account that was signed out elsewhere says why and can sign in again', async () => {
  const { screen } = await openTab({
    accounts: [makeTelegramAccount({ state: 'signed-out', reason: 'session-revoked' })],
  });
  await expect.element(screen.getByText(/Сеанс Пульта завершили на другом устройстве/)).toBeVisible();

  await screen.getByRole('button', { name: 'Войти снова: Смена АВР' }).click();

  await expect.element(screen.getByRole('heading', { name: 'Вход снова: Смена АВР' })).toHaveFocus();
});

test('the session is told with where its key lies', async () => {
  const { screen } = await openTab({ accounts: [makeTelegramAccount()] });

  await screen.getByRole('button', { name: 'Сеанс: Смена АВР' }).click();

  await expect.element(screen.getByText('Pult, Linux')).toBeVisible();
  await expect.element(screen.getByText(/зашифрован ключом из файла/)).toBeVisible();
  await expect.element(screen.getByText('GramJS 2.26.22')).toBeVisible();
});

test('a log-out that Telegram did not hear of sends one to the phone, by the name of the device', async () => {
  const { screen, telegram } = await openTab({ accounts: [makeTelegramAccount()] });
  await screen.getByRole('button', { name: 'Выйти: Смена АВР' }).click();
  await expect.element(screen.getByText(/Telegram завершит сеанс Пульта/)).toBeVisible();
  expect(telegram.asked).toEqual([]);

  await screen.getByRole('dialog').getByRole('button', { name: 'Выйти', exact: true }).click();

  await expect.poll(() => telegram.asked).toEqual([['logOut', { accountId: 1 }]]);
  await expect
    .element(
      screen.getByRole('alert').getByText(/«Настройки» → «Устройства» → Pult, Linux → «Завершить сеанс»/),
    )
    .toBeVisible();
});

test('a log-out that fails offers to forget the session at once', async () => {
  const { screen, telegram } = await openTab({ accounts: [makeTelegramAccount()] });
  telegram.fail('logOut', new AppError('timeout', { details: { reason: 'timeout' } }));
  await screen.getByRole('button', { name: 'Выйти: Смена АВР' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Выйти', exact: true }).click();
  await expect.element(dialog.getByRole('alert').getByText(/Telegram не ответил вовремя/)).toBeVisible();

  await dialog.getByRole('button', { name: 'Забыть сеанс сейчас' }).click();
  await expect.element(screen.getByText(/сотрётся с этого диска сразу/)).toBeVisible();
  await screen.getByRole('dialog').getByRole('button', { name: 'Забыть сеанс сейчас' }).click();

  await expect.poll(() => telegram.asked.at(-1)).toEqual(['reset', { accountId: 1 }]);
});

test('a signed-out account is removed only after its question', async () => {
  const { screen, telegram } = await openTab({
    accounts: [makeTelegramAccount({ state: 'signed-out', reason: 'signed-out' })],
  });
  await screen.getByRole('button', { name: 'Убрать из списка: Смена АВР' }).click();
  expect(telegram.asked).toEqual([]);

  await screen.getByRole('dialog').getByRole('button', { name: 'Убрать из списка' }).click();

  await expect.poll(() => telegram.asked).toEqual([['remove', { accountId: 1 }]]);
});

test('the journal names each attempt, what came of it and who made it', async () => {
  const at = Date.now() - 60_000;
  const { screen, page } = await openTab({
    attempts: [
      { id: 3, at, kind: 'code', result: 'code-wrong', actorId: 7 },
      { id: 2, at, kind: 'phone', result: 'ok', actorId: 7 },
      { id: 1, at, kind: 'qr', result: 'cancelled', actorId: null },
    ],
  });
  page.desk.people.setState({
    people: new Map([
      [
        7,
        {
          id: 7,
          name: 'Анна Ветрова',
          role: 'dispatcher',
          email: '',
          phone: '',
          addresses: [],
          active: true,
          hasPin: false,
          onDutySince: null,
          load: 0,
        },
      ],
    ]),
  });

  const table = screen.getByRole('table', { name: 'Журнал входов' });
  await expect
    .element(table.getByRole('row', { name: /Ввод кода .*неверный код Анна Ветрова/ }))
    .toBeVisible();
  await expect.element(table.getByRole('row', { name: /Запрос кода .*получилось/ })).toBeVisible();
  await expect
    .element(table.getByRole('row', { name: /Вход по QR-коду .*отменено сам Пульт/ }))
    .toBeVisible();
});

test('of a long journal the newest stand first, the rest is one press away', async () => {
  const attempts = Array.from({ length: 14 }, (_, index) => ({
    id: 14 - index,
    at: Date.now() - index * 60_000,
    kind: 'qr' as const,
    result: 'ok',
    actorId: null,
  }));
  const { screen } = await openTab({ attempts });
  await expect.element(screen.getByRole('row').nth(10)).toBeVisible();
  expect(screen.getByRole('row').elements()).toHaveLength(11);

  await screen.getByRole('button', { name: 'Показать все: 14' }).click();

  expect(screen.getByRole('row').elements()).toHaveLength(15);
});

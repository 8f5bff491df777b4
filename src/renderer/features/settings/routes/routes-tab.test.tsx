import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { Route } from '../../../../shared/contract/routes.ts';
import { AppError } from '../../../../shared/errors.ts';
import { RoutesTab } from './routes-tab.tsx';

afterEach(() => cleanup());

const route = (part: Partial<Route> & Pick<Route, 'id' | 'name'>): Route => ({
  kind: 'smsaero',
  channel: 'sms',
  settings: { login: 'desk@towers.example', sender: 'TOWERS' },
  proxy: '',
  timeoutMs: 15_000,
  perMinute: 60,
  price: 350,
  dailyLimit: 50_000,
  position: 0,
  enabled: true,
  secretNames: ['apiKey'],
  missing: [],
  spentToday: 12_350,
  health: { state: 'ok' },
  ...part,
});

const routes = [
  route({ id: 3, name: 'Основной шлюз' }),
  route({
    id: 4,
    name: 'Запасной',
    kind: 'smsc',
    position: 1,
    enabled: false,
    missing: ['login'],
    health: { state: 'off' },
    dailyLimit: null,
    spentToday: 0,
  }),
];

type Asked = { readonly name: string; readonly input: Record<string, unknown> };

async function open(
  shown: readonly Route[] = routes,
  scheme: 'dark' | 'light' = 'dark',
  test?: () => unknown,
) {
  const asked: Asked[] = [];
  const note = (name: string) => (input: Record<string, unknown>) => {
    asked.push({ name, input });
    return { id: 9, undo: 5 };
  };
  const fake = createFakePage(
    {
      'routes.list': () => ({ routes: shown }),
      'routes.save': note('save'),
      'routes.setEnabled': note('setEnabled'),
      'routes.order': note('order'),
      'routes.remove': note('remove'),
      'routes.test': test ?? (() => ({ facts: { balance: '120.50', senders: 'TOWERS' } })),
      'routes.trial': (input: Record<string, unknown>) => {
        asked.push({ name: 'trial', input });
        return { raw: 'queued #7' };
      },
      'accounts.list': () => ({ accounts: [], presets: [] }),
    },
    scheme,
  );
  await render(
    <fake.Page>
      <RoutesTab />
    </fake.Page>,
  );
  return { asked, fake };
}

test('each way says how it is, what it tells, what it spent of its limit, and what it lacks', async () => {
  await open();
  await expect.element(page.getByText('за сегодня 123,50 из 500 ₽')).toBeVisible();
  await expect.element(page.getByText(/SMSAero · работает · сообщает: отправлено, доставлено/)).toBeVisible();
  await expect.element(page.getByText('не хватает: Логин')).toBeVisible();
  await expect.element(page.getByRole('switch', { name: 'Включить: Запасной' })).toBeDisabled();
});

test('a limit that is used up is said so', async () => {
  await open([route({ id: 3, name: 'Шлюз', spentToday: 50_000 })]);
  await expect.element(page.getByText(/дневной предел исчерпан/)).toBeVisible();
});

test('the order is changed by keys alone, and a way is switched off', async () => {
  const { asked } = await open();
  await expect.element(page.getByRole('button', { name: 'Настроить: Запасной' })).toBeVisible();
  (page.getByRole('button', { name: 'Настроить: Запасной' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect.poll(() => asked).toEqual([{ name: 'order', input: { channel: 'sms', ids: [4, 3] } }]);

  (page.getByRole('switch', { name: 'Включить: Основной шлюз' }).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.poll(() => asked.at(-1)).toEqual({ name: 'setEnabled', input: { id: 3, enabled: false } });
});

test('a secret that is set is neither shown nor sent unless it is replaced', async () => {
  const { asked } = await open();
  await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
  await expect.element(page.getByRole('group', { name: 'Ключ API' }).getByText(/задан/)).toBeVisible();

  await page.getByLabelText('Предел денег в день').fill('1000,50');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({ name: 'save', input: { id: 3, secrets: {}, dailyLimit: 100_050, price: 350 } });

  await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
  await page.getByRole('button', { name: 'Заменить: Ключ API' }).click();
  await page.getByRole('textbox', { name: 'Ключ API' }).fill('new-key');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(() => asked.at(-1)?.input['secrets']).toEqual({ apiKey: 'new-key' });
});

test('a new gateway is tested before it is saved and shows what the service says of itself', async () => {
  const { asked } = await open([]);
  await page.getByRole('button', { name: 'Добавить канал' }).click();
  await page.getByRole('menuitem', { name: 'SMSAero' }).click();
  await expect.element(page.getByText('Заполните обязательные поля, чтобы проверить')).toBeVisible();

  await page.getByLabelText('Почта от кабинета').fill('desk@towers.example');
  await page.getByRole('textbox', { name: 'Ключ API' }).fill('key');
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect.element(page.getByText('120.50')).toBeVisible();
  await expect.element(page.getByText('Баланс')).toBeVisible();

  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({
      name: 'save',
      input: { id: null, kind: 'smsaero', secrets: { apiKey: 'key' }, settings: { sender: 'SMS Aero' } },
    });
});

test('a trial message goes to an address of one’s own by the form as it stands', async () => {
  const { asked } = await open();
  await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
  await page.getByLabelText('Адрес для пробного сообщения').fill('+7 900 555-01-12');
  await page.getByRole('button', { name: 'Отправить пробное' }).click();

  await expect.element(page.getByText(/Ответ сервиса: queued #7/)).toBeVisible();
  expect(asked).toMatchObject([{ name: 'trial', input: { id: 3, address: '+7 900 555-01-12' } }]);
});

test('what went wrong is said with what to do and in the words of the service', async () => {
  await open(routes, 'dark', () => {
    throw new AppError('denied', { details: { reason: 'route-login-refused', raw: 'invalid api key' } });
  });
  await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect.element(page.getByText(/Сервис не принял логин или ключ\. Проверьте их/)).toBeVisible();
  await expect.element(page.getByText('Ответ сервиса: invalid api key')).toBeVisible();
});

test('removing is asked for, because keys do not come back', async () => {
  const { asked } = await open();
  await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
  await page.getByRole('button', { name: 'Удалить канал' }).click();
  await expect.element(page.getByText(/отменить удаление нельзя/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить канал' }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ name: 'remove', input: { id: 3 } });
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of the channels in the %s theme',
  async (scheme) => {
    await open(routes, scheme);
    await expect.element(page.getByText('1. Основной шлюз')).toBeVisible();
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'Настроить: Основной шлюз' }).click();
    await page.getByText('Ещё настройки').click();
    expect(await findBarriers()).toEqual([]);
  },
);

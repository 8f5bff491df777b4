import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { createFakeTelegram } from '../../../../test/support/fake-telegram.ts';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import { AppError } from '../../../shared/errors.ts';
import { TelegramTab } from './telegram-tab.tsx';

const code: SignInState = {
  step: 'code',
  phoneMask: '+7 ••• •••-••-12',
  via: 'app',
  length: 5,
  nextVia: 'sms',
  resendAt: null,
  error: null,
  waitUntil: null,
};
const qr = (token: string, lastsMs = 30_000): SignInState => ({
  step: 'qr',
  url: `tg://login?token=${token}`,
  expiresAt: Date.now() + lastsMs,
});

async function openTab(options: Parameters<typeof createFakeTelegram>[0] = {}) {
  const telegram = createFakeTelegram(options);
  const page = createFakePage(telegram.answers);
  const screen = await render(
    <page.Page>
      <TelegramTab />
    </page.Page>,
  );
  const names = () => telegram.asked.map(([name]) => name);
  return { telegram, screen, names };
}

async function openWays(options: Parameters<typeof createFakeTelegram>[0] = {}) {
  const opened = await openTab(options);
  await opened.screen.getByRole('button', { name: 'Войти в Telegram' }).click();
  return opened;
}

async function openCode() {
  const opened = await openTab({ state: code });
  const field = opened.screen.getByLabelText('Код, 5 цифр');
  const submit = opened.screen.getByRole('button', { name: 'Войти', exact: true });
  await expect.element(field).toHaveFocus();
  return { ...opened, field, submit };
}

test('nothing begins before the warning is confirmed', async () => {
  const { screen, names, telegram } = await openWays();
  await expect.element(screen.getByText(/настоящий аккаунт, а не бот/)).toBeVisible();

  await screen.getByRole('button', { name: 'Войти по QR-коду' }).click();
  await expect.element(screen.getByText(/Отметьте, что прочитали/)).toBeVisible();
  expect(names()).toEqual([]);
  await screen.getByRole('button', { name: 'Войти по номеру' }).click();
  await expect.element(screen.getByLabelText('Номер телефона аккаунта')).not.toBeInTheDocument();

  await screen.getByRole('checkbox').click();
  await screen.getByRole('button', { name: 'Войти по QR-коду' }).click();
  await expect.poll(() => telegram.asked).toEqual([['beginQr', { understood: true }]]);
});

test('the QR is drawn, counts down and is drawn anew when core has another', async () => {
  const { screen, telegram } = await openTab({ state: qr('first') });
  const image = screen.getByRole('img', { name: 'QR-код для входа в Telegram' });
  const drawn = () => image.element().querySelector('path')?.getAttribute('d') ?? '';
  await expect.element(screen.getByText(/Новый код через (2\d|30) с/)).toBeVisible();
  await expect.element(screen.getByText(/«Устройства» → «Подключить устройство»/)).toBeVisible();
  const first = drawn();
  expect(first.length).toBeGreaterThan(500);

  telegram.say(qr('second'));

  await expect.poll(drawn).not.toBe(first);
});

test('the QR is dark on light with its quiet zone, each module a whole number of pixels', async () => {
  const { screen } = await openTab({ state: qr('anything') });
  const image = screen.getByRole('img', { name: 'QR-код для входа в Telegram' });
  await expect.element(image).toBeVisible();
  const svg = image.element();
  const modules = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
  const dark = svg.querySelector('path');
  const light = svg.querySelector('rect');

  expect(getComputedStyle(light!).fill).toBe('rgb(255, 255, 255)');
  expect(getComputedStyle(dark!).fill).toBe('rgb(0, 0, 0)');
  expect(svg.clientWidth % modules).toBe(0);
  expect(dark!.getAttribute('d')).toMatch(/^M4 4h7v1h-7z/);
});

test('an old QR says that a new one is on its way', async () => {
  const { screen } = await openTab({ state: qr('late', -1000) });

  await expect.element(screen.getByText('Обновляем код…')).toBeVisible();
});

test('the scan button is there in the demo only', async () => {
  const { screen, telegram } = await openTab({ state: qr('demo'), demo: true });
  await screen.getByRole('button', { name: 'Отсканировать (демо)' }).click();
  await expect.poll(() => telegram.asked).toEqual([['demoScan', {}]]);

  const real = await openTab({ state: qr('real') });
  await expect.element(real.screen.getByRole('img', { name: /QR-код/ }).last()).toBeVisible();
  expect(real.screen.getByRole('button', { name: 'Отсканировать (демо)' }).elements()).toHaveLength(1);
});

test('from the QR one goes on by phone, and what is begun before is cancelled', async () => {
  const { screen, telegram, names } = await openTab({ state: qr('unused') });

  await screen.getByRole('button', { name: 'Войти по номеру телефона' }).click();
  await expect.poll(names).toEqual(['cancelSignIn']);
  telegram.say({ step: 'idle', waitUntil: null });
  await screen.getByLabelText('Номер телефона аккаунта').fill('+7 900 000-00-12');
  await screen.getByRole('button', { name: 'Получить код' }).click();

  await expect
    .poll(() => telegram.asked.at(-1))
    .toEqual(['beginPhone', { understood: true, phone: '+7 900 000-00-12' }]);
});

test('a number that Telegram refuses is named at the form, and stays to be mended', async () => {
  const { screen, telegram } = await openWays();
  telegram.fail('beginPhone', new AppError('invalid-input', { details: { reason: 'phone-wrong' } }));
  await screen.getByRole('checkbox').click();
  await screen.getByRole('button', { name: 'Войти по номеру' }).click();
  await screen.getByLabelText('Номер телефона аккаунта').fill('+7 900 000-00');
  await screen.getByRole('button', { name: 'Получить код' }).click();

  await expect.element(screen.getByRole('alert').getByText(/Telegram не понимает этот номер/)).toBeVisible();
  await expect.element(screen.getByLabelText('Номер телефона аккаунта')).toHaveValue('+7 900 000-00');
});

test('a wrong code is named, stays to be mended, and is asked for again', async () => {
  const { screen, telegram, field, submit } = await openCode();
  await expect.element(screen.getByText(/в чат «Telegram». Номер \+7 ••• •••-••-12/)).toBeVisible();
  await field.fill('12 345');
  await submit.click();
  await expect.poll(() => telegram.asked).toEqual([['submitCode', { code: '12345' }]]);

  telegram.say({ ...code, error: 'code-wrong' });

  await expect.element(screen.getByText(/Код не подошёл/)).toBeVisible();
  await expect.element(field).toHaveValue('12 345');
  await field.fill('54321');
  await expect.element(screen.getByText(/Код не подошёл/)).not.toBeInTheDocument();
  await submit.click();
  await expect.poll(() => telegram.asked.at(-1)).toEqual(['submitCode', { code: '54321' }]);
});

test('a code that is too short is not sent', async () => {
  const { screen, names, field, submit } = await openCode();
  await field.fill('123');
  await submit.click();

  await expect.element(screen.getByText('Код короче, чем нужно')).toBeVisible();
  expect(names()).toEqual([]);
});

test('another code is offered by the way Telegram names, once its wait is over', async () => {
  const { screen, telegram } = await openTab({ state: { ...code, resendAt: Date.now() + 42_000 } });
  await expect
    .element(screen.getByRole('button', { name: /^Ещё раз \(по СМС\) — через 4\d с/ }))
    .toBeDisabled();

  telegram.say(code);
  await screen.getByRole('button', { name: 'Прислать ещё раз: по СМС' }).click();

  await expect.poll(() => telegram.asked).toEqual([['resendCode', {}]]);
});

test('a flood wait is shown as a countdown, and nothing is sent until it is over', async () => {
  const { screen } = await openTab({
    state: { ...code, error: 'flood-wait', waitUntil: Date.now() + 754_000 },
  });

  await expect.element(screen.getByText(/Повторить можно через 00:12:3\d/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Войти', exact: true })).toBeDisabled();
  await expect.element(screen.getByRole('button', { name: 'Отменить вход' })).toBeEnabled();
});

test('the limit on attempts is a countdown too', async () => {
  const { screen } = await openWays({ state: { step: 'idle', waitUntil: Date.now() + 600_000 } });

  await expect.element(screen.getByText(/Следующая будет возможна через 00:(10:00|09:5\d)/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Войти по QR-коду' })).toBeDisabled();
});

test('the password shows its hint, and a wrong one says so', async () => {
  const { screen, telegram } = await openTab({
    state: { step: 'password', hint: 'девичья фамилия', error: null, waitUntil: null },
  });
  await expect.element(screen.getByText('Подсказка: девичья фамилия')).toBeVisible();
  await screen.getByLabelText('Облачный пароль').fill('not this one');
  await screen.getByRole('button', { name: 'Войти', exact: true }).click();
  await expect.poll(() => telegram.asked).toEqual([['submitPassword', { password: 'not this one' }]]);

  telegram.say({ step: 'password', hint: 'девичья фамилия', error: 'password-wrong', waitUntil: null });

  await expect.element(screen.getByText(/Облачный пароль не подошёл/)).toBeVisible();
});

test('a sign-in can be cancelled at every step, and the focus goes back to where it began', async () => {
  const { screen, telegram, names } = await openTab({ state: { step: 'connecting', since: Date.now() } });
  for (const state of [qr('one'), code] as const) {
    telegram.say(state);
    await expect.element(screen.getByRole('button', { name: 'Отменить вход' })).toBeEnabled();
  }
  telegram.say({ step: 'password', hint: null, error: null, waitUntil: null });

  await screen.getByRole('button', { name: 'Отменить вход' }).click();
  await expect.poll(names).toEqual(['cancelSignIn']);
  telegram.say({ step: 'idle', waitUntil: null });

  await expect.element(screen.getByRole('button', { name: 'Войти в Telegram' })).toHaveFocus();
});

test('no network is told while it lasts, and the way out stays', async () => {
  const { screen } = await openTab({ state: { step: 'connecting', since: Date.now() - 65_000 } });

  await expect.element(screen.getByText(/Telegram не отвечает уже 1 мин/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Отменить вход' })).toBeEnabled();
});

test('what ended a sign-in says what to do, and another try keeps what was confirmed', async () => {
  const { screen, telegram } = await openWays();
  await screen.getByRole('checkbox').click();
  await screen.getByRole('button', { name: 'Войти по QR-коду' }).click();
  telegram.say({ step: 'failed', reason: 'phone-banned', retryAt: null });

  await expect
    .element(screen.getByRole('alert').getByText(/Этот номер заблокирован в Telegram/))
    .toBeVisible();
  await screen.getByRole('button', { name: 'Попробовать ещё раз' }).click();
  await expect.element(screen.getByRole('checkbox')).toBeChecked();
});

test('what is over in core is over on every page: cancelled elsewhere, or done a while ago', async () => {
  const { screen, telegram } = await openTab({ state: code });
  await expect.element(screen.getByLabelText('Код, 5 цифр')).toBeVisible();
  telegram.say({ step: 'idle', waitUntil: null });
  await expect.element(screen.getByRole('button', { name: 'Войти в Telegram' })).toBeEnabled();

  telegram.say(code);
  await expect.element(screen.getByLabelText('Код, 5 цифр')).toBeVisible();
  telegram.say({ step: 'signed-in', accountId: 1 });
  await expect.element(screen.getByText('Вход выполнен')).toBeVisible();
  telegram.say({ step: 'idle', waitUntil: null });

  await expect.element(screen.getByRole('button', { name: 'Войти в Telegram' })).toBeEnabled();
  await expect.element(screen.getByText('Прежде чем войти')).not.toBeInTheDocument();
});

test('a sign-in that failed unseen is told on the next visit, until it is put away', async () => {
  const { screen, telegram, names } = await openTab({
    state: { step: 'failed', reason: 'qr-expired', retryAt: null },
  });
  await expect.element(screen.getByRole('alert').getByText(/QR-код устарел/)).toBeVisible();

  await screen.getByRole('button', { name: 'Закрыть' }).click();
  await expect.poll(names).toEqual(['cancelSignIn']);
  telegram.say({ step: 'idle', waitUntil: null });

  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('a finished sign-in says so and goes when it was read, and another account can be added at once', async () => {
  const { screen, telegram } = await openTab({ state: code });
  await expect.element(screen.getByLabelText('Код, 5 цифр')).toBeVisible();
  telegram.say({ step: 'signed-in', accountId: 1 });

  await screen.getByRole('button', { name: 'Готово' }).click();

  await expect.element(screen.getByText('Вход выполнен')).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Войти в Telegram' }).click();
  await expect.element(screen.getByText('Прежде чем войти')).toBeVisible();
});

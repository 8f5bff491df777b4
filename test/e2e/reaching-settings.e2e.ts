import { systemClock } from '../../src/core/platform/clock.ts';
import { startSmsAero, type SmsAero } from '../../src/core/training/services/sms-aero.ts';
import { expect, test as base } from './fixtures.ts';
import { createReachingPage } from './pages/reaching-page.ts';

const test = base.extend<{ gateway: SmsAero }>({
  // Playwright reads what a fixture needs from its first parameter, which must be a pattern.
  // oxlint-disable-next-line no-empty-pattern
  gateway: async ({}, use) => {
    const gateway = await startSmsAero({ clock: systemClock });
    await use(gateway);
    await gateway.stop();
  },
});

test('a gateway is set up, tested and switched on, a ladder built, and an address verified by it', async ({
  desk,
  page,
  gateway,
}) => {
  const reaching = createReachingPage(page);
  await desk.go('Настройки');
  await reaching.tab('Каналы оповещения');
  await reaching.beginChannel('SMSAero');
  await reaching.openFurther();
  await reaching.fillChannel({
    Название: 'Шлюз башен',
    'Почта от кабинета': gateway.login,
    'Ключ API': 'not-the-key',
    Отправитель: 'TOWERS',
    'Адреса сервиса': gateway.url,
  });

  await reaching.test.click();
  await expect(reaching.channels.getByText('Сервис не принял логин или ключ.')).toBeVisible();
  await reaching.fillChannel({ 'Ключ API': gateway.apiKey, 'Предел денег в день': '100' });
  await reaching.testAgain.click();
  await expect(reaching.channels.getByText('Сервис ответил')).toBeVisible();
  await expect(reaching.channels.getByText('1000000', { exact: true })).toBeVisible();
  await reaching.save();

  await reaching.switchOn('Шлюз башен');
  await expect(desk.toasts).toContainText('Шлюз башен включён');
  await expect(reaching.channels.getByText('за сегодня 0 из 100')).toBeVisible();

  await reaching.openDirectory();
  await reaching.addTechnician('Павлов Роман', '+7 900 555-01-12');
  await desk.go('Настройки');
  await reaching.tab('Лестницы');
  await reaching.chooseUrgency('Критичное');
  await reaching.choose('Шаг 1: Канал', 'SMS');
  await reaching.choose('Шаг 1: Ждать', 'что доставлено');
  await page.getByRole('button', { name: 'Сохранить лестницу' }).click();
  await expect(desk.toasts).toContainText('Лестница сохранена');
  await reaching.tryOn('Павлов');
  await expect(reaching.preview('Павлов Роман')).toContainText('SMS → ');
  await expect(reaching.preview('Павлов Роман')).toContainText('через «Шлюз башен»');

  // Out of the field, where keys are letters.
  await desk.go('Очередь');
  await reaching.openDirectory();
  await page.getByRole('row', { name: /Павлов Роман/ }).click();
  await reaching.mark('+7 900 555-01-12').click();
  await reaching.check.getByRole('button', { name: 'Проверить адрес' }).click();
  await expect.poll(() => gateway.messages.map(({ number }) => number)).toEqual(['79005550112']);
  const code = /\d{6}/.exec(gateway.messages[0]?.text ?? '')?.[0] ?? '';
  await reaching.check.getByLabel('Код от человека').fill(code);
  await page.keyboard.press('Enter');
  await expect(reaching.check.getByText('Адрес проверен')).toBeVisible();

  await desk.go('Настройки');
  await reaching.tab('Каналы оповещения');
  // One message in Cyrillic of more than seventy signs is two parts.
  await expect(reaching.channels.getByText(/за сегодня [1-9][\d,]* из 100/)).toBeVisible();
});

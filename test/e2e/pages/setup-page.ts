import type { Page } from '@playwright/test';
import type { Mailbox } from '../support/mailbox.ts';

/** The first-run wizard. */
export function createSetupPage(page: Page) {
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const fill = (name: string, text: string, place = 0) =>
    page.getByRole('textbox', { name }).nth(place).fill(text);

  async function chooseNoProtection(place: number): Promise<void> {
    await page.getByRole('combobox', { name: 'Защита' }).nth(place).click();
    await page.getByRole('option', { name: 'без защиты' }).click();
  }

  return {
    title: page.getByRole('heading', { name: /Первый запуск/ }),
    step: (name: string) => page.getByRole('region', { name }),
    refusal: page.getByRole('alert').filter({ hasText: 'не получилось' }),
    passwordField: page.getByRole('textbox', { name: 'Пароль' }),
    connected: page.getByText(/^Ящик .* подключён$/),
    next: () => click('Дальше'),
    create: () => click('Создать'),
    async makePerson(name: string) {
      await fill('Имя и фамилия', name);
      await click('Создать');
    },
    async fillMailbox({ address, imap, smtp }: Mailbox, password: string) {
      await page.getByRole('button', { name: 'Другая почта' }).click();
      await fill('Адрес ящика', address);
      await fill('Пароль', password);
      await fill('Сервер входящих (IMAP)', '127.0.0.1');
      await fill('Сервер исходящих (SMTP)', '127.0.0.1');
      await chooseNoProtection(0);
      await chooseNoProtection(1);
      await fill('Порт', String(imap), 0);
      await fill('Порт', String(smtp), 1);
    },
    typePassword: (password: string) => fill('Пароль', password),
    test: () => click('Проверить подключение'),
    testAgain: () => click('Проверить ещё раз'),
    connect: () => click('Подключить'),
    startShift: () => click('Начать смену и открыть очередь'),
  };
}

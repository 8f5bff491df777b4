import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { TelegramControl } from '../../support/telegram-dc/control-client.ts';

export type TelegramPage = ReturnType<typeof createTelegramPage>;

/** Signing in and accounts, in the settings. `control` plays the phone. */
export function createTelegramPage(page: Page, control: TelegramControl) {
  const main = page.getByRole('main');
  const accounts = page.getByRole('region', { name: 'Аккаунты' });
  const attempts = page.getByRole('region', { name: 'Журнал входов' });
  const panel = page.getByRole('region', { name: /^Вход (в Telegram|снова)/ });
  const qr = page.getByRole('img', { name: 'QR-код для входа в Telegram' });
  const button = (name: string | RegExp) => main.getByRole('button', { name });
  const dialog = page.getByRole('dialog');
  return {
    accounts,
    attempts,
    panel,
    qr,
    button,
    dialog,
    /** The key of the application. */
    key: page.getByRole('region', { name: 'Ключ приложения' }),
    /** What is said at once and read out. */
    alert: main.getByRole('alert'),
    field: (name: string | RegExp) => main.getByLabel(name),
    warning: page.getByRole('checkbox', { name: /^Прочитано/ }),
    account: (name: string) => accounts.getByRole('listitem').filter({ hasText: name }),
    attempt: (kind: string) => attempts.getByRole('row').filter({ hasText: kind }),
    /** What the phone would see in the code: another token, another drawing. */
    async drawing() {
      return createHash('sha256')
        .update((await qr.locator('path').getAttribute('d')) ?? '')
        .digest('hex');
    },
    /** How the health of the account stands in the top bar. */
    health: page.getByRole('banner').getByRole('button', { name: /^Состояние канала «Telegram»/ }),
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyT');
      await attempts.waitFor();
    },
    /** To the warning. */
    offer: () => button(/^(Войти в Telegram|Добавить аккаунт)$/).click(),
    /** To the warning, and past it. */
    async begin(way: 'QR' | 'phone') {
      await this.offer();
      await this.warning.check();
      await button(way === 'QR' ? 'Войти по QR-коду' : 'Войти по номеру').click();
    },
    async beginQr() {
      await this.begin('QR');
      // The first connection of all loads the library.
      await qr.waitFor({ timeout: 30_000 });
    },
    /** As far as the code is waited for. */
    async beginPhone(phone: string) {
      await this.begin('phone');
      await this.fill('Номер телефона аккаунта', phone);
    },
    scan: (phone: string) => control.scanQr({ phone }),
    async fill(field: string | RegExp, text: string) {
      await main.getByLabel(field).fill(text);
      await page.keyboard.press('Enter');
    },
    async cancel() {
      await button('Отменить вход').click();
      await panel.waitFor({ state: 'hidden' });
    },
    async signInByQr(phone: string) {
      await this.open();
      await this.beginQr();
      await this.scan(phone);
      await button('Готово').click();
      await panel.waitFor({ state: 'hidden' });
    },
    async logOut(name: string) {
      await button(`Выйти: ${name}`).click();
      await dialog.getByRole('button', { name: 'Выйти', exact: true }).click();
    },
    async forget(name: string) {
      await button(`Сеанс: ${name}`).click();
      await button('Забыть сеанс сейчас').click();
      await dialog.getByRole('button', { name: 'Забыть сеанс сейчас' }).click();
    },
    async enterKey(id: string, hash: string) {
      await main.getByLabel('api_id').fill(id);
      await main.getByLabel('api_hash').fill(hash);
      await button('Проверить и сохранить').click();
    },
  };
}

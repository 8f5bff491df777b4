import type { Page } from '@playwright/test';
import type { TelegramControl } from '../../support/telegram-dc/control-client.ts';

/** Signing in and accounts, in the settings. `control` plays the phone. */
export function createTelegramPage(page: Page, control: TelegramControl) {
  const accounts = page.getByRole('region', { name: 'Аккаунты' });
  const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
  return {
    accounts,
    attempts: page.getByRole('region', { name: 'Журнал входов' }),
    qr: page.getByRole('img', { name: 'QR-код для входа в Telegram' }),
    panel: page.getByRole('region', { name: /^Вход (в Telegram|снова)/ }),
    button,
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyT');
      await accounts.waitFor();
    },
    /** To the warning, and past it. */
    async begin(way: 'QR' | 'phone') {
      await button(/^(Войти в Telegram|Добавить аккаунт)$/).click();
      await page.getByRole('checkbox', { name: /^Прочитано/ }).check();
      await button(way === 'QR' ? 'Войти по QR-коду' : 'Войти по номеру').click();
    },
    async scan(phone: string) {
      await control.scanQr({ phone });
    },
    async fill(field: string | RegExp, text: string) {
      await page.getByRole('main').getByLabel(field).fill(text);
      await page.keyboard.press('Enter');
    },
    async signInByQr(phone: string) {
      await this.open();
      await this.begin('QR');
      await this.qr.waitFor();
      await this.scan(phone);
    },
  };
}

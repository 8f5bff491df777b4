import type { Page } from '@playwright/test';

/** Technicians: their fields in the directory, and who of them is on call. */
export function createTechniciansPage(page: Page) {
  const main = page.getByRole('main');
  const panel = (name: string) => main.getByRole('complementary', { name, exact: true });
  const fields = main.getByRole('region', { name: 'Как техник' });
  const messengers = main.getByRole('region', { name: 'Мессенджеры' });
  const change = page.getByRole('dialog', { name: 'Замена в графике' });
  return {
    fields,
    messengers,
    change,
    row: (name: string) => main.getByRole('row', { name: new RegExp(name) }),
    /** A day of somebody in the schedule; `day` as the screen writes it. */
    day: (name: string, day: string) =>
      main.getByRole('button', { name: new RegExp(`^${name}, ${day}: изменить дежурство`) }),
    changes: main.getByRole('region', { name: 'Замены и обмены' }),
    async openDirectory() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyD');
    },
    async openSchedule() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyV');
      await main.getByRole('tab', { name: 'Дежурства' }).click();
    },
    async add(person: { readonly name: string; readonly phone?: string; readonly email?: string }) {
      await main.getByRole('button', { name: 'Добавить', exact: true }).first().click();
      const form = main.getByRole('complementary');
      await form.getByText('Техник', { exact: true }).click();
      await form.getByLabel('Имя').fill(person.name);
      if (person.phone !== undefined) await form.getByLabel('Телефон').fill(person.phone);
      if (person.email !== undefined) await form.getByLabel('Почта', { exact: true }).fill(person.email);
      await form.getByRole('button', { name: 'Сохранить', exact: true }).click();
      await panel(person.name).waitFor();
    },
    async choose(list: 'Навыки' | 'Регионы', ...names: readonly string[]) {
      await fields.getByRole('combobox', { name: list }).click();
      for (const name of names) await page.getByRole('option', { name, exact: true }).click();
      await page.keyboard.press('Escape');
    },
    /** The link by which whoever is open comes to the bot. */
    async bindTelegram(): Promise<string> {
      await messengers.getByRole('button', { name: 'Привязать Telegram' }).click();
      return messengers.getByLabel('Ссылка', { exact: true }).innerText();
    },
    async save() {
      await fields.getByRole('button', { name: 'Сохранить как техника' }).click();
    },
  };
}

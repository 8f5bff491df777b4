import type { Page } from '@playwright/test';

/** Settings of reaching people, and what is known of addresses in the directory. */
export function createReachingPage(page: Page) {
  const main = page.getByRole('main');
  const channels = main.getByRole('region', { name: 'Каналы оповещения' });
  const step = (number: number) => main.getByRole('listitem', { name: `Шаг ${number}`, exact: true });
  return {
    channels,
    step,
    test: channels.getByRole('button', { name: 'Проверить', exact: true }),
    testAgain: channels.getByRole('button', { name: 'Проверить ещё раз' }),
    preview: (name: string) => main.getByRole('region', { name: `Как оповестят: ${name}` }),
    async tab(name: 'Каналы оповещения' | 'Лестницы' | 'Группы') {
      await page.getByRole('tab', { name, exact: true }).click();
    },
    async beginChannel(kind: string) {
      await channels.getByRole('button', { name: 'Добавить канал' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
    },
    async fillChannel(fields: Readonly<Record<string, string>>) {
      for (const [label, value] of Object.entries(fields)) {
        await channels.getByRole('textbox', { name: label, exact: true }).fill(value);
      }
    },
    openFurther: () => channels.getByText('Ещё настройки').click(),
    save: () => main.getByRole('button', { name: 'Сохранить', exact: true }).click(),
    async switchOn(name: string) {
      // The track lies over the switch itself, which is for the keyboard.
      await channels.getByRole('switch', { name: `Включить: ${name}` }).press('Space');
    },
    chooseUrgency: (name: string) => main.getByText(name, { exact: true }).click(),
    async choose(field: string, option: string) {
      await main.getByRole('combobox', { name: field }).click();
      await page.getByRole('option', { name: option }).click();
    },
    async tryOn(name: string) {
      await main.getByRole('combobox', { name: 'Проверить на человеке' }).fill(name);
      await page.getByRole('option', { name: new RegExp(name) }).click();
    },
    async openDirectory() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyD');
    },
    async addTechnician(name: string, phone: string) {
      await main.getByRole('button', { name: 'Добавить', exact: true }).first().click();
      const panel = main.getByRole('complementary');
      await panel.getByText('Техник', { exact: true }).click();
      await panel.getByLabel('Имя').fill(name);
      await panel.getByLabel('Телефон').fill(phone);
      await panel.getByRole('button', { name: 'Сохранить', exact: true }).click();
      await main.getByRole('complementary', { name, exact: true }).waitFor();
    },
    mark: (value: string) => main.getByRole('button', { name: `Адрес ${value}: проверка и состояние` }),
    check: page.getByRole('dialog', { name: /^Адрес .*: проверка и состояние/ }),
  };
}

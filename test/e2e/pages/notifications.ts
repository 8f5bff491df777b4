import type { Locator, Page } from '@playwright/test';

/** Notifications: their list, one unfolded, the dialog that makes them, the line on an incident's card. */
export function createNotificationsPage(page: Page) {
  const main = page.getByRole('main');
  const grid = main.getByRole('grid', { name: 'Оповещения' });
  const dialog = page.getByRole('dialog', { name: /^Оповестить/ });
  const climb = (name: string): Locator => page.getByRole('region', { name: `Как оповещали: ${name}` });
  const row = (name: string): Locator => grid.getByRole('row').filter({ hasText: name });
  const step = (name: string, number: number): Locator =>
    climb(name)
      .getByRole('list', { name: 'Шаги лестницы' })
      .getByRole('listitem')
      .filter({ has: page.getByText(`Шаг ${number}`, { exact: true }) });
  return {
    dialog,
    preview: dialog.getByRole('region', { name: 'Что произойдёт' }),
    row,
    state: (name: string) => row(name).getByRole('gridcell').nth(1),
    climb,
    /** One of the ladder, taken or not, from 1. */
    step,
    /** How far it got. */
    glyph: (name: string, number: number) => step(name, number).getByRole('img').first(),
    line: page.getByRole('listitem', { name: 'Кого и как оповестили' }),
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyN');
      await grid.or(main.getByText('Оповещений ещё не было')).waitFor();
    },
    async unfold(name: string) {
      await row(name).click();
      await climb(name).waitFor();
    },
    /** From wherever the hand is: on a card it is about its incident. */
    async compose(part: {
      readonly to: readonly string[];
      readonly urgency: 'Обычное' | 'Срочное' | 'Критичное';
      readonly text: string;
    }) {
      await page.keyboard.press('Shift+KeyG');
      for (const name of part.to) {
        await dialog.getByRole('combobox', { name: 'Кому' }).fill(name);
        await dialog.getByRole('option', { name: new RegExp(name) }).click();
      }
      await dialog.getByText(part.urgency, { exact: true }).click();
      await dialog.getByLabel('Текст').fill(part.text);
      await dialog.getByRole('button', { name: /^Оповестить/ }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    /** What is chosen in the open one, such as "Подтвердил по телефону". */
    async act(name: string) {
      await main.getByRole('button', { name }).click();
    },
  };
}

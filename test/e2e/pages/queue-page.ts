import type { Page } from '@playwright/test';

type Pill = 'Мои' | 'Все' | 'Без исполнителя' | 'Просрочены' | 'Отложены';

/** The list of incidents with its pills, search, views and column names. */
export function createQueuePage(page: Page) {
  const pane = page.getByRole('region', { name: 'Очередь' });
  const grid = pane.getByRole('grid', { name: 'Очередь инцидентов' });
  const searchField = pane.getByRole('searchbox', { name: 'Поиск по инцидентам и письмам' });
  const found = pane.getByRole('grid', { name: 'Найденное' });
  const views = pane.getByRole('button', { name: 'Виды' });
  return {
    pane,
    grid,
    found,
    searchField,
    views,
    rows: grid.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    row: (text: string | RegExp) => grid.getByRole('row').filter({ hasText: text }),
    /** What is left of the time, in words and digits. */
    due: (text: string) => grid.getByRole('row').filter({ hasText: text }).getByRole('gridcell').last(),
    head: (name: string) => grid.getByRole('columnheader', { name }),
    pill: (name: Pill) => pane.getByRole('button', { name: new RegExp(`^${name}`) }),
    newRows: pane.getByRole('button', { name: /^\+\d+ новы/ }),
    open: (text: string) => grid.getByRole('row').filter({ hasText: text }).click(),
    sortBy: (name: string) => grid.getByRole('columnheader', { name }).getByRole('button').click(),
    choose: (name: Pill) => pane.getByRole('button', { name: new RegExp(`^${name}`) }).click(),
    async search(text: string) {
      await pane.getByRole('button', { name: 'Поиск по инцидентам и письмам' }).click();
      await searchField.fill(text);
    },
    endSearch: () => pane.getByRole('button', { name: 'Закончить поиск' }).click(),
    /** This one status alone. */
    async filterByStatus(name: string) {
      await pane.getByRole('button', { name: /^Фильтры/ }).click();
      const field = page.getByRole('dialog', { name: 'Фильтры' }).getByRole('combobox', { name: 'Статус' });
      await field.press('Backspace');
      await field.fill(name);
      await page.getByRole('option', { name }).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    },
    async chooseFilterScope(name: 'Открытые' | 'Закрытые' | 'Не инциденты') {
      await pane.getByRole('button', { name: /^Фильтры/ }).click();
      await page.getByRole('dialog', { name: 'Фильтры' }).getByText(name, { exact: true }).click();
      await page.keyboard.press('Escape');
    },
    async saveView(name: string) {
      await views.click();
      await page.getByRole('menuitem', { name: 'Сохранить вид…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Сохранить вид' });
      await dialog.getByRole('textbox', { name: 'Название' }).fill(name);
      await dialog.getByRole('button', { name: 'Сохранить' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async chooseView(name: string) {
      await views.click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    },
  };
}

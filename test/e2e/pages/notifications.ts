import type { Page } from '@playwright/test';

type Scope = 'Все' | 'Идут' | 'Не дошли' | 'Неизвестно' | 'Подтверждены';

/** The screen of notifications, its composer, and the line on an incident's card. */
export function createNotificationsPage(page: Page) {
  const root = page.getByRole('region', { name: 'Оповещения', exact: true });
  const grid = root.getByRole('grid', { name: 'Оповещения' });
  const steps = page.getByRole('list', { name: 'Шаги лестницы' });
  const composer = page.getByRole('dialog', { name: /^Оповестить/ });
  const line = page.getByRole('listitem', { name: 'Кого и как оповестили' });
  return {
    root,
    async open() {
      await page.getByRole('link', { name: /^Оповещения/ }).click();
      await grid.or(root.getByText('Оповещений ещё не было')).waitFor();
    },
    rows: grid.getByRole('row'),
    row: (text: string | RegExp) => grid.getByRole('row').filter({ hasText: text }),
    async unfold(text: string | RegExp) {
      await grid.getByRole('row').filter({ hasText: text }).first().click();
      await steps.waitFor();
    },
    scope: (name: Scope) => root.getByText(name, { exact: true }).click(),
    async find(words: string) {
      await root.getByRole('searchbox').fill(words);
    },
    pick: (text: string | RegExp) =>
      grid.getByRole('row').filter({ hasText: text }).first().getByRole('checkbox').click(),
    actions: root.getByRole('toolbar', { name: 'Действия с выбранными' }),
    act: (name: 'Отправить снова' | 'Остановить' | 'Подтвердил по телефону') =>
      root.getByRole('button', { name }).first().click(),
    /** Of the unfolded notification; each says its plan, times, cost, raw status and why it moved on. */
    steps: steps.getByRole('listitem'),
    step: (number: number) => steps.locator(`[data-step="${number}"]`),
    settle: (arrived: boolean) =>
      steps.getByRole('button', { name: arrived ? 'Дошло' : 'Не дошло', exact: true }).click(),
    part: (name: 'Оповещения' | 'Ответы без адресата' | 'Шаблоны') =>
      root.getByRole('tab', { name: new RegExp(`^${name}`) }).click(),
    strays: root.getByRole('list', { name: 'Ответы без адресата' }).getByRole('listitem'),
    placeStray: (what: string) => root.getByRole('button', { name: `Сюда: ${what}` }).click(),
    composer,
    /** From anywhere; on an incident's card it is about that incident. */
    async compose({
      to,
      text,
      urgency = 'Обычное',
    }: {
      readonly to: readonly string[];
      readonly text: string;
      readonly urgency?: 'Обычное' | 'Срочное' | 'Критичное';
    }) {
      await page.keyboard.press('Shift+KeyG');
      await composer.waitFor();
      for (const name of to) {
        await composer.getByRole('combobox', { name: 'Кому' }).fill(name);
        await composer
          .getByRole('option', { name: new RegExp(name) })
          .first()
          .click();
      }
      await composer.getByLabel('Текст').fill(text);
      await composer.getByText(urgency, { exact: true }).click();
      await composer.getByRole('button', { name: /^Оповестить/ }).click();
      await composer.waitFor({ state: 'hidden' });
    },
    /** On the card: the whole ladder in one line. */
    line,
    async unfoldLine() {
      await line.getByRole('button', { name: 'Подробно' }).click();
      await steps.first().waitFor();
    },
  };
}

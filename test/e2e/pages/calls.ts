import type { Locator, Page } from '@playwright/test';
import type { GivenFile } from '../support/hand-over.ts';

/** Calls to technicians: the dialog, the board, the page of one, its line on an incident's card. */
export function createCallsPage(page: Page) {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: 'Вызвать техника' });
  const card = (number: number): Locator => main.getByRole('link', { name: new RegExp(`^№ ${number}\\b`) });
  const call = (number: number): Locator => main.getByRole('article', { name: `Вызов № ${number}` });
  return {
    dialog,
    /** Whom the desk proposes stands first. */
    technician: (name: string) => dialog.getByRole('radio', { name: new RegExp(name) }),
    ladder: dialog.getByRole('region', { name: 'Как его будут звать' }),
    tab: (name: 'Доска' | 'Все вызовы' | 'Дежурства' | 'Навыки') => main.getByRole('tab', { name }),
    /** Such as "В пути"; its name ends with how many stand in it. */
    column: (name: string) => main.getByRole('region', { name: new RegExp(`^${name}, \\d+$`) }),
    card,
    call,
    /** Of those it was put to, from 1. */
    turn: (number: number, at: number) =>
      call(number)
        .getByRole('region', { name: 'Кого звали' })
        .getByRole('listitem')
        .nth(at - 1),
    times: (number: number) => call(number).getByRole('region', { name: 'Время' }),
    chat: (number: number) => call(number).getByRole('log', { name: 'Разговор' }),
    word: (number: number, text: string) =>
      call(number).getByRole('log', { name: 'Разговор' }).getByRole('article').filter({ hasText: text }),
    /** Among the lines of an incident's card. */
    line: (number: number) =>
      page
        .getByRole('listitem')
        .filter({ has: page.getByRole('link', { name: `Открыть вызов № ${number}` }) }),
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyV');
    },
    async ask() {
      await page.keyboard.press('KeyC');
      await dialog.waitFor();
    },
    /** Fills in what is given and calls; without a technician the one the desk proposes. */
    async create(part: {
      readonly description?: string;
      readonly place?: string;
      readonly urgency?: 'Обычный' | 'Срочный' | 'Критичный';
      readonly technician?: string;
    }) {
      if (part.place !== undefined) await dialog.getByLabel('Место словами').fill(part.place);
      if (part.description !== undefined) await dialog.getByLabel('Что нужно сделать').fill(part.description);
      if (part.urgency !== undefined) await dialog.getByText(part.urgency, { exact: true }).click();
      if (part.technician !== undefined) {
        await dialog.getByRole('radio', { name: new RegExp(part.technician) }).check();
      }
      await dialog.getByRole('button', { name: /^Вызвать/ }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async attach(...files: readonly GivenFile[]) {
      await dialog.locator('input[type=file]').setInputFiles([...files]);
      for (const { name } of files) await dialog.getByRole('link', { name: `Открыть ${name}` }).waitFor();
    },
    async openCall(number: number) {
      await card(number).click();
      await call(number).waitFor();
    },
    /** What the technician said by telephone. */
    async mark(number: number, verb: 'Принял' | 'Выехал' | 'На месте' | 'Выполнил') {
      await call(number).getByRole('button', { name: verb, exact: true }).click();
    },
    async say(number: number, text: string, ...files: readonly GivenFile[]) {
      const field = call(number).getByRole('textbox', { name: 'Сообщение технику' });
      await call(number)
        .locator('input[type=file]')
        .setInputFiles([...files]);
      for (const { name } of files) {
        await call(number)
          .getByRole('list', { name: 'Фото и файлы' })
          .getByRole('link', { name: `Открыть ${name}` })
          .waitFor();
      }
      await field.fill(text);
      await field.press('Control+Enter');
    },
    async passOn(number: number, technician?: string) {
      await call(number).getByRole('button', { name: 'Звать другого' }).click();
      const choice = page.getByRole('dialog', { name: 'Кого звать вместо' });
      if (technician !== undefined) await choice.getByRole('radio', { name: new RegExp(technician) }).check();
      await choice.getByRole('button', { name: 'Звать', exact: true }).click();
    },
    async cancel(number: number, reason: string) {
      await call(number).getByRole('button', { name: 'Отозвать вызов' }).click();
      const asked = page.getByRole('dialog', { name: `Отозвать вызов № ${number}` });
      await asked.getByLabel('Почему').fill(reason);
      await asked.getByRole('button', { name: 'Отозвать', exact: true }).click();
    },
  };
}

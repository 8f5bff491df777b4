import type { Locator } from '@playwright/test';

/** The letter being written at the bottom of a card. */
export function createComposerPage(root: Locator) {
  const body = root.getByRole('textbox', { name: 'Текст письма' });
  return {
    root,
    body,
    saved: root.getByText(/^сохранено \d/),
    files: root.getByRole('list', { name: 'Вложения' }),
    takeBack: root.getByRole('button', { name: 'Отменить' }),
    colleague: root.getByRole('alert').filter({ hasText: 'ответ отправлен' }),
    async begin(kind: 'Ответить' | 'Всем' | 'Переслать' = 'Ответить') {
      await root.getByRole('button', { name: kind }).click();
      await body.waitFor();
    },
    /** Above the quote and the signature that are there already. */
    async write(text: string) {
      await body.press('Control+Home');
      await body.pressSequentially(text);
    },
    showCopies: () => root.getByRole('button', { name: 'Копии' }).click(),
    async addressTo(field: 'Кому' | 'Копия' | 'Скрытая копия', address: string) {
      await root.getByRole('combobox', { name: field, exact: true }).fill(address);
      await root.getByRole('combobox', { name: field, exact: true }).press('Enter');
    },
    /** By the first letters of a name or an address. */
    async completeTo(start: string, whole: string) {
      await root.getByRole('combobox', { name: 'Кому' }).pressSequentially(start);
      await root.getByRole('option').filter({ hasText: whole }).click();
    },
    subject: root.getByRole('textbox', { name: 'Тема' }),
    templates: root.getByRole('button', { name: 'Шаблоны' }),
    attach: (file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }) =>
      root.locator('input[type=file]').setInputFiles(file),
    send: () => root.getByRole('button', { name: 'Отправить', exact: false }).first().click(),
    sendAnyway: () => root.getByRole('button', { name: 'Отправить всё равно' }).click(),
  };
}

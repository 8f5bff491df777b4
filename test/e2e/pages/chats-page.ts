import type { Page } from '@playwright/test';

/** The list of chats and the chat that is open. */
export function createChatsPage(page: Page) {
  const main = page.getByRole('main');
  return {
    main,
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyC');
    },
    row: (title: string) => main.getByRole('row').filter({ hasText: title }),
  };
}

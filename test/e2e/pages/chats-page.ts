import type { Locator, Page } from '@playwright/test';

type Filter = 'Все' | 'Новые' | 'Люди' | 'Группы' | 'Каналы' | 'Боты';

/** The list of chats and the chat that is open. */
export function createChatsPage(page: Page) {
  const main = page.getByRole('main');
  const list = main.getByRole('region', { name: 'Список чатов' });
  const rows = list.getByRole('grid', { name: 'Список чатов' }).getByRole('row');
  const history = main.getByRole('grid', { name: 'Сообщения' });
  const composer = main.getByRole('region', { name: 'Сообщение в чат' });
  const field = composer.getByRole('textbox');
  const row = (title: string) => rows.filter({ has: page.getByTitle(title, { exact: true }) });
  /** Words are the whole text of the message; a pattern is found anywhere in it. */
  const message = (text: string | RegExp) =>
    history
      .getByRole('row')
      .filter(typeof text === 'string' ? { has: page.getByText(text, { exact: true }) } : { hasText: text });
  async function openPanel(name: 'Чей это чат' | 'Инциденты из этого чата'): Promise<Locator> {
    await main.getByRole('button', { name, exact: true }).click();
    const panel = page.getByRole('dialog', { name });
    await panel.waitFor();
    return panel;
  }
  async function pick(panel: Locator, field: string, value: string): Promise<void> {
    await panel.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: value }).click();
  }

  return {
    openPanel,
    pick,
    /** A rule of that kind, with what else it asks. */
    async addRule(kind: string, fill: (panel: Locator) => Promise<void> = async () => undefined) {
      const panel = await openPanel('Инциденты из этого чата');
      await pick(panel, 'Какие сообщения', kind);
      await fill(panel);
      await panel.getByRole('button', { name: 'Добавить правило' }).click();
      await panel.getByRole('list', { name: 'Правила чата' }).getByRole('listitem').waitFor();
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'hidden' });
    },
    main,
    list,
    rows,
    row,
    history,
    message,
    messages: history.locator('[role=row][data-id]'),
    head: (title: string) => main.getByRole('article', { name: title }).getByRole('banner'),
    chat: (title: string) => main.getByRole('article', { name: title, exact: true }),
    /** What stands above the messages while Telegram is away or asks to wait. */
    weather: main.getByRole('article').getByRole('status').first(),
    unread: (title: string) => row(title).getByRole('img', { name: /непрочитанн/ }),
    findings: list.getByRole('grid', { name: 'Найденное' }).getByRole('row'),
    async open() {
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyC');
    },
    async openChat(title: string) {
      await row(title).click();
      await main.getByRole('article', { name: title, exact: true }).waitFor();
    },
    filter: (name: Filter) =>
      list.getByRole('group', { name: 'Какие чаты' }).getByRole('button', { name }).click(),
    async folder(name: string) {
      await list.getByRole('button', { name: 'Папки и аккаунты' }).click();
      await page.getByRole('menuitemcheckbox', { name }).or(page.getByRole('menuitem', { name })).click();
    },
    async search(text: string) {
      await page.keyboard.press('Slash');
      await list.getByRole('searchbox').fill(text);
    },
    /** As far up as the page goes now; what is above is asked for by that. */
    scrollUp: () => history.evaluate((box) => box.scrollTo({ top: 0 })),
    composer: {
      root: composer,
      field,
      reply: composer.getByText(/^Ответ на сообщение/),
      preview: composer.getByRole('group', { name: 'Так это увидит получатель' }),
      files: composer.getByRole('list', { name: 'Файлы' }),
      attach: (files: readonly { name: string; mimeType: string; buffer: Buffer }[]) =>
        composer.locator('input[type=file]').setInputFiles([...files]),
      async send(text?: string) {
        if (text !== undefined) await field.fill(text);
        await field.press('Control+Enter');
      },
    },
  };
}

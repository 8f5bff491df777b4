import type { Page } from '@playwright/test';
import { createCardPage } from './card-page.ts';
import { createComposerPage } from './composer-page.ts';
import { createQueuePage } from './queue-page.ts';

export type DeskPage = ReturnType<typeof createDeskPage>;
export type Section = 'Очередь' | 'Исходящие' | 'Карантин' | 'Смена' | 'Объекты' | 'Люди' | 'Настройки';

/** The whole desk in one tab: what is always in sight, and the way to its parts. */
export function createDeskPage(page: Page) {
  // The head of a dialog is one too, and comes after it.
  const banner = page.getByRole('banner').first();
  const alarms = page.getByRole('region', { name: 'Сигналы' });
  const sections = page.getByRole('navigation', { name: 'Разделы' });
  const palette = page.getByRole('dialog', { name: 'Команды и поиск' });
  return {
    page,
    queue: createQueuePage(page),
    card: createCardPage(page),
    composer: createComposerPage(page.getByRole('region', { name: 'Письмо', exact: true })),
    newLetter: createComposerPage(page.getByRole('dialog', { name: 'Новое письмо' })),
    banner,
    alarms,
    sections,
    palette,
    content: page.getByRole('main'),
    toasts: page.getByRole('region', { name: 'Сообщения пульта' }),
    signInTitle: page.getByRole('heading', { name: 'Кто за пультом?' }),
    outboxCount: banner.getByRole('link', { name: /Исходящие \d/ }),
    mailHealth: banner.getByRole('button', { name: /^Состояние канала «Почта»/ }),
    duty: banner.getByRole('button', { name: /^(Смена \d|Не на смене)/ }),
    person: banner.getByRole('button', { name: /^Диспетчер:/ }),
    dialog: (name: string) => page.getByRole('dialog', { name }),
    menuItem: (name: string | RegExp) => page.getByRole('menuitem', { name }),
    open: async (address: string) => void (await page.goto(address)),
    async signIn(name: string, passStart = true) {
      const tile = page.getByRole('button', { name });
      const isOnDuty = (await tile.innerText()).includes('на смене');
      await tile.click();
      await banner.waitFor();
      // Whom the roster has brought is asked to go through the start; most tests are about something else.
      if (isOnDuty && passStart)
        await page
          .getByRole('dialog', { name: 'Начало смены' })
          .getByRole('button', { name: 'Готово' })
          .click();
    },
    async openFromCall(call: { readonly phone: string; readonly name: string; readonly title: string }) {
      await page.keyboard.press('KeyN');
      const dialog = page.getByRole('dialog', { name: 'Инцидент со звонка' });
      await dialog.getByRole('textbox', { name: 'Телефон' }).fill(call.phone);
      await dialog.getByRole('textbox', { name: 'Кто звонит' }).fill(call.name);
      await dialog.getByRole('textbox', { name: 'Что случилось' }).fill(call.title);
      await page.keyboard.press('Control+Enter');
    },
    go: (section: Section) => sections.getByRole('link', { name: section }).click(),
    async startShift() {
      await page.keyboard.press('Shift+KeyS');
      const dialog = page.getByRole('dialog', { name: 'Начало смены' });
      await dialog.getByRole('button', { name: 'Начать смену' }).click();
    },
    acknowledge: () => alarms.getByRole('button', { name: 'Подтвердить', exact: false }).first().click(),
    async chooseLook(name: 'Тёмное' | 'Светлое' | 'English') {
      await banner.getByRole('button', { name: /^Диспетчер:/ }).click();
      await page.getByRole('menuitem', { name }).click();
    },
  };
}

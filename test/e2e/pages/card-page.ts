import type { Page } from '@playwright/test';

type Fact = 'Статус' | 'Тип' | 'Подтип' | 'Исполнитель';

/** The incident beside the queue. */
export function createCardPage(page: Page) {
  const card = page.getByRole('article', { name: /^Карточка инцидента/ });
  const fact = (name: Fact) => card.getByRole('button', { name: new RegExp(`^${name}:`) });
  const clock = card.getByRole('button', { name: /^Срок заявки/ });
  const letter = (text: string | RegExp) =>
    card.getByRole('article', { name: /^Письмо:/ }).filter({ hasText: text });
  const closing = page.getByRole('dialog', { name: /^Перед (закрытием|автозакрытием)/ });
  // The cross of the dialog has the same name and stands before it.
  const finish = closing.getByRole('button', { name: 'Закрыть' }).last();
  return {
    root: card,
    title: card.getByRole('heading', { level: 2 }),
    fact,
    clock,
    timeline: card.getByRole('log', { name: 'Переписка' }),
    letters: card.getByRole('article', { name: /^Письмо:/ }),
    letter,
    frame: (subject: string) => card.frameLocator(`iframe[title="Письмо: ${subject}"]`),
    showPictures: card.getByRole('button', { name: 'Показать картинки' }),
    why: card.getByRole('region', { name: 'Как получился срок' }),
    async set(name: Fact, value: string) {
      await fact(name).click();
      const item = page.getByRole('menuitem', { name: value });
      await item.click();
      // Keys belong to the menu until it is gone.
      await item.waitFor({ state: 'hidden' });
    },
    async code() {
      const label = (await card.getAttribute('aria-label')) ?? '';
      return label.split(' ').at(-1) ?? '';
    },
    /** What it waits for: postponed, closing by itself, reminders. */
    lines: card.getByRole('list', { name: 'Что с инцидентом сейчас' }),
    closing,
    /** With what the dialog asks for, by the words for what is missing. */
    async close(missing: Readonly<Record<string, string>> = {}) {
      await card.getByRole('button', { name: 'Закрыть' }).click();
      for (const [what, value] of Object.entries(missing)) {
        await closing.getByRole('combobox', { name: what }).click();
        await page.getByRole('option', { name: value }).click();
      }
      if (Object.keys(missing).length > 0) await finish.click();
    },
    finishClosing: () => finish.click(),
    tab: (name: 'Переписка' | 'История' | 'Почему такой срок') => card.getByRole('tab', { name }).click(),
    async pause(reason: string) {
      await clock.click();
      await page.getByRole('menuitem', { name: 'Пауза…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Поставить срок на паузу' });
      await dialog.getByRole('textbox', { name: 'Почему' }).fill(reason);
      await dialog.getByRole('button', { name: 'Пауза' }).click();
    },
    async resume() {
      await clock.click();
      await page.getByRole('menuitem', { name: 'Продолжить' }).click();
    },
    works: card.getByRole('button', { name: /^Работы/ }),
    clockNamed: (name: string) => card.getByRole('button', { name: new RegExp(`^${name}`) }),
    async dismiss() {
      await card.getByRole('button', { name: 'Ещё действия' }).click();
      await page.getByRole('menuitem', { name: 'Не инцидент' }).click();
    },
  };
}

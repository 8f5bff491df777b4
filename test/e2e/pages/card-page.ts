import type { Page } from '@playwright/test';

type Fact = 'Статус' | 'Тип' | 'Исполнитель';

/** The incident beside the queue. */
export function createCardPage(page: Page) {
  const card = page.getByRole('article', { name: /^Карточка инцидента/ });
  const fact = (name: Fact) => card.getByRole('button', { name: new RegExp(`^${name}:`) });
  const clock = card.getByRole('progressbar', { name: 'Срок' });
  const letter = (text: string | RegExp) =>
    card.getByRole('article', { name: /^Письмо:/ }).filter({ hasText: text });
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
      await page.getByRole('menuitem', { name: value }).click();
    },
    async code() {
      const label = (await card.getAttribute('aria-label')) ?? '';
      return label.split(' ').at(-1) ?? '';
    },
    close: () => card.getByRole('button', { name: 'Закрыть' }).click(),
    tab: (name: 'Переписка' | 'История' | 'Почему такой срок') => card.getByRole('tab', { name }).click(),
    async pause(reason: string) {
      await card.getByRole('button', { name: 'Пауза' }).click();
      const dialog = page.getByRole('dialog', { name: 'Поставить срок на паузу' });
      await dialog.getByRole('textbox', { name: 'Почему' }).fill(reason);
      await dialog.getByRole('button', { name: 'Пауза' }).click();
    },
    resume: () => card.getByRole('button', { name: 'Продолжить' }).click(),
    async dismiss() {
      await card.getByRole('button', { name: 'Ещё действия' }).click();
      await page.getByRole('menuitem', { name: 'Не инцидент' }).click();
    },
  };
}

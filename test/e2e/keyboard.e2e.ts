import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';
import { openRussianKeyboard } from './support/russian-keyboard.ts';

const incidents = 20;

test('twenty incidents are triaged with the keyboard alone on a Russian layout', async ({
  page,
  running,
  mailbox,
}) => {
  // Twenty of everything, each with its subtype.
  test.slow();
  await page.addInitScript(() => {
    const note = (name: string, word: string) => {
      const { dataset } = document.documentElement;
      dataset[name] = `${dataset[name] ?? ''}${word};`;
    };
    const pointers = [
      'mousedown',
      'mousemove',
      'mouseup',
      'pointerdown',
      'pointermove',
      'touchstart',
      'wheel',
    ];
    for (const kind of pointers) addEventListener(kind, () => note('pointer', kind), true);
    addEventListener('keydown', ({ key, code }) => note('keys', `${key} ${code}`), true);
  });
  const desk = createDeskPage(page);
  const { queue, card, composer } = desk;
  const keyboard = await openRussianKeyboard(page);
  await desk.open(running.host().link);
  await expect(desk.signInTitle).toBeVisible();
  await keyboard.press('Digit1');
  await expect(queue.pane).toBeVisible();
  for (let number = 1; number <= incidents; number += 1) {
    await mailbox.receive({ subject: `Заявка номер ${number}`, text: 'Нет питания.' });
  }
  await expect(queue.pill('Все')).toContainText(String(incidents));
  await keyboard.press('Period');
  await keyboard.press('Space', 'Shift');

  for (let done = 1; done <= incidents; done += 1) {
    await keyboard.press('KeyJ');
    await expect(card.fact('Статус')).toContainText('Новый');
    await keyboard.press('KeyT');
    await expect(desk.menuItem('Авария по питанию, Москва')).toBeVisible();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(card.fact('Тип')).toContainText('Авария по питанию');
    await keyboard.press('KeyD');
    await expect(desk.menuItem('Наша зона: КТП')).toBeVisible();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(card.fact('Подтип')).not.toContainText('Выбрать подтип');
    if (done % 4 === 0) {
      await keyboard.press('KeyI');
    } else {
      await keyboard.press('KeyR');
      await expect(composer.body).toBeFocused();
      await keyboard.type('Принято в работу');
      await keyboard.press('Enter', 'Control');
      await expect(composer.body).toBeHidden();
      await keyboard.press('KeyE');
    }
    await expect(queue.pill('Все')).toContainText(String(incidents - done));
  }

  await expect.poll(async () => (await mailbox.sent()).length).toBe(incidents - incidents / 4);
  expect((await mailbox.sent()).every(({ text }) => text.includes('Принято в работу'))).toBe(true);
  const heard = await page.evaluate(() => {
    const { pointer, keys } = document.documentElement.dataset;
    return { pointer, keys };
  });
  expect(heard.pointer).toBeUndefined();
  expect(heard.keys).toContain('о KeyJ;');
});

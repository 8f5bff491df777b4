import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const pole = '41208-P-52-1-1';

/** A registry of one pole: what the letters of a flood are about. */
async function importPole(page: Page): Promise<void> {
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyA');
  await page.getByRole('button', { name: 'Загрузить из файла' }).first().click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'опоры.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Шифр;Регион\n${pole};Нижегородская область`, 'utf8'),
  });
  await expect(page.getByRole('heading', { name: 'Какой столбец что значит' })).toBeVisible();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Загружено' })).toBeVisible();
}

test('two incidents are merged, a late answer finds the letters, and they are taken apart again', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  await mailbox.receive({ subject: 'Сгорел щит', text: 'Дым.', from: 'noc@t2.example' });
  const second = await mailbox.receive({
    subject: 'Станция молчит',
    text: 'Связи нет.',
    from: 'noc@mt.example',
  });
  await queue.open('Станция молчит');
  const merged = await card.code();
  await queue.open('Сгорел щит');
  const code = await card.code();

  await page.getByRole('tab', { name: /^Связи/ }).click();
  await page.getByRole('button', { name: 'Объединить…' }).click();
  const dialog = page.getByRole('dialog', { name: `Объединить с ${code}` });
  await dialog.getByRole('combobox').fill(merged);
  await dialog.getByRole('option', { name: merged }).click();
  await dialog.getByRole('button', { name: 'Объединить' }).click();

  await expect(queue.row('Станция молчит')).toBeHidden();
  await page.getByRole('tab', { name: /^Переписка/ }).click();
  await expect(card.letter('Дым.')).toBeVisible();
  await expect(card.letter('Связи нет.')).toBeVisible();
  await expect(card.timeline.getByText(`из ${merged}`)).toBeVisible();
  await mailbox.receive({ subject: 'Re: Станция молчит', text: 'Всё ещё молчит.', inReplyTo: second });
  await expect(card.letter('Всё ещё молчит.')).toBeVisible();

  await page.getByRole('tab', { name: /^Связи/ }).click();
  await page.getByRole('link', { name: merged }).click();
  await expect(card.lines.getByText('Объединён с')).toBeVisible();
  await card.lines.getByRole('button', { name: 'Разъединить' }).click();

  await expect(queue.row('Станция молчит')).toBeVisible();
  await expect(card.letter('Всё ещё молчит.')).toBeVisible();
  await queue.open('Сгорел щит');
  await page.getByRole('tab', { name: /^Переписка/ }).click();
  await expect(card.letter('Дым.')).toBeVisible();
  await expect(card.letter('Связи нет.')).toBeHidden();
});

test('chosen letters become an incident of their own, and one key puts them back', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  const first = await mailbox.receive({ subject: 'Сгорел щит', text: 'Дым.' });
  await mailbox.receive({ subject: 'Re: Сгорел щит', text: 'И ещё упала ограда.', inReplyTo: first });
  await queue.open('Сгорел щит');
  await expect(card.letter('И ещё упала ограда.')).toBeVisible();

  await page.keyboard.press('Shift+KeyB');
  await page.getByRole('checkbox', { name: /Выбрать письмо: Re: Сгорел щит/ }).check();
  await page.getByRole('button', { name: 'Выделить в новый' }).click();

  await expect(card.letter('И ещё упала ограда.')).toBeHidden();
  await expect(queue.rows).toHaveCount(2);
  await page.keyboard.press('KeyU');
  await expect(card.letter('И ещё упала ограда.')).toBeVisible();
  await expect(queue.rows).toHaveCount(1);
});

test('twelve letters about one pole are one row, one alarm more, and one answer to each who wrote', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue } = desk;
  await importPole(page);
  await desk.go('Очередь');
  for (let count = 1; count <= 12; count += 1) {
    await mailbox.receive({
      subject: `Нет питания ${pole}, заявка ${'абвгдежзиклм'[count - 1]}`,
      text: 'Площадка обесточена.',
      from: `noc-${count}@operator-${count}.example`,
    });
  }
  const flood = queue.grid.getByRole('button', { name: new RegExp(`Поток: объект ${pole}, 12 инцидентов`) });
  await expect(flood).toBeVisible({ timeout: 30_000 });
  await expect(queue.rows).toHaveCount(1);
  await flood.click();
  await expect(queue.rows).toHaveCount(12);

  await queue.rows.first().click();
  await page.getByRole('link', { name: /^Поток: объект/ }).click();
  await page
    .getByRole('textbox', { name: 'Текст ответа' })
    .fill('Видим отключение по {{code}}. Бригада едет.');
  await page.getByRole('button', { name: 'Ответить всем' }).click();
  await expect(page.getByText('Ответ в исходящих: 12 инцидентов')).toBeVisible();

  await expect.poll(async () => (await mailbox.sent()).length, { timeout: 60_000 }).toBe(12);
  const sent = await mailbox.sent();
  expect(new Set(sent.map(({ to }) => to.join())).size).toBe(12);
  for (const { to, subject, text, inReplyTo } of sent) {
    expect(to).toHaveLength(1);
    const code = /[A-Z]+-\d+/.exec(subject)?.[0] ?? 'нет кода';
    expect(text).toContain(`Видим отключение по ${code}.`);
    expect(inReplyTo).toBeDefined();
  }
});

import { expect, test } from './fixtures.ts';

const applicant = { name: 'Семён Дольский', address: 'dolsky@operator.example' };
const minuteMs = 60_000;

test('closing is refused, mended where it stands, done by one press and taken back by one key', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  await mailbox.receive({ from: applicant, subject: 'Нет питания', text: 'Башня К-17 молчит.' });
  await queue.open('Нет питания');

  await card.close();
  await expect(card.closing).toContainText('Тип не выбран');
  await card.finishClosing();
  await expect(card.closing).toContainText('Заполните отмеченное');
  await expect(card.fact('Статус')).toContainText('Новый');
  await page.keyboard.press('Escape');

  await card.close({ 'Тип не выбран': 'Авария по питанию, Москва', 'Подтип не выбран': 'Наша зона: КТП' });
  await expect(card.fact('Статус')).toContainText('Закрыт');
  await expect(card.fact('Подтип')).toContainText('Наша зона: КТП');

  await page.keyboard.press('KeyU');
  await expect(card.fact('Статус')).toContainText('Новый');
  await expect(card.fact('Тип')).toContainText('Выбрать тип');
});

test('the closing letter promises and arms the automatic closing, an answer calls it off', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, composer } = desk;
  await mailbox.receive({ from: applicant, subject: 'Обрыв кабеля', text: 'Связи нет.' });
  await queue.open('Обрыв кабеля');
  await card.set('Тип', 'Авария ВОЛС');
  await card.set('Статус', 'В работе');
  await composer.templates.click();
  await desk.menuItem('Работы завершены').first().click();
  await expect(composer.body).toHaveValue(/заявка закроется \d\d\.\d\d\.\d{4}, \d\d:\d\d/);
  const text = await composer.body.inputValue();
  const promised = /заявка закроется \d\d\.\d\d\.\d{4}, (\d\d:\d\d)/.exec(text)?.[1] ?? '?';
  await composer.send();

  await expect(card.lines).toContainText('Закроется сам');
  await expect(card.lines).toContainText(promised);
  await expect(card.fact('Статус')).toContainText('Уведомили о закрытии');

  const [letter] = await mailbox.sent();
  await mailbox.receive({
    from: applicant,
    subject: `Re: ${letter?.subject ?? ''}`,
    text: 'Ещё не работает.',
    inReplyTo: letter?.messageId ?? '',
  });
  await expect(card.letter('Ещё не работает.')).toBeVisible();
  await expect(card.lines).toBeHidden();
  await card.tab('История');
  await expect(card.root).toContainText('автозакрытие отменено: пришёл ответ');
});

test('what is postponed leaves the urgent ones, and wakes up by itself in its minute', async ({
  desk,
  page,
  mailbox,
}) => {
  test.setTimeout(180_000);
  const { queue, card, alarms } = desk;
  await mailbox.receive({ from: applicant, subject: 'Ждём ключи', text: 'Охрана приедет позже.' });
  await queue.open('Ждём ключи');
  await desk.acknowledge();
  await card.set('Статус', 'В работе');
  await expect(card.fact('Статус')).toContainText('В работе');

  await page.keyboard.press('KeyZ');
  const dialog = desk.dialog(`Отложить ${await card.code()}`);
  await dialog.getByRole('textbox', { name: 'Почему' }).fill('Ждём охрану');
  const until = Math.ceil((Date.now() + 8000) / minuteMs) * minuteMs;
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Moscow',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  await dialog.getByLabel('Дата и время').fill(wall.format(until).replace(' ', 'T'));
  await page.keyboard.press('Enter');

  await expect(card.fact('Статус')).toContainText('Отложен');
  await expect(card.lines).toContainText('Ждём охрану');
  await expect(queue.pill('Отложены')).toContainText('1');
  await expect(queue.row('Ждём ключи')).toContainText('до ');

  await expect(alarms).toContainText('Снова ждёт решения', { timeout: 90_000 });
  expect(Math.abs(Date.now() - until)).toBeLessThan(8000);
  await expect(card.fact('Статус')).toContainText('В работе');
  await expect(queue.pill('Отложены')).toBeHidden();
});

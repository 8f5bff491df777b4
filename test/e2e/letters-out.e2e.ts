import { expect, test } from './fixtures.ts';
import { importRegistry } from './pages/registry.ts';

const pole = '41208-P-52-1-1';
const crew = 'crew@sever.example';
const applicant = { name: 'Дежурный', address: 'noc@operator.example' };
const registry = [
  'Шифр;Регион;Подрядчик;Почта подрядчика',
  `${pole};Свердловская область;Бригада Север;${crew}`,
];

test('work is handed over in a thread of its own, its answer joins there, and closing tells both sides', async ({
  desk,
  page,
  mailbox,
}) => {
  test.setTimeout(150_000);
  const { queue, card, composer } = desk;
  await importRegistry(page, registry);
  await desk.go('Очередь');
  await mailbox.receive({ from: applicant, subject: `Re[2]: Нет питания ${pole}`, text: 'Щит обесточен.' });
  await queue.open('Нет питания');
  await desk.acknowledge();
  const template = async (name: string) => {
    await composer.templates.click();
    await desk.menuItem(name).first().click();
    await expect(composer.body).toBeVisible();
  };
  const notes = composer.root.getByRole('list', { name: 'О письме' });

  await card.set('Статус', 'В работе');
  await template('Заявка принята');
  await composer.send();
  await expect(card.fact('Статус')).toContainText('Уведомили оператора');

  await template('Передать подрядчику АВР');
  await expect(notes).toContainText(`${crew} — адрес объекта ${pole}`);
  await expect(notes).toContainText('отметьте категорию работ, выберите тип, у которого есть срок');
  await card.set('Тип', 'Авария по питанию, Москва');
  await card.root.getByRole('button', { name: /^Категории:/ }).click();
  await desk.menuItem('АВР').click();
  await page.keyboard.press('Escape');
  await expect(notes).not.toContainText('отметьте категорию работ');
  await composer.send();
  await expect(card.fact('Статус')).toContainText('Передано подрядчику');

  const sent = await mailbox.sent();
  const handover = sent.at(-1);
  expect(handover?.to).toEqual([crew]);
  expect([handover?.inReplyTo, handover?.subject.startsWith('Re:')]).toEqual([undefined, false]);
  expect(sent[0]?.to).toContain(applicant.address);

  await mailbox.receive({
    from: crew,
    subject: 'Re: выехали',
    text: 'Прибытие в 14:30.',
    inReplyTo: handover?.messageId ?? '',
  });
  await expect(card.letter('Прибытие в 14:30.')).toContainText('Подрядчик АВР');
  const parties = card.root.getByRole('radiogroup', { name: 'Чью переписку показать' });
  await parties.getByText('Подрядчик АВР').click();
  await expect(card.letters).toHaveCount(2);
  await parties.getByText('Вся переписка').click();

  await template('Работы завершены');
  await composer.send();
  await expect(card.fact('Статус')).toContainText('Уведомили о закрытии');
  await template('Подрядчикам: работы завершены');
  await expect(notes).toContainText(`${crew} — кому передавали работы`);
  await composer.send();

  await expect.poll(async () => (await mailbox.sent()).length, { timeout: 20_000 }).toBe(4);
  const letters = await mailbox.sent();
  expect(letters[2]?.to).toContain(applicant.address);
  expect(letters[3]?.to).toEqual([crew]);
  expect(letters[3]?.inReplyTo).toBeDefined();
  expect(letters[3]?.text).not.toContain('Прибытие в 14:30.');
});

test('a template is edited beside the letter it makes, and the next letter has its words', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, composer } = desk;
  await mailbox.receive({ from: applicant, subject: 'Открыт щит', text: 'Искрит.' });
  await queue.open('Открыт щит');
  await desk.go('Настройки');
  await page
    .getByRole('tab', { name: 'Шаблоны' })
    .or(page.getByRole('link', { name: 'Шаблоны' }))
    .first()
    .click();
  await page.getByRole('button', { name: /^Заявка принята/ }).click();
  const text = page.getByRole('textbox', { name: 'Текст' });
  await text.fill('Приняли {{code}}: {{title}}. {{nonsense}}');
  const preview = page.getByRole('region', { name: 'Как получится' });
  await expect(preview).toContainText(/Приняли PLT-\d+: Открыт щит\./);
  await expect(preview).toContainText(applicant.address);
  await expect(page.getByText('Такого факта нет: nonsense')).toBeVisible();

  await text.fill('Приняли {{code}}: {{title}}.');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).first().click();
  await desk.go('Очередь');
  await queue.open('Открыт щит');
  await composer.templates.click();
  await desk.menuItem('Заявка принята').first().click();

  await expect(composer.body).toHaveValue(/Приняли PLT-\d+: Открыт щит\./);
});

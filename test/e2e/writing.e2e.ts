import { expect, test } from './fixtures.ts';

const applicant = { name: 'Пётр Заречный', address: 'zarechny@operator.example' };

test('a caller becomes an incident on a key, with a clock from that moment', async ({ desk }) => {
  const { queue, card } = desk;
  await desk.openFromCall({ phone: '+7 900 000-00-01', name: 'Ирина', title: 'Гудит трансформатор' });

  await expect(card.title).toContainText('Гудит трансформатор');
  await expect(card.root).toContainText('Звонок');
  await expect(card.fact('Исполнитель')).toContainText('Анна Ветрова');
  await card.set('Тип', 'Авария по питанию, Москва');
  // Two clocks run from the moment of the call; the queue shows the nearer one.
  await expect(card.clockNamed('Срок заявки')).toContainText(/03:59:\d\d/);
  await expect(queue.due('Гудит трансформатор')).toContainText(/идёт 00:09:\d\d/);
});

test('an answer to all carries the code, keeps the thread and the copies, and hides the blind one', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, composer } = desk;
  const opening = await mailbox.receive({
    from: applicant,
    cc: 'chief@operator.example',
    subject: 'Нет доступа',
    text: 'Охрана не пускает.',
  });
  await queue.open('Нет доступа');
  await expect(card.letter('Охрана не пускает.')).toBeVisible();
  const code = await card.code();
  await composer.begin('Всем');
  await composer.addressTo('Скрытая копия', 'archive@towers.example');
  await composer.write('Пропуск заказан.');
  await composer.send();

  await expect.poll(async () => (await mailbox.sent()).length).toBe(1);
  const [sent] = await mailbox.sent();
  expect(sent?.to.toSorted()).toEqual([
    'archive@towers.example',
    'chief@operator.example',
    applicant.address,
  ]);
  expect(sent?.inReplyTo).toBe(opening);
  expect(sent?.subject).toContain(code);
  const head = sent?.raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  expect(head).toMatch(new RegExp(`^References:.*<${opening}>`, 'im'));
  expect(head).toMatch(/^Cc:.*chief@operator\.example/im);
  expect(head).not.toContain('archive@towers.example');
});

test('a new letter completes an address, and a template is filled and may be changed before it goes', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card, composer, newLetter } = desk;
  await mailbox.receive({ from: applicant, subject: 'Сломан замок', text: 'Калитка открыта.' });
  await queue.open('Сломан замок');
  await expect(card.letter('Калитка открыта.')).toBeVisible();
  const code = await card.code();
  await composer.templates.click();
  await desk.menuItem('Заявка принята').click();
  await expect(composer.body).toHaveValue(new RegExp(`её номер ${code}`));
  await composer.write('Добрый день. ');
  await composer.send();
  await expect.poll(async () => (await mailbox.sent()).length).toBe(1);
  expect((await mailbox.sent())[0]?.text).toMatch(new RegExp(`Добрый день\\. [^]*её номер ${code}`));

  await expect(composer.body).toBeHidden();
  await page.keyboard.press('Shift+KeyN');
  await newLetter.completeTo('zare', applicant.address);
  await newLetter.subject.fill('Напоминание');
  await newLetter.write('Ждём акт.');
  await newLetter.send();
  await expect.poll(async () => (await mailbox.sent()).length).toBe(2);
  expect((await mailbox.sent())[1]).toMatchObject({ to: [applicant.address], subject: 'Напоминание' });
});

import { expect, test } from './fixtures.ts';

const applicant = { name: 'Семён Дольский', address: 'dolsky@operator.example' };

test('a letter becomes a row; it is opened, typed, answered, joined, closed, and found', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, composer } = desk;
  await mailbox.receive({ from: applicant, subject: 'Нет питания на площадке', text: 'Башня К-17 молчит.' });
  await expect(queue.row('Нет питания на площадке')).toContainText('Новый');
  // Before there is a type the dispatcher's own reaction is what runs out first.
  await expect(queue.due('Нет питания на площадке')).toContainText(/00:0\d:\d\d/);

  await queue.open('Нет питания на площадке');
  await expect(card.letter('Башня К-17 молчит.')).toBeVisible();
  await card.set('Тип', 'Авария по питанию, Москва');
  await expect(card.clock).toBeVisible();
  await expect(queue.due('Нет питания на площадке')).toContainText(/00:0\d:\d\d/);
  const before = await queue.due('Нет питания на площадке').textContent();
  await expect(queue.due('Нет питания на площадке')).not.toHaveText(before ?? '');

  await composer.begin();
  await composer.write('Бригада выехала.');
  await composer.send();
  await expect.poll(async () => (await mailbox.sent()).length).toBe(1);
  const [answer] = await mailbox.sent();
  const code = await card.code();
  expect(answer?.to).toEqual([applicant.address]);
  expect(answer?.subject).toContain(code);
  expect(answer?.text).toContain('Бригада выехала.');
  await expect(card.letter('Бригада выехала.')).toContainText('отправлено');

  await mailbox.receive({
    from: applicant,
    subject: `Re: ${answer?.subject ?? ''}`,
    text: 'Свет появился, спасибо.',
    inReplyTo: answer?.messageId ?? '',
  });
  await expect(card.letter('Свет появился, спасибо.')).toBeVisible();
  await expect(queue.rows).toHaveCount(1);

  await card.close({ 'Подтип не выбран': 'Наша зона: КТП' });
  await expect(card.fact('Статус')).toContainText('Закрыт');
  await queue.search('дольский свет появился');
  await expect(queue.found.getByRole('row').first()).toContainText(code);
});

test('the first late letter alerts and marks, the second opens the incident again', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, alarms } = desk;
  const opening = await mailbox.receive({
    from: applicant,
    subject: 'Шлагбаум не поднимается',
    text: 'Проверьте.',
  });
  await queue.open('Шлагбаум не поднимается');
  await desk.acknowledge();
  await card.close({ 'Тип не выбран': 'Авария ВОЛС' });
  await expect(card.fact('Статус')).toContainText('Закрыт');
  await queue.chooseFilterScope('Закрытые');

  await mailbox.receive({
    from: applicant,
    subject: 'Re: Шлагбаум не поднимается',
    text: 'Всё ещё стоит.',
    inReplyTo: opening,
  });
  await expect(alarms).toContainText('Письмо после закрытия');
  await expect(queue.row('Шлагбаум не поднимается')).toContainText('1 письмо после закрытия');
  await expect(card.fact('Статус')).toContainText('Закрыт');

  await mailbox.receive({
    from: applicant,
    subject: 'Re: Шлагбаум не поднимается',
    text: 'Ждём третий час.',
    inReplyTo: opening,
  });
  await expect(alarms).toContainText('Открыт снова');
  await expect(card.fact('Статус')).not.toContainText('Закрыт');
});

import { expect, test } from './fixtures.ts';

test('with the server gone an answer waits in sight, and goes out once when the server is back', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, composer } = desk;
  await mailbox.receive({ subject: 'Нет связи с объектом', text: 'Проверьте.' });
  await queue.open('Нет связи с объектом');
  await expect(card.letter('Проверьте.')).toBeVisible();

  await expect(desk.mailHealth).toHaveAccessibleName(/: работает$/);

  mailbox.serverGone();
  await expect(desk.mailHealth).toHaveAccessibleName(/: с перебоями$/);
  await composer.begin();
  await composer.write('Выезжаем.');
  await composer.send();
  await expect(desk.outboxCount).toHaveText('Исходящие 1');
  await expect(card.letter('Выезжаем.')).toContainText('ждёт отправки');
  await card.set('Статус', 'В работе');
  await expect(queue.row('Нет связи с объектом')).toContainText('В работе');
  await desk.go('Исходящие');
  await expect(desk.content).toContainText('Ждут отправки');
  expect(await mailbox.sent()).toEqual([]);

  mailbox.serverBack();
  await expect(desk.outboxCount).toBeHidden({ timeout: 40_000 });
  expect((await mailbox.sent()).map(({ text }) => text.includes('Выезжаем.'))).toEqual([true]);
  await desk.go('Очередь');
  await queue.open('Нет связи с объектом');
  await expect(card.letter('Выезжаем.')).toContainText('отправлено');
  await expect(card.letter('Выезжаем.')).toHaveCount(1);
});

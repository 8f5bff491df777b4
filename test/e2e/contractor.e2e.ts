import { importRegistry } from './pages/registry.ts';
import { expect, test } from './reach-fixtures.ts';

const pole = '41208-P-52-1-1';
const crew = 'crew@sever.example';
const registry = [
  'Шифр;Регион;Подрядчик;Почта подрядчика',
  `${pole};Свердловская область;Бригада Север;${crew}`,
];

test('a contractor takes a hand-over by a button, is done by a letter with the code word, and the incident follows without a portal', async ({
  desk,
  page,
  bot,
  mailbox,
  reach,
}) => {
  const { queue, card, composer } = desk;
  await reach.addContractor('Бригада Север', { email: crew, telegram: 701 });
  await importRegistry(page, registry);
  await desk.go('Очередь');
  await mailbox.receive({ subject: `Нет питания ${pole}`, text: 'Щит обесточен.' });
  await queue.open('Нет питания');
  await desk.acknowledge();
  await card.set('Статус', 'В работе');
  await card.set('Статус', 'Уведомили оператора');
  await card.set('Тип', 'Авария по питанию, Москва');
  await card.root.getByRole('button', { name: /^Категории:/ }).click();
  await desk.menuItem('АВР').click();
  await page.keyboard.press('Escape');

  await composer.templates.click();
  await desk.menuItem('Передать подрядчику АВР').first().click();
  await composer.send();
  await expect(card.fact('Статус')).toContainText('Передано подрядчику');
  const line = card.lines.getByRole('listitem').filter({ hasText: 'Бригада Север:' });
  await expect(line).toContainText('ждём подтверждения передачи');
  await expect.poll(async () => (await mailbox.sent()).map(({ to }) => to)).toEqual([[crew]]);
  const [letter] = await mailbox.sent();
  const [, code = ''] = /укажите код ([A-Z2-9]{6})/.exec(letter?.text ?? '') ?? [];
  await expect(line).toContainText(`код ${code}`);

  await expect.poll(() => bot.seen(701).at(-1)?.text).toContain('подтвердите приём');
  const button = bot.press(701, 'Принял');
  await expect(line).toContainText('передачу подтвердили');
  await expect.poll(() => bot.query(button)?.answer?.text).toContain('принято, спасибо.');

  await mailbox.receive({
    from: { name: 'Мастер', address: 'master@home.example' },
    subject: 'По питанию',
    text: `Выполнено ${code}`,
  });
  await expect(line).toContainText('говорят, что выполнено');
  await expect(card.fact('Статус')).toContainText('Ждём подтверждения');
  await expect(desk.alarms).toContainText('Ответ по вызову');
  await expect(card.letter(`Выполнено ${code}`)).toContainText(`назван код ${code}`);
  await expect(queue.rows).toHaveCount(1);
});

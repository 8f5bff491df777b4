import { expect, test } from './reach-fixtures.ts';

const climb = [
  { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 5 },
  { channel: 'email', waitFor: 'acknowledged', waitSeconds: 60 },
  { channel: 'sms', waitFor: 'delivered', waitSeconds: 60 },
] as const;

test('a ladder stops at the first step that is answered, and passes what is refused, lost or left without an answer', async ({
  desk,
  bot,
  gateway,
  mailbox,
  reach,
  notices,
}) => {
  await reach.addTechnician('Арсенин Пётр', { telegram: 501, email: 'arsenin@crew.example' });
  await reach.addTechnician('Белова Вера', { telegram: 502, email: 'belova@crew.example' });
  await reach.addTechnician('Власов Игорь', { telegram: 503, email: 'vlasov@crew.example' });
  await reach.addTechnician('Гусев Лев', { telegram: 504, phone: '+7 900 555-05-04' });
  await reach.saveLadder('urgent', climb);
  await reach.saveLadder('normal', [{ ...climb[0], waitSeconds: 60 }, climb[1], climb[2]]);
  await notices.open();

  await test.step('it is answered at step 1', async () => {
    await notices.compose({ to: ['Арсенин'], urgency: 'Обычное', text: 'Склад закрыт до утра.' });
    await expect.poll(() => bot.seen(501).at(-1)?.text).toContain('Склад закрыт до утра.');
    bot.press(501, 'Принял');
    await expect(notices.state('Арсенин')).toHaveText(/Подтверждено/);
    await notices.unfold('Арсенин Пётр');
    await expect(notices.step('Арсенин Пётр', 1)).toContainText('подтверждено: то, чего ждали');
    await expect(notices.step('Арсенин Пётр', 2)).toContainText('до шага не дошло');
  });

  await test.step('step 1 is refused: the letter goes at once', async () => {
    bot.play('bad-request');
    await notices.compose({ to: ['Белова'], urgency: 'Срочное', text: 'Проверьте щит.' });
    await notices.unfold('Белова Вера');
    await expect(notices.step('Белова Вера', 1)).toContainText('не ушло: ');
    await expect(notices.step('Белова Вера', 2)).toContainText('Почта → belova@crew.example');
    await expect.poll(() => lettersTo('belova@crew.example')).toBe(1);
    await notices.act('Подтвердил по телефону');
    await expect(notices.state('Белова')).toHaveText(/Подтверждено/);
    await expect(notices.climb('Белова Вера')).toContainText('со слов, отметил диспетчер');
    bot.play('well');
  });

  await notices.compose({ to: ['Власов'], urgency: 'Срочное', text: 'Выезжайте к мачте.' });
  await expect.poll(() => bot.seen(503).at(-1)?.text).toContain('Выезжайте к мачте.');
  bot.play('silent');
  await notices.compose({ to: ['Гусев'], urgency: 'Срочное', text: 'Нет связи с постом.' });

  await test.step('step 1 arrives and is not answered: the letter is', async () => {
    await notices.unfold('Власов Игорь');
    await expect(notices.step('Власов Игорь', 1)).toContainText(
      'дошло, но за 5 с не подтвердил → дальше шаг 2',
    );
    await expect.poll(() => lettersTo('vlasov@crew.example')).toBe(1);
    const letter = (await mailbox.sent()).find(({ to }) => to.includes('vlasov@crew.example'));
    await mailbox.receive({
      from: { name: 'Власов Игорь', address: 'vlasov@crew.example' },
      subject: `Re: ${letter?.subject ?? ''}`,
      text: 'Принял, еду',
      inReplyTo: letter?.messageId ?? '',
    });
    await expect(notices.state('Власов')).toHaveText(/Подтверждено/);
    await expect(notices.step('Власов Игорь', 2)).toContainText('подтверждено: то, чего ждали');
    await expect(notices.step('Власов Игорь', 3)).toContainText('до шага не дошло');
  });

  await test.step('nobody knows of step 1, and he has no letters: the SMS is delivered', async () => {
    await notices.unfold('Гусев Лев');
    await expect(notices.step('Гусев Лев', 1)).toContainText(
      'неизвестно, ушло ли; второй раз не отправляется',
    );
    await expect(notices.step('Гусев Лев', 2)).toContainText('не ушло: нет такого адреса');
    await expect.poll(() => gateway.messages.length).toBe(1);
    gateway.setStatus(gateway.messages[0]?.id ?? 0, 1);
    await expect(notices.step('Гусев Лев', 3)).toContainText('доставлено: то, чего ждали');
    await expect(notices.state('Гусев')).toHaveText(/Дошло/);
  });

  expect(gateway.messages.map(({ number }) => number)).toEqual(['79005550504']);
  expect(bot.seen(504).filter(({ text }) => text.includes('Нет связи с постом.'))).toHaveLength(1);
  await expect(desk.alarms).toHaveCount(0);

  async function lettersTo(address: string): Promise<number> {
    return (await mailbox.sent()).filter(({ to }) => to.includes(address)).length;
  }
});

test('an answer overtakes the letter that is being sent, and nobody is told any further', async ({
  bot,
  gateway,
  mailbox,
  reach,
  notices,
}) => {
  const reachable = { telegram: 505, email: 'dymov@crew.example', phone: '+7 900 555-05-05' };
  await reach.addTechnician('Дымов Олег', reachable);
  await reach.addTechnician('Ершова Анна', { email: 'ershova@crew.example' });
  await reach.saveLadder('urgent', climb);
  await reach.saveLadder('normal', [{ channel: 'email', waitFor: 'accepted', waitSeconds: 60 }]);
  mailbox.sendingHangs(true);
  await notices.open();

  await notices.compose({ to: ['Дымов'], urgency: 'Срочное', text: 'Загорание на посту.' });
  await notices.unfold('Дымов Олег');
  await expect(notices.glyph('Дымов Олег', 2)).toHaveAccessibleName('отправляется');
  const button = bot.press(505, 'Принял');
  await expect(notices.state('Дымов')).toHaveText(/Подтверждено/);
  await expect(notices.step('Дымов Олег', 2)).toContainText('остановлено: больше не нужно');
  await expect(notices.step('Дымов Олег', 3)).toContainText('до шага не дошло');
  await expect.poll(() => bot.query(button)?.answer?.text).toBe('Принято, спасибо.');
  await expect.poll(() => bot.seen(505).at(-1)?.buttons).toEqual([]);

  mailbox.sendingHangs(false);
  await notices.compose({ to: ['Ершова'], urgency: 'Обычное', text: 'Пост открыт.' });
  await expect(notices.state('Ершова')).toHaveText(/Дошло/);
  expect((await mailbox.sent()).map(({ to }) => to)).toEqual([['ershova@crew.example']]);
  expect(gateway.messages).toEqual([]);
});

test('when every step is dead the next person is called and the dispatcher alarmed, and the card tells why in one line', async ({
  desk,
  bot,
  gateway,
  mailbox,
  reach,
  notices,
}) => {
  const reachable = { telegram: 506, email: 'zhukov@crew.example', phone: '+7 900 555-05-06' };
  const zhukov = await reach.addTechnician('Жуков Фёдор', reachable);
  const next = await reach.addTechnician('Зимина Ольга', { telegram: 507 });
  await reach.saveLadder('critical', [climb[0], climb[1], { ...climb[2], waitSeconds: 5 }], {
    owner: zhukov,
    next,
  });
  await reach.saveLadder('critical', [{ ...climb[0], waitSeconds: 60 }]);
  await desk.openFromCall({ phone: '+7 900 555-00-01', name: 'Охрана', title: 'Мачта накренилась' });
  await expect(desk.card.title).toHaveText('Мачта накренилась');
  bot.block(506);
  mailbox.serverGone();

  await notices.compose({ to: ['Жуков'], urgency: 'Критичное', text: 'Оцепите мачту.' });
  await expect(desk.alarms).toContainText('Не оповещён');
  await expect(desk.alarms).toContainText('Жуков Фёдор');
  expect(gateway.messages.map(({ number, text }) => [number, text.includes('Оцепите мачту.')])).toEqual([
    ['79005550506', true],
  ]);
  await expect.poll(() => bot.seen(507).at(-1)?.text).toContain('Оцепите мачту.');
  await expect(notices.line).toContainText(/Жуков Фёдор.*Не дошло.*→.*Зимина Ольга.*Идёт/);

  bot.press(507, 'Принял');
  await expect(notices.line).toContainText(/Зимина Ольга.*Подтверждено/);
  await expect(desk.alarms).toHaveCount(0);
  await notices.line.getByRole('button', { name: 'Подробно' }).click();
  await expect(notices.step('Жуков Фёдор', 1)).toContainText('не ушло: человек заблокировал бота');
  await expect(notices.step('Жуков Фёдор', 2)).toContainText('не ушло: ');
  await expect(notices.step('Жуков Фёдор', 3)).toContainText(
    'за 5 с не пришло «доставлено» → передано: Зимина Ольга',
  );
  await expect(notices.climb('Зимина Ольга')).toContainText('Цепочка: Жуков Фёдор → Зимина Ольга');
});

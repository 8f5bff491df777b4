import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';

test.describe('with ten seconds to think again', () => {
  test.use({ plan: { undoSeconds: 10 } });

  test('a sent letter is taken back within ten seconds, text and all, and nothing leaves', async ({
    desk,
    mailbox,
  }) => {
    const { queue, card, composer } = desk;
    await mailbox.receive({ subject: 'Дверь не закрывается', text: 'Замок сломан.' });
    await queue.open('Дверь не закрывается');
    await expect(card.letter('Замок сломан.')).toBeVisible();
    await composer.begin();
    await composer.write('Не то письмо');
    await composer.send();
    await expect(composer.root).toContainText(/Отправится через \d+ секунд/);

    await composer.takeBack.click();

    await expect(composer.body).toHaveValue(/Не то письмо/);
    await expect(desk.outboxCount).toBeHidden();
    expect(await mailbox.sent()).toEqual([]);

    await composer.write('Исправлено. ');
    await composer.send();
    await expect.poll(async () => (await mailbox.sent()).length, { timeout: 20_000 }).toBe(1);
    expect((await mailbox.sent())[0]?.text).toContain('Исправлено. Не то письмо');
  });
});

test.describe('with two dispatchers', () => {
  test.use({ plan: { people: ['Анна Ветрова', 'Борис Лугов'] } });

  test('who answers right after a colleague is told so first, and may send all the same', async ({
    desk,
    browser,
    running,
    mailbox,
  }) => {
    const subject = 'Сигнализация сработала';
    const context = await browser.newContext({ locale: 'ru-RU' });
    const boris = createDeskPage(await context.newPage());
    await boris.open(await running.host().newLink());
    await boris.signIn('Борис Лугов');
    await mailbox.receive({ subject, text: 'Ложная?' });
    for (const { queue, composer } of [desk, boris]) {
      await queue.open(subject);
      await composer.begin();
    }
    await boris.composer.write('Отвечает Борис.');
    await desk.composer.write('Отвечает Анна.');
    await desk.composer.send();
    await expect(boris.card.letter('Отвечает Анна.')).toBeVisible();

    await boris.composer.send();
    await expect(boris.composer.colleague).toContainText(/Анна Ветрова: ответ отправлен \d+ секунд/);
    await expect.poll(async () => (await mailbox.sent()).length).toBe(1);

    await boris.composer.sendAnyway();
    await expect.poll(async () => (await mailbox.sent()).length).toBe(2);
    await context.close();
  });
});

test('a draft survives kill -9 of the host as it was typed', async ({ desk, page, mailbox, running }) => {
  const { queue, composer } = desk;
  await mailbox.receive({ subject: 'Обрыв кабеля', text: 'На опоре.' });
  await queue.open('Обрыв кабеля');
  await composer.begin();
  await composer.write('Половина мысли');
  await expect(composer.saved).toBeVisible();
  await expect(composer.body).toHaveValue(/Половина мысли/);

  await running.killNine();
  await running.startAgain();
  await page.reload();

  await expect(composer.body).toHaveValue(/^Половина мысли/, { timeout: 20_000 });
  await composer.send();
  await expect.poll(async () => (await mailbox.sent()).length, { timeout: 20_000 }).toBe(1);
});

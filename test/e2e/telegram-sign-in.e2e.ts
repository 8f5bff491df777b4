import { hostname } from 'node:os';
import {
  boris,
  contractor,
  irina,
  newsChannel,
  technician,
  vera,
} from '../support/telegram-dc/sample-world.ts';
import { expect, test } from './telegram-fixtures.ts';

test.use({ plan: { connected: false } });

test('nothing begins before the warning is confirmed; a scan of the QR then signs in, and the chats come', async ({
  dc,
  telegram,
  chats,
}) => {
  await telegram.open();
  await telegram.offer();
  await expect(telegram.panel).toContainText('Это настоящий аккаунт, а не бот');
  for (const way of ['Войти по QR-коду', 'Войти по номеру']) {
    await telegram.button(way).click();
    await expect(telegram.alert).toContainText('Отметьте, что прочитали');
  }
  expect(await dc.control.calls()).toEqual([]);

  await telegram.warning.check();
  await telegram.button('Войти по QR-коду').click();
  await telegram.qr.waitFor();
  await telegram.scan(irina.phone);

  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  await expect(telegram.attempt('Вход по QR-коду')).toContainText('получилось');
  await telegram.button('Сеанс: Ирина Крылова').click();
  await expect(telegram.accounts).toContainText('зашифрован ключом из файла');
  await expect(telegram.accounts).not.toContainText(irina.phone.slice(-7));
  await chats.open();
  await expect(chats.row('Денис Орлов')).toBeVisible();
  await expect(chats.row('Новости связи')).toBeVisible();
});

test('the QR is drawn anew before it expires, and the new one signs in', async ({ dc, telegram }) => {
  // Seen from here its tokens are old after eight seconds.
  await dc.control.skew({ seconds: -22 });
  await telegram.open();
  await telegram.beginQr();
  const first = await telegram.drawing();
  const tokens = async () => {
    const calls = await dc.control.calls();
    return calls.filter(({ method }) => method === 'auth.ExportLoginToken').map(({ at }) => at);
  };

  await expect.poll(telegram.drawing).not.toBe(first);
  const [shown = 0, next = 0] = await tokens();
  expect(next - shown).toBeLessThan(8000);
  await telegram.scan(irina.phone);

  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
});

test('accounts of two data centres work side by side, each signed in by QR', async ({
  dc,
  telegram,
  chats,
}) => {
  await dc.control.receive({ account: vera.account, chat: contractor, text: 'Мачта покрашена' });
  await telegram.signInByQr(irina.phone);
  await telegram.beginQr();
  await telegram.scan(vera.phone);

  await expect(telegram.account('Вера')).toContainText('на связи');
  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  expect(await dc.control.sessions({ account: vera.account })).toMatchObject({ signedIn: 1 });
  await chats.open();
  await expect(chats.row('Эльвира')).toContainText('Мачта покрашена');
  await dc.control.receive({ account: irina.account, chat: technician, text: 'Ирине' });
  await dc.control.receive({ account: vera.account, chat: contractor, text: 'Вере' });
  await expect(chats.row('Денис Орлов')).toContainText('Ирине');
  await expect(chats.row('Эльвира')).toContainText('Вере');
});

test('behind a QR the cloud password is asked for with its hint, and a wrong one is told', async ({
  dc,
  telegram,
}) => {
  await telegram.open();
  await telegram.beginQr();
  await telegram.scan(boris.phone);
  await expect(telegram.panel).toContainText(`Подсказка: ${boris.hint}`);
  expect(await dc.control.sessions({ account: boris.account })).toMatchObject({ signedIn: 0 });

  await telegram.fill('Облачный пароль', 'not the password');
  await expect(telegram.panel).toContainText('Облачный пароль не подошёл');
  await expect(telegram.panel).toContainText(`Подсказка: ${boris.hint}`);
  await telegram.fill('Облачный пароль', boris.password);

  await expect(telegram.account('Борис')).toContainText('на связи');
  const guesses = telegram.attempt('Ввод облачного пароля');
  await expect(guesses).toHaveText([/получилось/, /неверный пароль/]);
});

test('by phone and with the keys alone: where the code went is named, and a wrong one is told', async ({
  dc,
  desk,
  telegram,
  chats,
}) => {
  await dc.control.setCode({ account: irina.account, resendSeconds: 3 });
  const { keyboard } = desk.page;
  const tabTo = async (name: string) => {
    const isThere = () => telegram.button(name).evaluate((button) => button === document.activeElement);
    for (let tried = 0; tried < 40 && !(await isThere()); tried += 1) await keyboard.press('Tab');
    await expect(telegram.button(name)).toBeFocused();
  };
  await telegram.open();
  await tabTo('Войти в Telegram');
  await keyboard.press('Enter');
  await expect(telegram.panel.getByRole('heading')).toBeFocused();
  await keyboard.press('Tab');
  await expect(telegram.warning).toBeFocused();
  await keyboard.press('Space');
  await tabTo('Войти по номеру');
  await keyboard.press('Enter');
  await expect(telegram.field('Номер телефона аккаунта')).toBeFocused();
  await keyboard.type('8 800');
  await keyboard.press('Enter');
  await expect(telegram.panel).toContainText('Введите номер с кодом страны');
  await keyboard.press('Control+KeyA');
  await keyboard.type(irina.phone);
  await keyboard.press('Enter');

  await expect(telegram.panel).toContainText('Код пришёл в Telegram на другом вашем устройстве');
  await expect(telegram.panel).not.toContainText(irina.phone.slice(-7));
  await expect(telegram.field('Код, 5 цифр')).toBeFocused();
  await keyboard.type('54321');
  await keyboard.press('Enter');
  await expect(telegram.panel).toContainText('Код не подошёл');
  await expect(telegram.button(/^Ещё раз \(по СМС\) — через/)).toBeDisabled();
  await expect(telegram.button('Прислать ещё раз: по СМС')).toBeEnabled();
  await tabTo('Прислать ещё раз: по СМС');
  await keyboard.press('Enter');
  await expect(telegram.panel).toContainText('Код отправлен по СМС на номер');
  await telegram.field('Код, 5 цифр').focus();
  await keyboard.press('Control+KeyA');
  await keyboard.type('12345');
  await keyboard.press('Enter');

  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  await expect(telegram.attempt('Ввод кода')).toHaveText([/получилось/, /неверный код/]);
  await expect(telegram.attempt('Повторный запрос кода')).toContainText('получилось');
  await chats.open();
  await expect(chats.row('Telegram')).toContainText('Код для входа в Telegram: •••••.');
  await chats.openChat('Telegram');
  await expect(chats.message(/Код для входа в Telegram: •••••\./)).toBeVisible();
  await chats.search('12345');
  await expect(chats.list).toContainText('Ничего не нашлось');
});

test('cancelling works at every step and leaves nothing at Telegram; after five tries the next has to wait', async ({
  dc,
  telegram,
}) => {
  await telegram.open();
  await telegram.beginQr();
  await telegram.cancel();
  await expect(telegram.button('Войти в Telegram')).toBeFocused();

  await telegram.beginPhone(irina.phone);
  await expect(telegram.field('Код, 5 цифр')).toBeVisible();
  await telegram.cancel();

  await telegram.beginPhone(boris.phone);
  await telegram.fill('Код, 5 цифр', '12345');
  await expect(telegram.field('Облачный пароль')).toBeVisible();
  await telegram.cancel();

  await dc.control.down();
  await telegram.begin('QR');
  await expect(telegram.panel).toContainText('Соединяемся с Telegram…');
  await telegram.cancel();
  await dc.control.up();

  await telegram.begin('QR');
  await telegram.qr.waitFor();
  await telegram.button('Войти по номеру телефона').click();
  await expect(telegram.button('Получить код')).toBeDisabled();
  await expect(telegram.panel).toContainText(/Следующая будет возможна через 00:09:\d\d/);
  await telegram.cancel();

  await telegram.offer();
  await telegram.warning.check();
  await expect(telegram.panel).toContainText('Вход пока приостановлен');
  await expect(telegram.panel).toContainText(/Следующая будет возможна через 00:09:\d\d/);
  await expect(telegram.button('Войти по QR-коду')).toBeDisabled();
  await expect(telegram.button('Войти по номеру')).toBeDisabled();
  await expect(telegram.attempt('Вход по QR-коду')).toHaveText([/отменено/, /отменено/, /отменено/]);
  for (const { account } of [irina, boris]) {
    expect(await dc.control.sessions({ account })).toMatchObject({ signedIn: 0 });
  }
});

test('a wait that Telegram asks for is counted down, can be left, and holds up nothing else', async ({
  dc,
  desk,
  telegram,
}) => {
  await dc.control.fault({ method: 'auth.SendCode', floodSeconds: 3 });
  await telegram.open();
  await telegram.beginPhone(irina.phone);
  await expect(telegram.panel).toContainText('Telegram просит подождать');
  await expect(telegram.button(/^Ещё раз можно через \d с$/)).toBeDisabled();
  await telegram.button('Попробовать ещё раз').click();
  await telegram.button('Войти по номеру').click();
  await dc.control.fault({ method: 'auth.SignIn', floodSeconds: 4000 });
  await telegram.fill('Номер телефона аккаунта', irina.phone);
  await telegram.fill('Код, 5 цифр', '12345');

  await expect(telegram.panel).toContainText(/Повторить можно через 01:06:\d\d/);
  await expect(telegram.button('Войти')).toBeDisabled();
  await desk.go('Очередь');
  await desk.openFromCall({ phone: '+7 900 000-00-00', name: 'Олег', title: 'Шум на крыше' });
  await expect(desk.queue.row('Шум на крыше')).toBeVisible();
  await telegram.open();
  await expect(telegram.panel).toContainText(/Повторить можно через 01:06:\d\d/);
  await telegram.cancel();
  await expect(telegram.attempt('Ввод кода')).toContainText('Telegram просит подождать');
});

test('whoever logs out is signed in nowhere any more, and what was received stays', async ({
  dc,
  telegram,
  chats,
  desk,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await expect(chats.row('Бригада 7')).toBeVisible();
  await telegram.open();

  await telegram.logOut('Ирина Крылова');
  await expect(desk.toasts).toContainText('Вы вышли: Ирина Крылова');

  expect(await dc.control.sessions({ account: irina.account })).toEqual({ connected: 0, signedIn: 0 });
  await expect(telegram.account('Ирина Крылова')).toContainText('Вы вышли из этого аккаунта');
  await expect(telegram.attempt('Выход')).toContainText('получилось');
  await chats.open();
  await chats.openChat('Бригада 7');
  await expect(chats.message('Мы на объекте')).toBeVisible();
});

test('with the servers away a session is forgotten at once, and a log-out says what is still to be done', async ({
  dc,
  desk,
  telegram,
}) => {
  await telegram.signInByQr(vera.phone);
  await telegram.signInByQr(irina.phone);
  await dc.control.down();
  await expect(telegram.account('Вера')).toContainText('восстанавливает связь');

  await telegram.forget('Вера');
  await expect(desk.toasts).toContainText('Сеанс забыт. Завершите его и на телефоне');
  await expect(telegram.account('Вера')).toContainText('вход завершён');
  await telegram.logOut('Ирина Крылова');
  await expect(telegram.alert).toContainText('Telegram об этом не узнал', { timeout: 25_000 });
  await expect(telegram.alert).toContainText(`«Устройства» → ${hostname()} → «Завершить сеанс»`);
  await expect(telegram.account('Ирина Крылова')).toContainText('вход завершён');
  await expect(telegram.attempt('Выход')).toContainText('нет связи');

  await dc.control.up();
  for (const { account } of [irina, vera]) {
    expect(await dc.control.sessions({ account })).toEqual({ connected: 0, signedIn: 1 });
  }
  await telegram.button('Убрать из списка: Вера').click();
  await telegram.dialog.getByRole('button', { name: 'Убрать из списка' }).click();
  await expect(telegram.account('Вера')).toBeHidden();
});

test('a session ended on another device is told at once wherever one is, and signing in again brings what was missed', async ({
  dc,
  desk,
  page,
  telegram,
  chats,
}) => {
  await telegram.signInByQr(irina.phone);
  await desk.go('Очередь');
  await expect(telegram.health).toHaveAccessibleName(/работает/);
  await dc.control.revoke({ account: irina.account });

  const bar = page.getByRole('alert').filter({ hasText: 'Сеанс Пульта завершили на другом устройстве' });
  await expect(bar).toContainText('Telegram, Ирина Крылова', { timeout: 3000 });
  await dc.control.receive({ account: irina.account, chat: technician, text: 'Пока вас не было' });
  await bar.getByRole('button', { name: 'Войти снова' }).click();
  await telegram.button('Войти снова: Ирина Крылова').click();
  await telegram.warning.check();
  await telegram.button('Войти по QR-коду').click();
  await telegram.qr.waitFor();
  await telegram.scan(irina.phone);

  await expect(telegram.account('Ирина Крылова')).toHaveCount(1);
  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  await chats.open();
  await expect(chats.row('Денис Орлов')).toContainText('Пока вас не было');
});

test('after kill -9 the saved session is at work without a sign-in, and what came meanwhile is there', async ({
  dc,
  page,
  running,
  telegram,
  chats,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await expect(chats.row('Денис Орлов')).toContainText('сообщение 130');
  await running.killNine();
  await dc.control.clearCalls();
  await dc.control.receive({ account: irina.account, chat: technician, text: 'Пока пульт лежал' });
  await dc.control.receive({ account: irina.account, chat: newsChannel, text: 'Новость без пульта' });

  await running.startAgain();
  await page.reload();

  await expect(chats.row('Денис Орлов')).toContainText('Пока пульт лежал');
  await expect(chats.row('Новости связи')).toContainText('Новость без пульта');
  await telegram.open();
  await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  const asked = (await dc.control.calls()).map(({ method }) => method);
  expect(asked).toContain('updates.GetDifference');
  expect(asked.filter((method) => /^auth\.|^Req/.test(method))).toEqual([]);
});

test.describe('on a desk that has no key yet', () => {
  test.use({ plan: { connected: false, hasTelegramKey: false } });

  test('a key that Telegram does not know is refused in words, and the right one opens the sign-in', async ({
    desk,
    telegram,
  }) => {
    await telegram.open();
    await expect(telegram.key).toContainText('Откройте my.telegram.org');
    await expect(telegram.button('Войти в Telegram')).toBeHidden();
    await telegram.enterKey('12a', 'short');
    await expect(telegram.key).toContainText('api_id — число, без пробелов и букв');
    await expect(telegram.key).toContainText('api_hash — ровно 32 знака');
    await telegram.enterKey('12345', 'f'.repeat(32));
    await expect(telegram.alert).toContainText('Telegram не знает таких api_id и api_hash');

    await telegram.enterKey('12345', '0123456789abcdef0123456789abcdef');

    await expect(desk.toasts).toContainText('Ключ приложения сохранён');
    await expect(telegram.key).toContainText('api_id 12345. api_hash сохранён в закрытом виде');
    await expect(telegram.attempt('Проверка ключа приложения')).toHaveText([/получилось/, /ключ не принят/]);
    await telegram.signInByQr(irina.phone);
    await expect(telegram.account('Ирина Крылова')).toContainText('на связи');
  });
});

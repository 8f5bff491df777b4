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
  await expect(chats.row('Мачта покрашена')).toBeVisible();
  await dc.control.receive({ account: irina.account, chat: technician, text: 'Ирине' });
  await dc.control.receive({ account: vera.account, chat: contractor, text: 'Вере' });
  await expect(chats.row('Ирине')).toBeVisible();
  await expect(chats.row('Вере')).toBeVisible();
});

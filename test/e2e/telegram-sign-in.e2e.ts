import { irina } from '../support/telegram-dc/sample-world.ts';
import { expect, test } from './telegram-fixtures.ts';

test('a scan of the QR on the page signs in, and the chats come', async ({ telegram, chats }) => {
  await telegram.signInByQr(irina.phone);

  await expect(telegram.accounts).toContainText('Ирина Крылова');
  await expect(telegram.accounts).toContainText('на связи');
  await expect(telegram.attempts).toContainText('Вход по QR-коду');
  await chats.open();
  await expect(chats.row('Денис Орлов')).toBeVisible();
  await expect(chats.row('Новости связи')).toBeVisible();
});

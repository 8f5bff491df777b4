import { boris, crewGroup, irina, vera } from '../support/telegram-dc/sample-world.ts';
import type { MessageSeed } from '../support/telegram-dc/world/seed.ts';
import { createInspector } from './support/axe.ts';
import { makePng } from './support/make-png.ts';
import { expect, test } from './telegram-fixtures.ts';

const { account } = irina;

test.use({ plan: { connected: false } });

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.describe('before there is a key', () => {
      test.use({ plan: { connected: false, hasTelegramKey: false } });

      test('axe finds nothing serious in the key and in every step of a sign-in', async ({
        page,
        dc,
        telegram,
      }) => {
        const inspect = createInspector(page);
        await telegram.open();
        await inspect('key');
        await telegram.enterKey('x', 'short');
        await inspect('key, not understood');
        await telegram.enterKey('12345', 'f'.repeat(32));
        await expect(telegram.alert).toBeVisible();
        await inspect('key, refused');
        await telegram.enterKey('12345', '0123456789abcdef0123456789abcdef');
        await telegram.offer();
        await telegram.button('Войти по QR-коду').click();
        await expect(telegram.alert).toBeVisible();
        await inspect('warning');
        await telegram.warning.check();
        await telegram.button('Войти по QR-коду').click();
        await expect(telegram.qr).toBeVisible();
        await inspect('QR');
        await telegram.button('Войти по номеру телефона').click();
        await telegram.fill('Номер телефона аккаунта', '12');
        await inspect('phone, not understood');
        await dc.control.fault({
          method: 'auth.SendCode',
          error: { code: 400, message: 'PHONE_NUMBER_BANNED' },
        });
        await telegram.fill('Номер телефона аккаунта', boris.phone);
        await expect(telegram.alert).toBeVisible();
        await inspect('failed');
        await telegram.button('Попробовать ещё раз').click();
        await telegram.button('Войти по номеру').click();
        await telegram.fill('Номер телефона аккаунта', boris.phone);
        await telegram.fill('Код, 5 цифр', '54321');
        await expect(telegram.panel).toContainText('Код не подошёл');
        await inspect('code, wrong');
        await telegram.fill('Код, 5 цифр', '12345');
        await telegram.fill('Облачный пароль', 'wrong');
        await expect(telegram.panel).toContainText('Облачный пароль не подошёл');
        await inspect('password, wrong');
        await dc.control.fault({ method: 'auth.CheckPassword', floodSeconds: 600 });
        await telegram.fill('Облачный пароль', boris.password);
        await expect(telegram.panel).toContainText('Повторить можно через');
        await inspect('password, to wait');
        await telegram.cancel();
        await dc.control.down();
        await telegram.begin('QR');
        await expect(telegram.panel).toContainText('Telegram не отвечает уже');
        await inspect('connecting');
        await telegram.cancel();
        await dc.control.up();
      });
    });

    test('axe finds nothing serious among accounts that are well and that are not', async ({
      page,
      dc,
      desk,
      telegram,
      chats,
    }) => {
      const inspect = createInspector(page);
      await chats.open();
      await expect(chats.list).toContainText('Чатов ещё нет');
      await inspect('no chats yet');
      await telegram.open();
      await inspect('no accounts');
      await telegram.beginQr();
      await telegram.scan(vera.phone);
      await expect(telegram.panel).toContainText('Вход выполнен');
      await telegram.button('Сеанс: Вера').click();
      await expect(telegram.accounts).toContainText('Где ключ сеанса');
      await inspect('signed in, session');
      await telegram.button('Забыть сеанс сейчас').click();
      await expect(telegram.dialog).toBeVisible();
      await inspect('forgetting a session');
      await page.keyboard.press('Escape');
      await telegram.button('Выйти: Вера').click();
      await expect(telegram.dialog).toBeVisible();
      await inspect('logging out');
      await page.keyboard.press('Escape');
      await dc.control.down();
      await expect(telegram.account('Вера')).toContainText('восстанавливает связь');
      await inspect('reconnecting');
      await dc.control.up();
      await expect(telegram.account('Вера')).toContainText('на связи');
      await dc.control.revoke({ account: vera.account });
      await expect(telegram.account('Вера')).toContainText('вход завершён');
      await inspect('revoked');
      await desk.go('Очередь');
      await expect(page.getByRole('alert').filter({ hasText: 'Telegram, Вера' })).toBeVisible();
      await inspect('revoked, seen from the queue');
    });

    test('axe finds nothing serious in chats', async ({ page, dc, telegram, chats }) => {
      const inspect = createInspector(page);
      await telegram.signInByQr(irina.phone);
      await chats.open();
      await expect(chats.row('Денис Орлов')).toBeVisible();
      await inspect('chats');
      for (const message of busyTalk()) {
        const { id } = await dc.control.receive({ account, chat: crewGroup, from: 2002, ...message });
        await dc.control.react({ account, chat: crewGroup, id, from: 2001, emoji: '👍' });
      }
      const { id } = await dc.control.receive({ account, chat: crewGroup, from: 2002, text: 'Зря' });
      await chats.openChat('Бригада 7');
      await expect(chats.message('Зря')).toBeVisible();
      await dc.control.remove({ account, chat: crewGroup, ids: [id] });
      await expect(chats.message('Зря')).toContainText('удалено в Telegram');
      await chats.composer.field.fill('Принято, **едем**');
      await chats.composer.attach(files);
      await expect(chats.composer.files.getByRole('button', { name: /^Убрать/ })).toHaveCount(2);
      await inspect('a chat and what is written into it');
      await chats.composer.send();
      await expect(chats.history.getByRole('img', { name: 'отправлено' }).first()).toBeVisible();
      await chats.message(/жирно/).click();
      await page.keyboard.press('KeyX');
      await expect(chats.main).toContainText('Выбрано 1 сообщение');
      await inspect('sent, and a message selected');
      await page.keyboard.press('KeyL');
      await expect(telegram.dialog).toBeVisible();
      await inspect('joining an incident');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await telegram.button('Чей это чат').click();
      await telegram.dialog.getByRole('button', { name: 'Создать нового' }).click();
      await inspect('whose chat it is');
      await page.keyboard.press('Escape');
      await telegram.button('Инциденты из этого чата').click();
      await telegram.dialog.getByRole('button', { name: 'Добавить правило' }).click();
      await inspect('rules of a chat');
      await page.keyboard.press('Escape');
      await chats.list.getByRole('button', { name: 'Папки и аккаунты' }).click();
      await inspect('folders');
      await page.keyboard.press('Escape');
      await chats.search('объекте');
      await expect(chats.findings).toHaveCount(1);
      await inspect('found');
      await chats.list.getByRole('searchbox').fill('чего нет нигде');
      await expect(chats.list).toContainText('Ничего не нашлось');
      await inspect('nothing found');
      await page.keyboard.press('Escape');
      await dc.control.down();
      await expect(chats.weather).toContainText('Нет связи с Telegram');
      await inspect('Telegram is away');
      await dc.control.up();
    });

    test('axe finds nothing serious in the directory', async ({ page, desk }) => {
      const inspect = createInspector(page);
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyD');
      await expect(desk.content).toContainText('Справочник пуст');
      await inspect('empty directory');
      await desk.content.getByRole('button', { name: 'Добавить' }).first().click();
      await desk.content.getByRole('button', { name: 'Сохранить' }).click();
      await expect(desk.content).toContainText('Введите имя');
      await inspect('somebody without a name');
      await desk.content.getByLabel('Имя', { exact: true }).fill('Олег Мачтов');
      await desk.content.getByLabel('Телефон', { exact: true }).fill('+7 900 000-00-00');
      await desk.content.getByRole('button', { name: 'Сохранить' }).click();
      await expect(desk.toasts).toContainText('Сохранено');
      await inspect('a directory with somebody');
      await desk.content.getByRole('searchbox').fill('чего нет нигде');
      await expect(desk.content).toContainText('Никого не нашлось');
      await inspect('nobody found');
    });
  });
}

const files = [
  { name: 'щит.png', mimeType: 'image/png', buffer: makePng(64, 48) },
  { name: 'акт.pdf', mimeType: 'application/pdf', buffer: Buffer.from('акт') },
];

/** One message of each kind. */
function busyTalk(): readonly MessageSeed[] {
  const base64 = makePng(64, 48).toString('base64');
  return [
    { text: 'жирно и ссылка', entities: [{ type: 'bold', offset: 0, length: 5 }] },
    { text: 'https://map.example/7', entities: [{ type: 'url', offset: 0, length: 21 }], replyTo: 1 },
    { text: 'Переслано', forward: { name: 'Скрытый человек' } },
    { text: 'Щит', media: { kind: 'photo', base64, width: 64, height: 48 } },
    { media: { kind: 'document', base64, name: 'план.exe' } },
    { media: { kind: 'voice', base64, seconds: 7 } },
    { media: { kind: 'round', base64, seconds: 5 } },
    { media: { kind: 'geo', latitude: 59.93, longitude: 30.33 } },
    { media: { kind: 'contact', phone: '+79000000000', firstName: 'Олег', lastName: '', userId: 0 } },
  ];
}

import { expect, test } from 'vitest';
import { createNotifyKit } from '../../../../test/support/notify-kit.ts';
import { noticeFilterOf } from '../../../../test/support/notice-filter.ts';
import { noticeTable } from './notice-table.ts';
import { isMoment } from './table.ts';

test('a row for each step, with its times, its cost and the words of the service', async () => {
  const kit = createNotifyKit();
  const ivan = kit.addContact('Иван Лисин', { email: 'ivan@crew.example', phone: '+7 900 555-01-01' });
  const mail = kit.addRoute('email', { receipts: ['accepted'] });
  kit.addRoute('smsaero', { receipts: ['accepted'] }, { price: 320 });
  kit.ladder('normal', [{ channel: 'email' }, { channel: 'sms' }]);
  mail.play({ as: 'fails', trouble: 'address-refused', certainty: 'refused', wrote: true });
  await kit.service.start(new AbortController().signal);
  const id = kit.notify(ivan, { title: '=1+1' });
  await kit.clock.advance(1000);
  await kit.service.stop();

  const { notificationView, noticeExports } = kit.stores;
  const ids = notificationView.ids(noticeFilterOf({ channels: ['sms'] }));
  const table = noticeTable(ids, noticeExports, 'ru');
  const rows = [...table.pieces].flat();

  expect(ids).toEqual([id]);
  const column = (name: string) => rows.map((row) => row[table.headings.indexOf(name)]);
  expect(rows.every((row) => row.length === table.headings.length)).toBe(true);
  expect(column('Канал')).toEqual(['email', 'sms']);
  expect(column('Код ошибки')).toEqual(['address-refused', '']);
  expect(column('Стоимость')).toEqual([0, 3.2]);
  expect(column('Кому')).toEqual(['Иван Лисин', 'Иван Лисин']);
  expect(column('Отправлено').map((cell) => cell !== undefined && isMoment(cell))).toEqual([false, true]);
});

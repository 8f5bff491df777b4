import { beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../platform/logger.ts';
import { type AdminAlerts, createAdminAlerts, type Trouble } from './admin-alerts.ts';
import { createKeepingSettings, type KeepingSettingDesk } from './keeping-settings.ts';

let kit: CoreKit;
let alerts: AdminAlerts;
let settings: KeepingSettingDesk;
let troubles: Trouble[];
let sent: { readonly to: readonly string[]; readonly subject: string; readonly text: string }[];
let isDown: boolean;
let said: { readonly chatId: number; readonly text: string }[];
let isSignedOut: boolean;

const minuteMs = 60_000;
const disk: Trouble = { kind: 'disk-low', subject: '', facts: { free: '900 МБ' } };
const dead: Trouble = { kind: 'channel-dead', subject: 'Заявки', facts: {} };

beforeEach(async () => {
  kit = createCoreKit();
  troubles = [];
  sent = [];
  isDown = false;
  said = [];
  isSignedOut = false;
  settings = createKeepingSettings({ ...kit.desk, store: kit.stores.settings });
  settings.save({ alertEmails: ['admin@towers.example'] }, null);
  alerts = createAdminAlerts({
    ...kit.desk,
    log: silentLogger,
    store: kit.stores.adminAlerts,
    settings,
    troubles: () => troubles,
    senders: {
      async mail(to, letter) {
        if (isDown) throw new AppError('unavailable', { details: { reason: 'no-mailbox' } });
        sent.push({ to, ...letter });
      },
      chat(chatId, text) {
        if (isSignedOut) throw new AppError('unavailable', { details: { reason: 'account-signed-out' } });
        said.push({ chatId, text });
      },
    },
    desk: () => 'PLT',
    time: (at) => new Date(at).toISOString().slice(11, 16),
  });
  await alerts.start(new AbortController().signal);
  return () => alerts.stop();
});

const subjects = () => sent.map(({ subject }) => subject);

test('trouble is told once, what follows comes in one letter, and so does that all is well again', async () => {
  troubles = [disk];
  await kit.clock.advance(minuteMs);
  expect(subjects()).toEqual(['Пульт PLT: Мало места на диске']);
  expect(sent[0]?.text).toContain('900 МБ');

  troubles = [disk, dead];
  await kit.clock.advance(minuteMs);
  troubles = [];
  await kit.clock.advance(5 * minuteMs);
  expect(sent).toHaveLength(1);

  await kit.clock.advance(10 * minuteMs);
  expect(subjects()).toEqual(['Пульт PLT: Мало места на диске', 'Пульт PLT: всё снова хорошо']);
  // Begun and over between two letters: nobody needs to hear of it.
  expect(sent[1]?.text).not.toContain('Заявки');
});

test('what cannot be sent is shown and tried again, and told when it can', async () => {
  isDown = true;
  troubles = [disk];
  await kit.clock.advance(minuteMs);
  expect(alerts.failure()).toBe('no-mailbox');
  expect(alerts.health()).toMatchObject({ state: 'degraded', reason: 'alert-not-sent' });

  isDown = false;
  await kit.clock.advance(6 * minuteMs);
  expect(subjects()).toHaveLength(1);
  expect(alerts.failure()).toBeUndefined();
});

test('a start after a crash is told although it is over, and only what was asked for is told', async () => {
  settings.save({ alertKinds: ['unclean-start'] }, null);
  alerts.happened('unclean-start');
  troubles = [disk];
  await kit.clock.advance(minuteMs);
  expect(subjects()).toEqual(['Пульт PLT: Пульт запущен после внезапной остановки']);
});

test('a test letter goes to everybody, and without anybody is refused', async () => {
  expect(await alerts.test()).toBe(1);
  settings.save({ alertEmails: [] }, null);
  await expect(alerts.test()).rejects.toMatchObject({ details: { reason: 'alert-nobody' } });
});

test('trouble is said in the chat as well, once, and alone when there is no address', async () => {
  settings.save({ alertChatId: 7 }, null);
  troubles = [disk];
  await kit.clock.advance(minuteMs);
  expect([sent.length, said.map(({ chatId }) => chatId)]).toEqual([1, [7]]);
  expect(said[0]?.text).toMatch(/^Пульт PLT: Мало места на диске\n\n[^]*900 МБ/);

  settings.save({ alertEmails: [] }, null);
  troubles = [];
  await kit.clock.advance(11 * minuteMs);
  expect([sent.length, said.length]).toEqual([1, 2]);
  expect(said[1]?.text).toContain('всё снова хорошо');
});

test('a chat that cannot be written to keeps no letter back and is shown, and alone it is tried again', async () => {
  settings.save({ alertChatId: 7 }, null);
  isSignedOut = true;
  troubles = [disk];
  await kit.clock.advance(minuteMs);
  expect([sent.length, said.length, alerts.failure()]).toEqual([1, 0, 'account-signed-out']);

  settings.save({ alertEmails: [] }, null);
  troubles = [disk, dead];
  await kit.clock.advance(11 * minuteMs);
  expect(said).toEqual([]);
  isSignedOut = false;
  await kit.clock.advance(6 * minuteMs);
  expect(said.map(({ text }) => text.includes('Заявки'))).toEqual([true]);
  expect(alerts.failure()).toBeUndefined();
});

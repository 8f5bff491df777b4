import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreDesk } from '../../src/core/restore-desk.ts';
import { createSecretBox } from '../../src/host/secret-box.ts';
import { telegramTrouble } from '../../src/shared/i18n/ru/telegram.ts';
import { startDesk } from '../support/desk.ts';
import { crewGroup, irina } from '../support/telegram-dc/sample-world.ts';
import { chatId, setUpWholeDesk, until } from './telegram-whole-desk.ts';

const begin = setUpWholeDesk();
const crew = 'Бригада';

test('an alert is said in the chat of the administrator, and a restored desk elsewhere asks to sign in to Telegram again and keeps its chats', async () => {
  const { dc, page, off } = await begin();
  const disk = await mkdtemp(join(tmpdir(), 'pult-disk-'));
  const alertChatId = await chatId(page, crew);
  await page.keeping.saveSettings({ settings: { alertChatId, backupDirectory: disk } });
  await page.keeping.testAlert({});
  await until('the alert', () =>
    dc.log({ account: irina.account, chat: crewGroup }).some(({ text }) => text.startsWith('Пульт ')),
  );

  await page.keeping.makeFull({});
  await off();
  const dataDir = join(disk, 'elsewhere');
  const secretBox = createSecretBox([{ origin: 'k', key: randomBytes(32) }]);
  await restoreDesk({ from: disk, dataDir, recoveryKey: undefined, secretBox });
  const desk = await startDesk({ dataDir, telegramNetwork: dc.network() }, { secretBox });
  const restored = await desk.page();

  const account = async () => (await restored.telegram.overview({})).accounts[0];
  await until('the trouble', async () => (await account())?.reason === 'session-broken');
  // The session of the other computer is in no backup; the words ask to sign in, and nothing is tried meanwhile.
  expect(telegramTrouble['session-broken']).toMatch(/Чаты и черновики на месте; войдите снова/);
  expect((await account())?.state).not.toBe('ready');
  expect((await restored.chats.list({ text: crew })).chats).toHaveLength(1);
  await desk.stop();
  await rm(disk, { recursive: true, force: true });
});

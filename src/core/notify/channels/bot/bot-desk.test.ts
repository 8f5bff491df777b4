import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../../../test/support/core-kit.ts';
import { composeBindings } from '../../../compose-bindings.ts';
import { composeNotify } from '../../../compose-notify.ts';
import { createMemoryCapabilities } from '../../../platform/capabilities-memory.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { startBotApi, type BotApi } from '../../../training/services/bot-api.ts';
import type { Party } from '../../../../shared/domain/reaching.ts';
import { bindingsOf, createBindingLink } from '../../bindings.ts';
import { cancelNotification } from '../../cancel-notification.ts';
import { notify } from '../../notify.ts';

const { secretBox } = createMemoryCapabilities();
const oleg = 501;
const pavel = 502;

type Desk = { readonly kit: CoreKit; readonly room: ReturnType<typeof composeNotify> };

let folder: string;
let api: BotApi;
let desk: Desk;
let routeId: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pult-bot-desk-'));
  desk = openDesk();
  api = await startBotApi({ clock: desk.kit.clock });
  const { stores, db, clock } = desk.kit;
  routeId = db.transact((revision) =>
    stores.routes.insert({
      uuid: 'bot',
      kind: 'bot',
      channel: 'telegram',
      name: 'Бот смены',
      position: 0,
      enabled: 1,
      settings: JSON.stringify({ baseUrl: api.url }),
      sealed: secretBox.seal(JSON.stringify({ token: api.token })),
      proxy: '',
      timeoutMs: 5000,
      perMinute: 600,
      price: 0,
      dailyLimit: null,
      createdAt: clock.now(),
      revision,
    }),
  );
  const step = {
    channel: 'telegram',
    address: '',
    waitFor: 'acknowledged',
    waitSeconds: 600,
    retries: 0,
  } as const;
  db.transact((revision) =>
    stores.ladders.save(
      {
        owner: null,
        uuid: 'ladder',
        urgency: 'normal',
        steps: [step],
        repeatMinutes: null,
        mostRounds: 1,
        next: null,
      },
      revision,
    ),
  );
  await start();
});

afterEach(async () => {
  await desk.room.service.stop();
  await api.stop();
  desk.kit.db.close();
  rmSync(folder, { recursive: true });
});

/** The desk over the same file, as after a restart. */
function openDesk(seed = 1): Desk {
  const kit = createCoreKit(join(folder, 'desk.db'), seed);
  const room = composeNotify({
    desk: kit.desk,
    stores: kit.stores,
    deskBox: secretBox,
    mail: {} as never,
    drivers: {},
    attachmentFile: (sha256) => join(folder, sha256),
    storeUpload: () => Promise.resolve({ sha256: 'e'.repeat(64), size: 4 }),
    log: silentLogger,
  });
  return { kit, room };
}

const start = () => desk.room.service.start(new AbortController().signal);
const bindingParts = () =>
  composeBindings({ desk: desk.kit.desk, stores: desk.kit.stores, driverOf: desk.room.driverOf });

function addContact(name: string): Party {
  const { db, stores } = desk.kit;
  const blank = {
    kind: 'technician',
    organisation: '',
    phone: '',
    email: '',
    note: '',
    active: true,
  } as const;
  const contact = { ...blank, uuid: name, name, createdAt: 0 };
  return { kind: 'contact', id: db.transact((revision) => stores.contacts.insert(contact, revision)) };
}

/** They come by a link of their own, as they really do. */
async function bind(name: string, userId: number): Promise<Party> {
  const party = addContact(name);
  const actor = desk.kit.stores.people.all()[0]?.id ?? desk.kit.addPerson('Орлова');
  const bot = await bindingParts().botName(routeId, new AbortController().signal);
  const { url } = createBindingLink(bindingParts(), { party, routeId, bot }, actor);
  api.start(userId, new URL(url).searchParams.get('start') ?? '', name);
  await expect.poll(() => bindingsOf(bindingParts(), party).bindings.length).toBe(1);
  await expect.poll(() => said(userId)).toContain('готово');
  return party;
}

const said = (userId: number) => api.seen(userId).findLast(({ from }) => from === 'bot')?.text ?? '';
const tell = (to: Party) =>
  desk.kit.db.transact((revision) =>
    notify(
      desk.room.parts,
      {
        to,
        kind: 'composed',
        urgency: 'normal',
        title: 'Опора 7742',
        text: 'Нет питания, выезжайте.',
        verbs: ['accepted', 'on-the-way', 'done', 'cannot'],
        createdBy: null,
        passesOn: false,
      },
      revision,
    ),
  );
const stateOf = (id: number) => desk.kit.stores.notifications.require(id).state;
const answers = (id: number) =>
  desk.kit.db
    .prepare<[number], { verb: string | null; text: string }>(
      'SELECT verb, text FROM answer WHERE notification_id = ? ORDER BY id',
    )
    .all(id);
const arrived = async (userId: number) => {
  await expect.poll(() => said(userId)).toContain('Нет питания');
};

test('somebody comes by a link, is written to with buttons, and one press acknowledges', async () => {
  const party = await bind('Олег', oleg);
  const id = tell(party);
  await arrived(oleg);

  const pressed = api.press(oleg, 'Принял');

  await expect.poll(() => stateOf(id)).toBe('acknowledged');
  await expect.poll(() => api.query(pressed)?.answer?.text).toContain('Принято');
  expect(answers(id)).toEqual([{ verb: 'accepted', text: '' }]);
});

test('a colleague who is bound too cannot acknowledge in somebody’s place', async () => {
  const party = await bind('Олег', oleg);
  await bind('Павел', pavel);
  const id = tell(party);
  await arrived(oleg);
  const { code } = desk.kit.stores.notifications.require(id);

  const theirs = api.seen(pavel).at(-1)?.id ?? 0;
  const pressed = api.pressData(pavel, theirs, `a:${code}:accepted`);

  await expect.poll(() => api.query(pressed)?.answer?.text).toContain('Это поручение не вам');
  expect(stateOf(id)).toBe('climbing');
  expect(answers(id)).toEqual([]);
});

test('a stranger’s press with a real code changes nothing and is answered with words', async () => {
  const party = await bind('Олег', oleg);
  const id = tell(party);
  await arrived(oleg);
  const { code } = desk.kit.stores.notifications.require(id);
  api.start(999);

  const pressed = api.pressData(999, 1, `a:${code}:accepted`);

  await expect.poll(() => api.query(pressed)?.answer?.text).toContain('Попросите у диспетчера ссылку');
  expect(stateOf(id)).toBe('climbing');
});

test('killed after an answer was written and before the cursor moved, the answer is there once', async () => {
  const party = await bind('Олег', oleg);
  const id = tell(party);
  await arrived(oleg);
  await desk.room.service.stop();
  const cursor = desk.kit.stores.routes.cursor(routeId);
  api.press(oleg, 'Принял');
  api.say(oleg, 'буду к шести');
  await start();
  await expect.poll(() => answers(id).length).toBe(2);
  await desk.room.service.stop();

  // As if the process had died the moment before: what was confirmed to nobody is told again.
  desk.kit.db.transact(() => desk.kit.stores.routes.saveCursor(routeId, cursor));
  api.repeat(2);
  desk.kit.db.close();
  desk = openDesk(2);
  await start();
  api.say(oleg, 'готово');
  await expect.poll(() => answers(id).length).toBe(3);

  expect(answers(id).map(({ verb, text }) => verb ?? text)).toEqual(['accepted', 'буду к шести', 'done']);
});

test('an answer given while the desk was off is heard when it starts', async () => {
  const party = await bind('Олег', oleg);
  const id = tell(party);
  await arrived(oleg);
  await desk.room.service.stop();
  desk.kit.db.close();

  api.press(oleg, 'Не могу');
  desk = openDesk(2);
  await start();

  await expect.poll(() => answers(id)).toEqual([{ verb: 'cannot', text: '' }]);
});

test('who has shut the bot out is not written to any more, and is again when they come back', async () => {
  const party = await bind('Олег', oleg);
  api.block(oleg);
  await expect.poll(() => bindingsOf(bindingParts(), party).bindings[0]?.blockedAt).not.toBeNull();
  const first = tell(party);
  await expect.poll(() => stateOf(first)).toBe('not-reached');

  api.unblock(oleg);
  await expect.poll(() => bindingsOf(bindingParts(), party).bindings[0]?.blockedAt).toBeNull();
  tell(party);

  await arrived(oleg);
});

test('a press on what was called off is told so', async () => {
  const party = await bind('Олег', oleg);
  const id = tell(party);
  await arrived(oleg);
  desk.kit.db.transact((revision) => cancelNotification(desk.room.parts, id, revision));

  const pressed = api.press(oleg, 'Принял');

  await expect.poll(() => api.query(pressed)?.answer?.text).toBeTruthy();
  expect(stateOf(id)).toBe('cancelled');
});

/**
 * `npm run screenshots`: the pictures of the README, from the training desk with a fixed seed.
 * `npm run screenshots -- --every DIR` takes every screen in both themes and sizes instead, for looking at.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';

import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { startHostProcess, type HostProcess } from '../test/support/host-process.ts';
import { openSocketClient, type SocketClient } from '../test/support/socket-client.ts';
import { chromiumAdvice, chromiumArguments, findChromium } from './find-chromium.ts';
import { buildOut, root } from './run.ts';
import { prepareCalls } from './screenshot-calls.ts';
import { isStale } from './stale.ts';

type Theme = 'dark' | 'light';
type Size = 'small' | 'wide';
type Stage = { readonly page: Page; readonly base: string; readonly incidentOf: (title: string) => number };
type Screen = (stage: Stage) => Promise<void>;
type Shot = { readonly screen: string; readonly theme: Theme; readonly size: Size };

const sizes: Readonly<Record<Size, { readonly width: number; readonly height: number }>> = {
  small: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
};
const zone = 'Europe/Moscow';
/** On Windows `convert` is another program, which changes file systems. */
const imageMagick = process.platform === 'win32' ? 'magick' : 'convert';
const livedInWithinMs = 20_000;
/** Letters grow to their height, fonts arrive. */
const settleMs = 900;

/** Taken while nobody is signed in to Telegram. */
const signInScreen = 'sign-in';

const go = async ({ page, base }: Stage, hash: string) => {
  // A screen left half-way, such as the open palette, is not the next one's business.
  await page.goto('about:blank');
  await page.goto(`${base}#/${hash}`);
  await page.mouse.move(0, 0);
  await page.locator('main').waitFor();
  // A busy machine is slower than any pause: rows must be there.
  if (hash.startsWith('queue')) await page.getByText('PLT-1001').first().waitFor();
  await page.waitForTimeout(settleMs);
};

const screens: Readonly<Record<string, Screen>> = {
  queue: (stage) => go(stage, `queue/${stage.incidentOf('Заявка внешнего контрагента')}`),
  card: (stage) => go(stage, `queue/${stage.incidentOf('Авария по питанию')}`),
  async composer(stage) {
    await go(stage, `queue/${stage.incidentOf('Доступ на АМС')}`);
    await stage.page.locator('iframe, [role=log]').first().waitFor();
    await stage.page.keyboard.press('KeyR');
    await stage.page.locator('textarea:focus').waitFor();
    await stage.page.keyboard.type(
      'Добрый день! Допуск согласован, ключ у охраны. Старшего смены предупредили.',
    );
    await stage.page.waitForTimeout(settleMs);
  },
  outbox: (stage) => go(stage, 'outbox'),
  people: (stage) => go(stage, 'people'),
  quarantine: (stage) => go(stage, 'quarantine'),
  'settings-mail': (stage) => go(stage, 'settings/mail'),
  async [signInScreen](stage) {
    const { page } = stage;
    await go(stage, 'settings/telegram');
    const button = (name: string) => page.getByRole('main').getByRole('button', { name });
    await button('Войти в Telegram').click();
    await page.getByRole('main').getByRole('checkbox').check();
    await button('Войти по QR-коду').click();
    await button('Отсканировать (демо)').waitFor();
    await page.mouse.move(0, 0);
    await page.waitForTimeout(settleMs);
  },
  async chats(stage) {
    await go(stage, 'chats');
    await stage.page.getByRole('row').filter({ hasText: 'ЛинияСервис' }).first().click();
    await stage.page.mouse.move(0, 0);
    await stage.page.waitForTimeout(settleMs);
  },
  directory: (stage) => go(stage, 'directory'),
  calls: (stage) => go(stage, 'calls'),
  async notifications(stage) {
    await go(stage, 'notifications');
    // The one that has climbed to the end is the one to look into.
    await stage.page.getByRole('row').filter({ hasText: 'Прохоров' }).first().click();
    await stage.page.mouse.move(0, 0);
    await stage.page.waitForTimeout(settleMs);
  },
  'settings-ladders': (stage) => go(stage, 'settings/ladders'),
  'settings-routes': (stage) => go(stage, 'settings/routes'),
  reports: (stage) => go(stage, 'reports'),
  shift: (stage) => go(stage, 'shift'),
  map: async (stage) => {
    await go(stage, 'map');
    // Outlines and places are drawn once they are here.
    await stage.page.waitForTimeout(2 * settleMs);
  },
  'settings-clocks': (stage) => go(stage, 'settings/clocks'),
  async palette(stage) {
    await go(stage, 'queue');
    await stage.page.keyboard.press('Control+KeyK');
    await stage.page.locator('[role=dialog]').waitFor();
    await stage.page.waitForTimeout(settleMs);
  },
};

const pictures: readonly Shot[] = [
  { screen: 'queue', theme: 'dark', size: 'small' },
  { screen: 'queue', theme: 'light', size: 'small' },
  { screen: 'queue', theme: 'dark', size: 'wide' },
  { screen: 'queue', theme: 'light', size: 'wide' },
  { screen: 'card', theme: 'dark', size: 'small' },
  { screen: 'card', theme: 'dark', size: 'wide' },
  { screen: 'card', theme: 'light', size: 'wide' },
  ...[
    'composer',
    'outbox',
    'people',
    'settings-mail',
    'settings-clocks',
    'palette',
    'quarantine',
    'reports',
    'shift',
    'map',
    'calls',
    'notifications',
  ].map((screen): Shot => ({ screen, theme: 'dark', size: 'small' })),
  ...[signInScreen, 'chats', 'directory'].flatMap((screen) =>
    (['dark', 'light'] as const).map((theme): Shot => ({ screen, theme, size: 'small' })),
  ),
];

const every: readonly Shot[] = Object.keys(screens).flatMap((screen) =>
  (['dark', 'light'] as const).flatMap((theme) =>
    (['small', 'wide'] as const).map((size): Shot => ({ screen, theme, size })),
  ),
);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { every: { type: 'string' } } });
  const folder = values.every ?? join(root, 'docs/screenshots');
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(chromiumAdvice);
  if (isStale('out-demo/renderer/index.html')) await buildOut('demo');
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
  try {
    await takeDesk(browser, folder, values.every === undefined ? pictures : every);
    await takeSetup(browser, folder);
  } finally {
    await browser.close();
  }
  shrink(folder);
}

async function takeDesk(browser: Browser, folder: string, shots: readonly Shot[]): Promise<void> {
  const host = await startHost('demo.js');
  const client = await openSocketClient(host.link);
  try {
    const incidentOf = await prepareDesk(client);
    const desk = { browser, folder, host, client, incidentOf };
    await takeShots(
      desk,
      shots.filter(({ screen }) => screen === signInScreen),
    );
    await prepareCalls(client, until);
    await prepareChats(client);
    await takeShots(
      desk,
      shots.filter(({ screen }) => screen !== signInScreen),
    );
  } finally {
    client.connection.close();
    await host.stop();
  }
}

type Desk = {
  readonly browser: Browser;
  readonly folder: string;
  readonly host: HostProcess;
  readonly client: SocketClient;
  readonly incidentOf: Stage['incidentOf'];
};

async function takeShots(
  { browser, folder, host, client, incidentOf }: Desk,
  shots: readonly Shot[],
): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    for (const size of ['small', 'wide'] as const) {
      const wanted = shots.filter((shot) => shot.theme === theme && shot.size === size);
      if (wanted.length === 0) continue;
      const page = await openPage(browser, { theme, size, link: await host.newLink() });
      await page.locator('[data-own-keys] li button').first().click();
      await page.locator('nav').waitFor();
      for (const shot of wanted) {
        await screens[shot.screen]?.({ page, base: host.base, incidentOf });
        await page.screenshot({ path: join(folder, fileName(shot)) });
      }
      await page.context().close();
      const { drafts } = await client.rpc.drafts.list({});
      for (const { id } of drafts) await client.rpc.drafts.discard({ id });
      await client.rpc.telegram.cancelSignIn({});
    }
  }
}

async function takeSetup(browser: Browser, folder: string): Promise<void> {
  const host = await startHost('host.js');
  try {
    const shot: Shot = { screen: 'setup', theme: 'light', size: 'small' };
    const page = await openPage(browser, { ...shot, link: host.link });
    await page.screenshot({ path: join(folder, fileName(shot)) });
    await page.context().close();
  } finally {
    await host.stop();
  }
}

/** The desk as the colleague leaves it, standing still. */
async function prepareDesk({ rpc }: SocketClient): Promise<(title: string) => number> {
  const { people } = await rpc.session.people({});
  await rpc.session.signIn({ personId: people[0]?.id ?? 0 });
  await rpc.training.control({ paused: true });
  await rpc.shift.soundTested({ heard: true });
  const deadline = Date.now() + livedInWithinMs;
  for (;;) {
    const { rows } = await rpc.incidents.queue({
      filter: {},
      sort: { key: 'registered', descending: false },
      offset: 0,
      limit: 100,
    });
    const { rows: leaving } = await rpc.outbox.list({ all: false });
    const untouched = rows.filter(({ typeId }) => typeId === null).length;
    const isLivedIn = rows.length >= 15 && untouched <= 4 && leaving.length === 0;
    if (isLivedIn || Date.now() > deadline) {
      if (!isLivedIn)
        console.warn(`The desk is not as it should be: ${rows.length} incidents, ${untouched} new`);
      return (title) => rows.find((row) => row.title.startsWith(title))?.id ?? 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Signed in, the pictures fetched, and an incident opened out of the group. */
async function prepareChats({ rpc }: SocketClient): Promise<void> {
  await rpc.telegram.beginQr({ understood: true });
  await until(async () => {
    await rpc.telegram.demoScan({});
    return true;
  });
  const crew = async () =>
    (await rpc.chats.list({})).chats.find(({ title }) => title.startsWith('ЛинияСервис'));
  await until(async () => typeof (await crew())?.contact?.id === 'number');
  const id = (await crew())?.id ?? 0;
  await rpc.chats.loadOlder({ id, beforeServerId: null });
  const { messages } = await rpc.chats.history({ id });
  for (const { files } of messages) for (const file of files) await rpc.chats.download({ fileId: file.id });
  const reported = messages.findLast(({ text }) => text.includes('крышка щита'));
  if (!reported) return;
  const { incidentId } = await rpc.chats.openIncident({ messageIds: [reported.id] });
  await rpc.settings.save({ settings: { undoSeconds: 0 } });
  const text = 'Крышку привезёт бригада 5 сегодня до 21:00, встретьте у ворот.';
  await rpc.chats.send({ chatId: id, text, replyTo: reported.id, incidentId });
  await until(async () =>
    (await rpc.outbox.list({ all: true })).rows.some(
      ({ channel, state }) => channel === 'telegram' && state === 'accepted',
    ),
  );
}

/** Tries again while it fails or says no. */
async function until(isDone: () => Promise<boolean>, withinMs = livedInWithinMs): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isDone().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('The desk did not come so far');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Every letter of the lesson can be read, so for once the desk's answer is made up. */
async function pretendQuarantine(page: Page): Promise<void> {
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const call = JSON.parse(String(frame)) as { readonly id: number; readonly path?: string };
      if (call.path !== 'quarantine.list') server.send(frame);
      else socket.send(JSON.stringify({ t: 'result', id: call.id, value: { rows: unreadable(Date.now()) } }));
    });
  });
}

function unreadable(now: number) {
  const one = { accountId: 1, folder: 'inbox', attempts: 3 } as const;
  const head = (from: string, subject: string) =>
    `From: ${from}\nTo: dispatch@pult.example\nSubject: ${subject}\nDate: ${new Date(now).toUTCString()}`;
  return [
    {
      ...one,
      rawId: 91,
      uid: 4417,
      receivedAt: now - 11 * 60_000,
      size: 143_654_912,
      reason: 'letter-too-large',
      head: head('arhiv@volna-mobile.example', 'Видео с площадки 41208-P-52-1-1'),
    },
    {
      ...one,
      rawId: 92,
      uid: 4431,
      receivedAt: now - 4 * 60_000,
      size: 61_204,
      reason: 'parse-timeout',
      head: head('robot@orbita-svyaz.example', 'Опрос контроллеров 77-01073'),
    },
  ];
}

async function openPage(
  browser: Browser,
  { theme, size, link }: { readonly theme: Theme; readonly size: Size; readonly link: string },
): Promise<Page> {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: theme,
    locale: 'ru-RU',
    timezoneId: zone,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await pretendQuarantine(page);
  await page.goto(link);
  await page.locator('h1').waitFor();
  await page.waitForTimeout(settleMs);
  return page;
}

function startHost(entry: 'demo.js' | 'host.js'): Promise<HostProcess> {
  return startHostProcess({
    entry: join(root, 'out-demo/main', entry),
    env: { TZ: zone, PULT_DEMO_SEED: '7' },
  });
}

function fileName({ screen, theme, size }: Shot): string {
  return `${screen}${size === 'wide' ? '-wide' : ''}-${theme}.png`;
}

/** A screen has few colours: a palette halves the files. Without ImageMagick they stay as they are. */
function shrink(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.png'))) {
    const file = join(folder, name);
    spawnSync(imageMagick, [file, '-strip', '-dither', 'None', '-colors', '255', `png8:${file}`]);
  }
  console.log(`${readdirSync(folder).length} pictures in ${relative(root, folder) || folder}`);
}

await main();

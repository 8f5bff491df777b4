import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { provisionFor, startDesk, type Desk } from '../support/desk.ts';
import { irina, sampleWorld } from '../support/telegram-dc/sample-world.ts';
import { createTelegramDc, type TelegramDc } from '../support/telegram-dc/telegram-dc.ts';

type Page = Client<PultContract>;

/** A whole desk, signed in to test servers as Irina. It may be switched off and on; the data stay. */
export type WholeDesk = {
  readonly dc: TelegramDc;
  /** Of the desk that runs now. */
  readonly page: Page;
  readonly database: string;
  readonly isOn: boolean;
  off(): Promise<void>;
  on(): Promise<void>;
  signIn(): Promise<void>;
  state(): Promise<string | undefined>;
  /** The account is connected. */
  ready(): Promise<void>;
};

export const at = { account: irina.account } as const;

/** Desks and servers of one test; after it nothing is left, and the servers have nothing to complain about. */
export function setUpWholeDesk() {
  const dcs: TelegramDc[] = [];
  const desks = new Set<Desk>();

  afterEach(async () => {
    await Promise.all([...desks].map((desk) => desk.stop()));
    desks.clear();
    const ended = dcs.splice(0);
    await Promise.all(ended.map((dc) => dc.stop()));
    for (const dc of ended)
      expect({ problems: dc.problems(), unhandled: dc.unhandled() }).toEqual({ problems: [], unhandled: [] });
  });

  async function begin(): Promise<WholeDesk> {
    const dc = createTelegramDc();
    dcs.push(dc);
    dc.seed(sampleWorld);
    await dc.start();
    let desk = await startDesk({ telegramNetwork: dc.network(), provision: provisionFor(undefined) });
    desks.add(desk);
    let page = await desk.page();
    let isOn = true;
    const { dataDir } = desk;
    const state = async () => (await page.telegram.overview({})).accounts[0]?.state;
    const whole: WholeDesk = {
      dc,
      get page() {
        return page;
      },
      database: join(dataDir, 'pult.db'),
      get isOn() {
        return isOn;
      },
      async off() {
        isOn = false;
        await desk.backend.stop();
      },
      async on() {
        desks.delete(desk);
        desk = await startDesk({ telegramNetwork: dc.network(), dataDir });
        desks.add(desk);
        page = await desk.page();
        isOn = true;
      },
      signIn: () => signIn(page),
      state,
      ready: () => until('ready', async () => (await state()) === 'ready', 120_000),
    };
    await page.telegram.saveApi({ apiId: 12_345, apiHash: '0123456789abcdef0123456789abcdef' });
    await whole.signIn();
    await until('the list of chats', async () => (await page.chats.list({})).chats.length >= 5);
    await whole.ready();
    return whole;
  }

  return begin;
}

/** Asks again and again, as often as was said; gives up after so many milliseconds. */
export async function until(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  ms = 20_000,
  everyMs = 50,
): Promise<void> {
  for (let waited = 0; waited < ms; waited += everyMs) {
    if (await isTrue()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
  }
  throw new Error(`Never: ${what}`);
}

async function signIn(page: Page): Promise<void> {
  await page.telegram.beginPhone({ understood: true, phone: irina.phone });
  const over = new AbortController();
  await new Promise<void>((resolve, reject) => {
    page.telegram.signIn(
      {},
      (state) => {
        if (state.step === 'code') void page.telegram.submitCode({ code: '12345' });
        if (state.step === 'signed-in') resolve();
        if (state.step === 'failed') reject(new Error(`not signed in: ${state.reason}`));
      },
      { signal: over.signal },
    );
  });
  over.abort();
}

export async function chatId(page: Page, title: string): Promise<number> {
  const { chats } = await page.chats.list({ text: title });
  const found = chats.find((chat) => chat.title.includes(title));
  if (!found) throw new Error(`The desk has no chat ${title}`);
  return found.id;
}

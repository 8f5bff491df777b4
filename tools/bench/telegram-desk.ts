import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import type { SocketClient } from '../../test/support/socket-client.ts';
import {
  startTelegramDcProcess,
  type TelegramDcProcess,
} from '../../test/support/telegram-dc/control-client.ts';
import { root } from '../run.ts';
import { openDesk } from './browser.ts';
import { openBenchHost, type BenchHost } from './host.ts';
import { account, busyChats, seedWorld } from './telegram-world.ts';

export type TelegramBench = BenchHost & {
  readonly servers: TelegramDcProcess;
  readonly page: Page;
  readonly databaseFile: string;
  stop(): Promise<void>;
};

const api = { apiId: 12_345, apiHash: '0123456789abcdef0123456789abcdef' };

/** Servers in a process of their own with twenty busy chats in them. */
export async function startServers(): Promise<TelegramDcProcess> {
  const servers = await startTelegramDcProcess();
  await seedWorld(servers.control);
  return servers;
}

/** The built host that may talk to the servers, signed in there and here, and a page on its chats. */
export async function openTelegramBench(
  browser: Browser,
  servers: TelegramDcProcess,
  env: Readonly<Record<string, string>> = {},
): Promise<TelegramBench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-telegram-'));
  const { host, client } = await openBenchHost(dataDir, {
    entry: process.env['BENCH_REHEARSAL'] ?? join(root, 'out-demo/main/rehearsal.js'),
    env: { ...env, PULT_TEST_TELEGRAM: JSON.stringify(servers.network) },
  });
  try {
    await client.rpc.telegram.saveApi(api);
    await signInToTelegram(client.rpc);
    await until('the list of chats', async () => {
      const { accounts } = await client.rpc.telegram.overview({});
      const { total } = await client.rpc.chats.list({ limit: 1 });
      return accounts[0]?.state === 'ready' && total > 200;
    });
    const page = await openDesk(browser, await host.newLink());
    await openChat(page, await chatIdOf(client.rpc, busyChats[0]?.title ?? ''));
    return {
      host,
      client,
      servers,
      page,
      databaseFile: join(dataDir, 'pult.db'),
      async stop() {
        await page.context().close();
        client.connection.close();
        await host.kill('SIGTERM');
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await host.kill('SIGKILL');
    throw error;
  }
}

async function signInToTelegram({ telegram }: SocketClient['rpc']): Promise<void> {
  await telegram.beginPhone({ understood: true, phone: account.phone });
  const over = new AbortController();
  await new Promise<void>((resolve, reject) => {
    telegram.signIn(
      {},
      (state) => {
        if (state.step === 'code') void telegram.submitCode({ code: '12345' });
        if (state.step === 'signed-in') resolve();
        if (state.step === 'failed') reject(new Error(`not signed in: ${state.reason}`));
      },
      { signal: over.signal },
    );
  }).finally(() => over.abort());
}

async function chatIdOf(rpc: SocketClient['rpc'], title: string): Promise<number> {
  const { chats } = await rpc.chats.list({ text: title });
  const found = chats.find((chat) => chat.title === title);
  if (!found) throw new Error(`The desk has no chat ${title}`);
  return found.id;
}

async function openChat(page: Page, id: number): Promise<void> {
  await page.evaluate(`location.hash = '#/chats/${id}'`);
  await page.locator('article [role=row][data-id]').first().waitFor();
}

export async function until(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  ms = 60_000,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startedAt > ms) throw new Error(`Never within ${ms} ms: ${what}`);
    await sleep(50);
  }
}

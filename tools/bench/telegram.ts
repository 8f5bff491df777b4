import type { Browser } from '@playwright/test';
import type { Figure } from './figures.ts';
import { inspectable } from './inspector.ts';
import { openTelegramBench, startServers } from './telegram-desk.ts';
import { measureFlood } from './telegram-flood.ts';
import { measureMemory } from './telegram-memory.ts';
import { measurePush } from './telegram-push.ts';
import { measureSession } from './telegram-session.ts';

export type TelegramSizes = {
  readonly pushes: number;
  readonly seconds: number;
  readonly restores: number;
  readonly updates: { readonly first: number; readonly all: number };
};

/** Which of the parts f, g, h and i are wanted; servers and desk are new for each that fills them. */
export async function measureTelegram(
  {
    browser,
    only,
    sizes,
  }: { readonly browser: Browser; readonly only: string; readonly sizes: TelegramSizes },
  tell: (figures: readonly Figure[]) => void,
): Promise<void> {
  if (only.includes('h')) {
    await withServers(async (servers) => tell(await measureSession(servers, sizes.restores)));
  }
  if (/[fg]/.test(only)) {
    await withServers(async (servers) => {
      const bench = await openTelegramBench(browser, servers);
      try {
        if (only.includes('f')) tell(await measurePush(bench, sizes.pushes));
        if (only.includes('g')) tell(await measureFlood(bench, sizes.seconds));
      } finally {
        await bench.stop();
      }
    });
  }
  if (only.includes('i')) {
    await withServers(async (servers) => {
      const bench = await openTelegramBench(browser, servers, inspectable);
      try {
        tell(await measureMemory(bench, sizes.updates));
      } finally {
        await bench.stop();
      }
    });
  }
}

async function withServers(
  work: (servers: Awaited<ReturnType<typeof startServers>>) => Promise<void>,
): Promise<void> {
  const servers = await startServers();
  try {
    await work(servers);
  } finally {
    await servers.stop();
  }
}

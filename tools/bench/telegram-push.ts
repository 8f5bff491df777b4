import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { createBareClient, signIn } from '../../test/support/telegram-dc/bare-client.ts';
import type { TelegramDcProcess } from '../../test/support/telegram-dc/control-client.ts';
import { percentile, type Figure } from './figures.ts';
import type { TelegramBench } from './telegram-desk.ts';
import { account, busyChats, createTexts } from './telegram-world.ts';

const part = 'f';
const [opened] = busyChats;
const now = () => performance.timeOrigin + performance.now();

type Told = { readonly text: string; readonly toldAt: number };

/** The clock starts before the servers are told: what it takes to tell them, a millisecond or two, is counted too. */
async function push({ control }: TelegramDcProcess, text: string): Promise<Told> {
  const toldAt = now();
  await control.receive({ account: account.account, chat: opened?.chat ?? 'user:0', text, short: false });
  return { text, toldAt };
}

/** From the servers' handing the update to the socket until it is painted: as a message of the open chat, and as its row. */
export async function measurePush(bench: TelegramBench, count: number): Promise<Figure[]> {
  const bare = await measureBareClient(bench.servers, count);
  const text = createTexts('Замер');
  const random = createSeededRandom(3);
  const messages: number[] = [];
  const rows: number[] = [];
  // The first one is not counted.
  for (let number = 0; number <= count; number += 1) {
    // Pages hear of changes in beats: a push that always followed the last paint would always meet the same one.
    await sleep(random.number() * 200);
    const wanted = text();
    const shown = Promise.all(
      ['article [role=grid]', '[data-pane=list] [role=grid]'].map((where) =>
        bench.page.evaluate<number>(
          `window.bench.textPainted(${JSON.stringify(where)}, ${JSON.stringify(wanted)})`,
        ),
      ),
    );
    const { toldAt } = await push(bench.servers, wanted);
    const [message = Number.NaN, row = Number.NaN] = await shown;
    if (number === 0) continue;
    messages.push(message - toldAt);
    rows.push(row - toldAt);
  }
  const limit = { kind: 'most', value: 300 } as const;
  const p95 = percentile(messages, 0.95);
  const median = (times: readonly number[]) =>
    `n = ${count}; median ${Math.round(percentile(times, 0.5))} ms`;
  const bareP95 = percentile(bare, 0.95);
  return [
    {
      part,
      name: 'bare client hears a push, p95',
      value: bareP95,
      unit: 'ms',
      note: `n = ${count}; the library with nothing around it, in the bench's process; median ${percentile(bare, 0.5).toFixed(1)} ms`,
    },
    { part, name: 'push to painted message, p95', value: p95, unit: 'ms', limit, note: median(messages) },
    {
      part,
      name: 'push to painted row of the list, p95',
      value: percentile(rows, 0.95),
      unit: 'ms',
      limit,
      note: median(rows),
    },
    {
      part,
      name: 'push to painted message against the bare client',
      value: p95 / bareP95,
      unit: '×',
      note: 'both p95',
    },
  ];
}

/** The floor: the same pushes to a second session of the account that does nothing with them. */
async function measureBareClient(servers: TelegramDcProcess, count: number): Promise<number[]> {
  const client = createBareClient(servers.network);
  await client.connect();
  await signIn(client, account);
  let hear = (_text: string) => {};
  client.addEventHandler((event: unknown) => hear(textOf(event)));
  const text = createTexts('Голый');
  const waits: number[] = [];
  for (let number = 0; number <= count; number += 1) {
    const wanted = text();
    const heard = new Promise<number>((resolve) => {
      hear = (said) => {
        if (said === wanted) resolve(now());
      };
    });
    const { toldAt } = await push(servers, wanted);
    const heardAt = await heard;
    if (number > 0) waits.push(heardAt - toldAt);
  }
  await client.destroy();
  return waits;
}

function textOf(event: unknown): string {
  const { message } = event as { readonly message?: { readonly message?: string } };
  return message?.message ?? '';
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type BotApi, startBotApi } from '../../src/core/training/services/bot-api.ts';
import { type SmsAero, startSmsAero } from '../../src/core/training/services/sms-aero.ts';
import type { LadderStep } from '../../src/shared/contract/ladders.ts';
import type { RouteSetup } from '../../src/shared/contract/routes.ts';
import type { Party, Urgency } from '../../src/shared/domain/reaching.ts';
import { startFakeGotify } from '../../test/support/fakes/gotify.ts';
import type { SocketClient } from '../../test/support/socket-client.ts';
import { copyArchive, seededArchive, type Size } from './archive.ts';
import { openBenchHost } from './host.ts';
import { until } from './telegram-desk.ts';

type Rpc = SocketClient['rpc'];
type Gotify = Awaited<ReturnType<typeof startFakeGotify>>;

/** Somebody with a bot, a telephone and an application for pushes. */
export type Reached = { readonly party: Party; readonly telegram: number; readonly phone: string };

type RateOf = 'bot' | 'smsaero' | 'gotify';

export type ReachingBench = {
  readonly rpc: Rpc;
  readonly bot: BotApi;
  readonly gateway: SmsAero;
  readonly gotify: Gotify;
  readonly people: readonly Reached[];
  /** The desk's own, to read. */
  readonly database: Database.Database;
  setRate(kind: RateOf, perMinute: number): Promise<void>;
  saveLadder(urgency: Urgency, steps: readonly StepPlan[]): Promise<void>;
  /** Their ids, in the order of `to`. */
  send(to: readonly Reached[], urgency: Urgency): Promise<readonly number[]>;
  stop(): Promise<void>;
};

type StepPlan = Pick<LadderStep, 'channel' | 'waitFor' | 'waitSeconds'>;

export const pushToken = 'Ashared0000000A';
export const unlimited = 60_000;
const mostAtOnce = 200;

/** The built host on an archive, with a bot, an SMS gateway and a push server on loopback, and people bound to all three. */
export async function openReachingBench(size: Size, crowd: number): Promise<ReachingBench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-reaching-'));
  copyArchive(await seededArchive(size), dataDir);
  const bot = await startBotApi({ clock: systemClock });
  const gateway = await startSmsAero({ clock: systemClock, balance: 100_000_000 });
  const gotify = await startFakeGotify({ tokens: [pushToken] });
  const { host, client } = await openBenchHost(dataDir);
  const database = new Database(join(dataDir, 'pult.db'), { readonly: true });
  const { rpc } = client;
  const stop = async () => {
    client.connection.close();
    await host.kill('SIGTERM');
    database.close();
    await Promise.all([bot.stop(), gateway.stop(), gotify.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const setups = setupsFor({ bot, gateway, gotify });
    const ids = new Map<RateOf, number>();
    for (const setup of setups) ids.set(setup.kind, await addRoute(rpc, setup));
    const people = await addPeople(rpc, bot, ids.get('bot') ?? 0, crowd);
    return {
      rpc,
      bot,
      gateway,
      gotify,
      people,
      database,
      async setRate(kind, perMinute) {
        const setup = setups.find((one) => one.kind === kind);
        if (setup) await rpc.routes.save({ ...setup, secrets: {}, perMinute, id: ids.get(kind) ?? null });
      },
      async saveLadder(urgency, steps) {
        const whole = steps.map((step) => ({ address: '', retries: 0, ...step }));
        const once = { repeatMinutes: null, mostRounds: 1, next: null };
        await rpc.ladders.save({ owner: null, ladder: { urgency, steps: whole, ...once } });
      },
      async send(to, urgency) {
        const found: number[] = [];
        for (let from = 0; from < to.length; from += mostAtOnce) {
          const some = to.slice(from, from + mostAtOnce).map(({ party }) => party);
          const { ids: made } = await rpc.notifications.compose({ ...words, to: some, urgency });
          found.push(...made);
        }
        return found;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const words = { title: 'Учение', text: 'Связь проверяется: ответьте, пожалуйста, кнопкой' };

type Fakes = { readonly bot: BotApi; readonly gateway: SmsAero; readonly gotify: Gotify };
type Setup = RouteSetup & { readonly kind: RateOf };

function setupsFor({ bot, gateway, gotify }: Fakes): readonly Setup[] {
  const every = { proxy: '', timeoutMs: 10_000, perMinute: unlimited, price: 0, dailyLimit: null };
  const sender = { login: gateway.login, sender: 'TOWERS', baseUrls: gateway.url };
  return [
    { ...every, kind: 'bot', name: 'Бот', settings: { baseUrl: bot.url }, secrets: { token: bot.token } },
    { ...every, kind: 'smsaero', name: 'Шлюз', settings: sender, secrets: { apiKey: gateway.apiKey } },
    { ...every, kind: 'gotify', name: 'Пуши', settings: { server: gotify.url }, secrets: {} },
  ];
}

async function addRoute(rpc: Rpc, setup: Setup): Promise<number> {
  const { id } = await rpc.routes.save({ ...setup, id: null });
  await rpc.routes.setEnabled({ id, enabled: true });
  return id;
}

async function addPeople(rpc: Rpc, bot: BotApi, routeId: number, crowd: number): Promise<readonly Reached[]> {
  const people: Reached[] = [];
  for (let number = 1; number <= crowd; number += 1) {
    const phone = `+7 900 555-${String(number).padStart(4, '0').replace(/(..)$/, '-$1')}`;
    const { id } = await rpc.directory.save({
      kind: 'technician',
      name: `Техник ${number}`,
      organisation: '',
      phone,
      email: '',
      note: '',
      active: true,
      addresses: [{ kind: 'push', value: `gotify:${pushToken}`, note: '' }],
    });
    const party: Party = { kind: 'contact', id };
    const { url } = await rpc.bindings.createLink({ party, routeId });
    const telegram = 700_000 + number;
    bot.start(telegram, new URL(url).searchParams.get('start') ?? '', `Техник ${number}`);
    people.push({ party, telegram, phone: phone.replace(/\D/g, '') });
  }
  await until('everybody is bound', async () => {
    const last = people.at(-1);
    return last === undefined || (await rpc.bindings.list({ party: last.party })).bindings.length === 1;
  });
  return people;
}

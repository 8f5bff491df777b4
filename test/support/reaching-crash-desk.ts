import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/core/platform/random.ts';
import { between } from '../../src/core/training/seeded-random.ts';
import type { Ladder, LadderStep } from '../../src/shared/contract/ladders.ts';
import type { Party, Urgency } from '../../src/shared/domain/reaching.ts';
import type { RouteKind } from '../../src/shared/domain/route-kinds.ts';
import type { CrashPage } from './crash-page.ts';
import { crashAddress, crashPerson, type CrashServices, type CrashWorld } from './reaching-crash-world.ts';
import { until } from './telegram-crash-desk.ts';

type Rpc = CrashPage['rpc'];

/** One person always on duty, and the mailbox by which letters go and come back. */
export function writeReachCrashConfig(dir: string, { mail: { host, imap, smtp } }: CrashServices): string {
  const passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, 'secret', { mode: 0o600 });
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const roster = [{ weekdays: everyDay, starts: '00:00', ends: '00:00' }];
  const account = {
    name: 'Диспетчерская',
    address: crashAddress,
    imap: { host, port: imap, security: 'none' },
    smtp: { host, port: smtp, security: 'none' },
    caCertificate: null,
    sentPath: null,
    sentCopy: 'provider',
    opensFrom: new Date(Date.now() - 86_400_000).toISOString().replace('Z', '+00:00'),
    passwordFile,
  };
  const people = [{ name: 'Ольга Орлова', roster }];
  const config = join(dir, 'desk.json');
  writeFileSync(config, JSON.stringify({ people, accounts: [account], settings: { undoSeconds: 0 } }));
  return config;
}

/** Every message is two segments at the desk and at the gateway. */
export const smsCost = 700;

type SetUp = {
  readonly rpc: Rpc;
  readonly world: CrashWorld;
  readonly people: number;
  /** Hundredths, of SMS in a day. */
  readonly dailyLimit: number;
  /** Whether what is critical is told in two rounds. */
  readonly repeats: boolean;
};

/** Routes, ladders and people; resolves to the people in the order of `crashPerson`. */
export async function setUpReaching(setUp: SetUp): Promise<readonly Party[]> {
  const { rpc, world } = setUp;
  const botRoute = await addRoutes(setUp);
  const parties: Party[] = [];
  for (let index = 0; index < setUp.people; index += 1) {
    const { temper, userId, email, phone } = crashPerson(index);
    const { id } = await rpc.directory.save({
      kind: 'technician',
      name: `Техник ${index}`,
      organisation: '',
      phone: `+${phone}`,
      email: temper === 'sms-only' ? '' : email,
      note: '',
      active: true,
    });
    const party = { kind: 'contact', id } as const;
    parties.push(party);
    if (temper === 'away' || temper === 'sms-only') continue;
    const { url } = await rpc.bindings.createLink({ party, routeId: botRoute });
    await world.start(userId, new URL(url).searchParams.get('start') ?? '');
  }
  await until('everybody came to the bot', async () => (await world.book()).unheard === 0);
  const shut = parties.map((_, index) => crashPerson(index)).filter(({ temper }) => temper === 'returned');
  await world.shutOut(shut.map(({ userId }) => userId));
  await saveLadders(setUp, parties);
  return parties;
}

async function addRoutes({ rpc, world, dailyLimit }: SetUp): Promise<number> {
  const { accounts } = await rpc.accounts.list({});
  const add = async (
    kind: RouteKind,
    settings: Readonly<Record<string, string>>,
    more: { readonly secrets?: Readonly<Record<string, string>>; readonly isPaid?: boolean } = {},
  ): Promise<number> => {
    const money = more.isPaid === true ? { price: smsCost / 2, dailyLimit } : { price: 0, dailyLimit: null };
    const { id } = await rpc.routes.save({
      id: null,
      kind,
      name: kind,
      settings,
      secrets: more.secrets ?? {},
      proxy: '',
      timeoutMs: 2000,
      perMinute: 3000,
      ...money,
    });
    await rpc.routes.setEnabled({ id, enabled: true });
    return id;
  };
  const { bot, gateway } = world;
  await add('email', { account: String(accounts[0]?.id ?? 0) });
  const sender = { login: gateway.login, sender: 'TOWERS', baseUrls: gateway.url };
  await add('smsaero', sender, { secrets: { apiKey: gateway.apiKey }, isPaid: true });
  return add('bot', { baseUrl: bot.url }, { secrets: { token: bot.token } });
}

type Plan = Pick<LadderStep, 'channel' | 'waitFor' | 'waitSeconds'>;

const plans: Readonly<Record<Urgency, readonly Plan[]>> = {
  normal: [
    { channel: 'telegram', waitFor: 'accepted', waitSeconds: 5 },
    { channel: 'email', waitFor: 'accepted', waitSeconds: 5 },
    { channel: 'sms', waitFor: 'delivered', waitSeconds: 15 },
  ],
  urgent: [
    { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 6 },
    { channel: 'email', waitFor: 'acknowledged', waitSeconds: 8 },
    { channel: 'sms', waitFor: 'delivered', waitSeconds: 15 },
  ],
  critical: [
    { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 5 },
    { channel: 'email', waitFor: 'acknowledged', waitSeconds: 6 },
    { channel: 'sms', waitFor: 'delivered', waitSeconds: 12 },
  ],
};

/** What is critical goes on to a group of two when its ladder has ended. */
async function saveLadders({ rpc, repeats }: SetUp, parties: readonly Party[]): Promise<void> {
  const members = parties.slice(-2);
  const group = await rpc.ladders.saveGroup({
    id: null,
    name: 'Старшие',
    active: true,
    members: [...members],
  });
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    const isCritical = urgency === 'critical';
    const ladder: Ladder = {
      urgency,
      steps: plans[urgency].map((plan) => ({ ...plan, address: '', retries: 1 })),
      repeatMinutes: isCritical && repeats ? 1 : null,
      mostRounds: isCritical && repeats ? 2 : 1,
      next: isCritical ? { kind: 'group', id: group.id } : null,
    };
    await rpc.ladders.save({ owner: null, ladder });
  }
}

export type Composed = {
  readonly text: string;
  readonly to: readonly Party[];
  /** The desk has taken it. */
  readonly taken: Promise<{ readonly ids: readonly number[] }>;
};

/** A dispatcher who writes to a few people at once, everybody in turn. */
export function createCaller(rpc: Rpc, parties: readonly Party[], random: Random) {
  let count = 0;
  let next = 0;
  return (size: number): Composed => {
    count += 1;
    const to = Array.from({ length: size }, (_, index) => parties[(next + index) % parties.length]).filter(
      (party) => party !== undefined,
    );
    next += size;
    const text = `Поручение ${count}: нет основного питания на мачте АМС ${1000 + count}, батарей хватит на час. Выезжайте.`;
    const dice = between(random, 1, 100);
    const urgency: Urgency = dice <= 45 ? 'normal' : dice <= 85 ? 'urgent' : 'critical';
    const taken = rpc.notifications.compose({ to: [...to], urgency, title: '', text });
    // Told where it is awaited.
    taken.catch(() => undefined);
    return { text, to, taken };
  };
}

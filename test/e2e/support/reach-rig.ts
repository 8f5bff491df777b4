import { expect } from '@playwright/test';
import type { BotApi } from '../../../src/core/training/services/bot-api.ts';
import type { SmsAero } from '../../../src/core/training/services/sms-aero.ts';
import type { LadderStep, Ladder } from '../../../src/shared/contract/ladders.ts';
import type { Party, Urgency } from '../../../src/shared/domain/reaching.ts';
import type { RouteKind } from '../../../src/shared/domain/route-kinds.ts';
import type { SocketClient } from '../../support/socket-client.ts';

type Rpc = SocketClient['rpc'];

type Reachable = {
  readonly email?: string;
  readonly phone?: string;
  /** Who they are in Telegram: they have come to the bot by their link. */
  readonly telegram?: number;
};

type StepPlan = Pick<LadderStep, 'channel' | 'waitFor' | 'waitSeconds'>;

/** What is set up on screens of its own, which have tests of their own, done behind the page. */
export type ReachRig = {
  addTechnician(name: string, reach: Reachable): Promise<Party>;
  addContractor(name: string, reach: Reachable): Promise<Party>;
  /** Of whoever has none of their own, or of one. */
  saveLadder(
    urgency: Urgency,
    steps: readonly StepPlan[],
    more?: { readonly owner?: Party; readonly next?: Party },
  ): Promise<void>;
};

type Parts = { readonly rpc: Rpc; readonly bot: BotApi; readonly gateway: SmsAero };

/** Switches on a bot, the mailbox of the desk and an SMS gateway. */
export async function createReachRig({ rpc, bot, gateway }: Parts): Promise<ReachRig> {
  const { accounts } = await rpc.accounts.list({});
  const botRoute = await addRoute(rpc, 'bot', { baseUrl: bot.url }, { token: bot.token });
  await addRoute(rpc, 'email', { account: String(accounts[0]?.id ?? 0) });
  const sender = { login: gateway.login, sender: 'TOWERS', baseUrls: gateway.url };
  await addRoute(rpc, 'smsaero', sender, { apiKey: gateway.apiKey });
  async function add(kind: 'technician' | 'contractor', name: string, reach: Reachable): Promise<Party> {
    const { email = '', phone = '', telegram } = reach;
    const contact = { kind, name, organisation: '', phone, email, note: '', active: true } as const;
    const party = { kind: 'contact', id: (await rpc.directory.save(contact)).id } as const;
    if (telegram === undefined) return party;
    const { url } = await rpc.bindings.createLink({ party, routeId: botRoute });
    bot.start(telegram, payloadOf(url), name);
    await expect.poll(async () => (await rpc.bindings.list({ party })).bindings.length).toBe(1);
    return party;
  }
  return {
    addTechnician: (name, part) => add('technician', name, part),
    addContractor: (name, part) => add('contractor', name, part),
    async saveLadder(urgency, steps, { owner = null, next = null } = {}) {
      const ladder: Ladder = {
        urgency,
        steps: steps.map((step) => ({ address: '', retries: 0, ...step })),
        repeatMinutes: null,
        mostRounds: 1,
        next,
      };
      await rpc.ladders.save({ owner, ladder });
    },
  };
}

/** What the link of a bot hands over to it. */
export function payloadOf(link: string): string {
  return new URL(link).searchParams.get('start') ?? '';
}

async function addRoute(
  rpc: Rpc,
  kind: RouteKind,
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { id } = await rpc.routes.save({
    id: null,
    kind,
    name: names[kind] ?? kind,
    settings,
    secrets,
    proxy: '',
    timeoutMs: 3000,
    perMinute: 6000,
    price: kind === 'smsaero' ? 350 : 0,
    dailyLimit: null,
  });
  await rpc.routes.setEnabled({ id, enabled: true });
  return id;
}

const names: { readonly [K in RouteKind]?: string } = { bot: 'Бот башен', email: 'Письма', smsaero: 'Шлюз' };

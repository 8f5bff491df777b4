import type { Ladder } from '../../../shared/contract/ladders.ts';
import type { RouteSetup } from '../../../shared/contract/routes.ts';
import { contractors } from '../cast.ts';
import type { Rpc } from '../handle-incident.ts';
import type { BotApi } from '../services/bot-api.ts';
import type { SmsAero } from '../services/sms-aero.ts';
import { boundContractor, capitalGroup, members, type CrewMember } from './crew-cast.ts';

/** What stands on loopback in the place of the messenger and the gateway. */
export type ReachServices = {
  readonly bot: Pick<BotApi, 'url' | 'token' | 'start'>;
  readonly sms: Pick<SmsAero, 'url' | 'login' | 'apiKey'>;
};

/**
 * What an administrator does once: ways of sending, ladders short enough for a lesson, and who repairs where. Harmless
 * when repeated, for a desk that is kept.
 */
export async function setUpReaching(rpc: Rpc, services: ReachServices): Promise<void> {
  const botId = await setUpRoutes(rpc, services);
  await shortenWaits(rpc);
  await fillCrew(rpc);
  await nameContractors(rpc);
  await bindPeople(rpc, botId, services);
  await gatherGroup(rpc);
  await writeTemplates(rpc);
}

const route = { secrets: {}, proxy: '', price: 0, dailyLimit: null } as const;

async function setUpRoutes(rpc: Rpc, { bot, sms }: ReachServices): Promise<number> {
  const { accounts } = await rpc.accounts.list({});
  const botId = await setUpRoute(rpc, {
    ...route,
    kind: 'bot',
    name: 'Бот участка',
    settings: { baseUrl: bot.url },
    secrets: { token: bot.token },
    timeoutMs: 10_000,
    perMinute: 900,
  });
  const [mailbox] = accounts;
  if (mailbox) {
    await setUpRoute(rpc, {
      ...route,
      kind: 'email',
      name: 'Письмо из учебного ящика',
      settings: { account: String(mailbox.id) },
      timeoutMs: 30_000,
      perMinute: 60,
    });
  }
  await setUpRoute(rpc, {
    ...route,
    kind: 'smsaero',
    name: 'SMSAero (учебный)',
    settings: { login: sms.login, sender: 'SMS Aero', baseUrls: sms.url },
    secrets: { apiKey: sms.apiKey },
    timeoutMs: 10_000,
    perMinute: 60,
    price: 350,
    dailyLimit: 50_000,
  });
  return botId;
}

/** Ports are others in each lesson, so one that is there is set anew. */
async function setUpRoute(rpc: Rpc, setup: RouteSetup): Promise<number> {
  const { routes } = await rpc.routes.list({});
  const known = routes.find(({ kind, name }) => kind === setup.kind && name === setup.name);
  const { id } = await rpc.routes.save({ ...setup, id: known?.id ?? null });
  if (known?.enabled !== true) await rpc.routes.setEnabled({ id, enabled: true });
  return id;
}

/** Seconds of each step, and minutes a technician has: a lesson is shorter than a night. */
const waits = { normal: [60, 60, 90], urgent: [30, 30, 45], critical: [20, 20, 30] } as const;
const norms = {
  normal: { answer: 5, accept: 15, arrive: 45, complete: 90 },
  urgent: { answer: 3, accept: 8, arrive: 25, complete: 45 },
  critical: { answer: 2, accept: 5, arrive: 15, complete: 30 },
} as const;

async function shortenWaits(rpc: Rpc): Promise<void> {
  const { defaults } = await rpc.ladders.of({ owner: null });
  for (const { nextName: _next, ...ladder } of defaults) {
    const steps: Ladder['steps'] = ladder.steps.map((step, at) => ({
      ...step,
      waitSeconds: waits[ladder.urgency][at] ?? step.waitSeconds,
    }));
    await rpc.ladders.save({ owner: null, ladder: { ...ladder, steps } });
  }
  await rpc.calls.saveSettings({ settings: { ...norms, contractorMinutes: 15 } });
}

async function fillCrew(rpc: Rpc): Promise<void> {
  const { regions } = await rpc.assets.lists({});
  const { technicians, skills, zone } = await rpc.technicians.list({});
  const idsOf = (all: readonly { readonly id: number; readonly key: string }[], keys: readonly string[]) =>
    all.filter(({ key }) => keys.includes(key)).map(({ id }) => id);
  for (const member of members) {
    const contactId = await contactOf(rpc, member);
    if (technicians.some((one) => one.contactId === contactId && one.skillIds.length > 0)) continue;
    await rpc.technicians.save({
      contactId,
      skillIds: idsOf(skills, member.skills),
      regionIds: idsOf(regions, member.regions),
      availability: member.availability,
      availableUntil: null,
      mostCalls: 3,
    });
    if (member.duty) {
      await rpc.technicians.saveRules({ contactId, rules: [{ ...member.duty, zone }] });
    }
  }
}

async function contactOf(rpc: Rpc, member: CrewMember): Promise<number> {
  const { name, organisation, phone, email, note } = member;
  const known = await findContact(rpc, name);
  if (known !== undefined) return known;
  const fields = { name, organisation, phone, email, note, addresses: [] };
  return (await rpc.directory.save({ ...fields, kind: 'technician', active: true })).id;
}

async function findContact(rpc: Rpc, name: string): Promise<number | undefined> {
  const { contacts } = await rpc.directory.list({});
  return contacts.find((one) => one.name === name)?.id;
}

/** The registry has their addresses with its masts; known as theirs, a hand-over finds them by every way. */
async function nameContractors(rpc: Rpc): Promise<void> {
  const { contacts } = await rpc.directory.list({});
  for (const { name, address } of contractors) {
    const known = contacts.find((one) => one.name === name && one.email === '');
    if (!known) continue;
    const { chatIds: _chats, ...contact } = known;
    await rpc.directory.save({ ...contact, email: address });
  }
}

/** Each comes by a link of their own, as they really do; whoever is bound already only opens the bot of this lesson. */
async function bindPeople(rpc: Rpc, routeId: number, { bot }: ReachServices): Promise<void> {
  for (const { name, userId } of [...members, boundContractor]) {
    const id = userId === undefined ? undefined : await findContact(rpc, name);
    if (userId === undefined || id === undefined) continue;
    const party = { kind: 'contact', id } as const;
    const { bindings } = await rpc.bindings.list({ party });
    if (bindings.length > 0) bot.start(userId, undefined, name);
    else {
      const { url } = await rpc.bindings.createLink({ party, routeId });
      bot.start(userId, new URL(url).searchParams.get('start') ?? '', name);
    }
  }
}

async function gatherGroup(rpc: Rpc): Promise<void> {
  const { groups } = await rpc.ladders.groups({});
  const { name } = capitalGroup;
  if (groups.some((group) => group.name === name)) return;
  const ids = await Promise.all(capitalGroup.members.map((member) => findContact(rpc, member)));
  const found = ids.flatMap((id) => (id === undefined ? [] : [{ kind: 'contact' as const, id }]));
  await rpc.ladders.saveGroup({ id: null, name, active: true, members: found });
}

const templates = [
  {
    name: 'Перекличка смены',
    title: 'Перекличка',
    text: 'Подтвердите, что вы на связи и готовы к выезду.',
  },
  {
    name: 'Отключение по графику',
    title: 'Плановое отключение: {{code}}',
    text: 'Проверьте запас топлива и АКБ до начала работ.',
  },
] as const;

async function writeTemplates(rpc: Rpc): Promise<void> {
  const known = new Set((await rpc.notifications.templates({})).templates.map(({ name }) => name));
  for (const template of templates) {
    if (!known.has(template.name)) await rpc.notifications.saveTemplate({ ...template, id: null });
  }
}

import { createContacts } from './notify-people.ts';
import type { NotificationRecord } from '../../src/core/db/notification-store.ts';
import type { AnswerRecord } from '../../src/core/db/reply-store.ts';
import type { RouteRecord } from '../../src/core/db/route-store.ts';
import { createNotifyService } from '../../src/core/notify/notify-service.ts';
import type { InboxParts } from '../../src/core/notify/inbox.ts';
import type { NotifyInput } from '../../src/core/notify/insert-notification.ts';
import { notify } from '../../src/core/notify/notify.ts';
import type { MessengerChat, NotifyEffects, NotifyParts } from '../../src/core/notify/parts.ts';
import type { InboundAnswer } from '../../src/core/notify/route-driver.ts';
import { createRoutesAtWork } from '../../src/core/notify/routes-at-work.ts';
import { createEarlyReceipts } from '../../src/core/notify/send-parts.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import type { Service } from '../../src/core/platform/service.ts';
import type { Ladder, LadderStep } from '../../src/shared/contract/ladders.ts';
import type { Party, Urgency } from '../../src/shared/domain/reaching.ts';
import { type RouteKind, routeKinds } from '../../src/shared/domain/route-kinds.ts';
import { createCoreKit, type CoreKit } from './core-kit.ts';
import { createScriptedDriver, type ScriptedDriver, type ScriptedKind } from './scripted-driver.ts';

export type NotifyKit = CoreKit & {
  readonly parts: NotifyParts;
  readonly inboxParts: InboxParts;
  readonly service: Service;
  /** What the other rooms were told; a test may say what is answered back. */
  readonly told: {
    readonly answered: { readonly notification: NotificationRecord; readonly answer: AnswerRecord }[];
    readonly ended: NotificationRecord[];
    reply: string | null;
  };
  addContact(name: string, reach?: { readonly email?: string; readonly phone?: string }): Party;
  /** A route that is on, and what it is played by. */
  addRoute(
    kind: RouteKind,
    scripted?: ScriptedKind,
    route?: Partial<RouteRecord>,
  ): ScriptedDriver & { readonly routeId: number };
  /** The same of a route that an earlier start made. */
  playRoute(routeId: number, scripted?: ScriptedKind): ScriptedDriver & { readonly routeId: number };
  /** A messenger knows somebody. */
  bind(routeId: number, party: Party, chatId: string): void;
  /** Everybody's of this urgency; later steps take what is left out from the first. */
  ladder(
    urgency: Urgency,
    steps: readonly (Partial<LadderStep> & Pick<LadderStep, 'channel'>)[],
    more?: Partial<Ladder>,
  ): void;
  notify(to: Party, input?: Partial<NotifyInput>): number;
  /** As the route hears it. */
  answer(
    driver: ScriptedDriver,
    event: Partial<InboundAnswer> & Pick<InboundAnswer, 'address'>,
  ): ReturnType<NonNullable<ReturnType<ScriptedDriver['inbox']>>['answer']>;
  state(id: number): NotificationRecord['state'];
  /** Round, step, channel and state of everything that was tried, such as `1.0 sms accepted`. */
  steps(id: number): string[];
};

/** The engine over a database in memory; services are played by scripts. */
export function createNotifyKit(file?: string, seed?: number): NotifyKit {
  const kit = createCoreKit(file, seed);
  const { db, desk, stores, clock } = kit;
  const drivers = new Map<number, ScriptedDriver>();
  const chats = new Map<string, MessengerChat>();
  const told: NotifyKit['told'] = { answered: [], ended: [], reply: null };
  const effects: NotifyEffects = {
    answered(notification, answer) {
      told.answered.push({ notification, answer });
      return told.reply === null ? null : { reply: told.reply, isHeeded: true };
    },
    ended: (notification) => void told.ended.push(notification),
  };
  const parts: NotifyParts = {
    ...desk,
    contacts: stores.contacts,
    routes: stores.routes,
    ladders: stores.ladders,
    parties: stores.reachParties,
    addressStates: stores.addressStates,
    notifications: stores.notifications,
    deliveries: stores.deliveries,
    attempts: stores.deliveryAttempts,
    replies: stores.replies,
    reachAlarms: stores.reachAlarms,
    messengerChat: (route, party) => chats.get(chatKey(route.id, party)),
    effects: () => effects,
  };
  const inboxParts: InboxParts = {
    ...parts,
    log: silentLogger,
    atWork: createRoutesAtWork({
      routes: stores.routes,
      secretBox: { open: (sealed) => sealed },
      createDriver: (_kind, { routeId }) => drivers.get(routeId) ?? createScriptedDriver(),
      log: silentLogger,
    }),
    filePath: ({ sha256 }) => `/blobs/${sha256}`,
    onBlocked: (routeId, chatId) => block(chats, routeId, chatId),
    earlyReceipts: createEarlyReceipts(),
    bindings: {
      bind: () => null,
      partyOf: () => undefined,
      setBlocked: (routeId, chatId) => block(chats, routeId, chatId),
    },
    storeFile: async ({ fileName, mimeType, bytes }) => ({
      sha256: '0'.repeat(64),
      fileName,
      mimeType,
      size: bytes.length,
    }),
  };
  const playRoute = (routeId: number, scripted: ScriptedKind = {}) => {
    const driver = Object.assign(createScriptedDriver(scripted), { routeId });
    drivers.set(routeId, driver);
    return driver;
  };
  let events = 0;
  return {
    ...kit,
    parts,
    inboxParts,
    service: createNotifyService(inboxParts),
    told,
    addContact: createContacts(kit),
    playRoute,
    addRoute(kind, scripted = {}, route = {}) {
      const { channel } = routeKinds[kind];
      const routeId = db.transact((revision) => {
        db.touch('route');
        return stores.routes.insert({
          uuid: `route-${drivers.size + 1}`,
          kind,
          channel,
          name: kind,
          position: drivers.size,
          enabled: 1,
          settings: '{}',
          sealed: null,
          proxy: '',
          timeoutMs: 15_000,
          perMinute: 6000,
          price: 0,
          dailyLimit: null,
          createdAt: clock.now(),
          revision,
          ...route,
        });
      });
      return playRoute(routeId, scripted);
    },
    bind: (routeId, party, chatId) => void chats.set(chatKey(routeId, party), { chatId, blocked: false }),
    ladder(urgency, steps, more = {}) {
      const blank = { address: '', waitFor: 'accepted', waitSeconds: 60, retries: 0 } as const;
      db.transact((revision) =>
        stores.ladders.save(
          {
            owner: null,
            uuid: `ladder-${urgency}`,
            urgency,
            steps: steps.map((step) => ({ ...blank, ...step })),
            repeatMinutes: null,
            mostRounds: 1,
            next: null,
            ...more,
          },
          revision,
        ),
      );
    },
    notify: (to, input = {}) =>
      db.transact((revision) =>
        notify(
          parts,
          {
            to,
            kind: 'composed',
            urgency: 'normal',
            title: 'Нет питания',
            text: 'Опора 7742, выезжайте.',
            verbs: ['accepted', 'cannot'],
            createdBy: null,
            passesOn: true,
            ...input,
          },
          revision,
        ),
      ),
    answer(driver, event) {
      const inbox = driver.inbox();
      if (!inbox) throw new Error('Nobody listens');
      events += 1;
      const blank = {
        eventId: `event-${events}`,
        at: clock.now(),
        verb: null,
        code: null,
        providerId: null,
        text: '',
        files: [],
        place: null,
      };
      return inbox.answer({ ...blank, ...event });
    },
    state: (id) => stores.notifications.require(id).state,
    steps: (id) =>
      stores.deliveries
        .ofNotification(id)
        .map(({ round, step, channel, state }) => `${round}.${step} ${channel} ${state}`),
  };
}

function chatKey(routeId: number, { kind, id }: Party): string {
  return `${routeId} ${kind} ${id}`;
}

function block(chats: Map<string, MessengerChat>, routeId: number, chatId: string): void {
  for (const [key, chat] of chats) {
    if (key.startsWith(`${routeId} `) && chat.chatId === chatId) chats.set(key, { ...chat, blocked: true });
  }
}

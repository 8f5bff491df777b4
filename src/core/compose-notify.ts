import type { RouteKind } from '../shared/domain/route-kinds.ts';
import type { StoredFile } from '../shared/contract/common.ts';
import type { Stores } from './compose-stores.ts';
import type { RouteRecord } from './db/route-store.ts';
import type { LetterParts } from './letters/parts.ts';
import { createMessengerChats } from './messenger-chats.ts';
import { bindByCode, setBlocked } from './notify/bindings.ts';
import { allDrivers } from './notify/channels/all-drivers.ts';
import { createRelayMail } from './mail/relay-mail.ts';
import { createEmailRoute } from './notify/channels/email/email-route.ts';
import { createMailSms } from './notify/channels/mail-sms/mail-sms.ts';
import { createTakeLetter } from './notify/channels/email/take-letter.ts';
import { coverSecrets } from './notify/cover-secrets.ts';
import { createInbox, type InboxParts } from './notify/inbox.ts';
import { createNotifyService } from './notify/notify-service.ts';
import type { NotifyEffects, NotifyParts } from './notify/parts.ts';
import type { CreateDriver, RouteConfig, RouteDriver, RouteInbox } from './notify/route-driver.ts';
import { routeError } from './notify/route-errors.ts';
import { createRoutesAtWork } from './notify/routes-at-work.ts';
import { createEarlyReceipts } from './notify/send-parts.ts';
import type { SecretBox } from './platform/capabilities.ts';
import type { Logger } from './platform/logger.ts';
import type { NoticeMail } from './platform/notice-mail.ts';
import type { Health } from './platform/service.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly deskBox: SecretBox;
  readonly mail: NoticeMail;
  /** Of routes that need more of the desk than their own settings. */
  readonly drivers: Readonly<Partial<Record<RouteKind, CreateDriver>>>;
  readonly attachmentFile: (sha256: string) => string;
  readonly storeUpload: (body: ReadableStream<Uint8Array>) => Promise<Pick<StoredFile, 'sha256' | 'size'>>;
  readonly log: Logger;
};

const silent: NotifyEffects = { answered: () => null, ended: () => undefined };

/** The engine that reaches people, over every way of sending there is. */
export function composeNotify({ desk, stores, log, ...parts }: Parts) {
  const { clock, random } = desk;
  const late: { effects: NotifyEffects } = { effects: silent };
  const messengers = createMessengerChats(stores);
  const notify: NotifyParts = {
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
    messengerChat: messengers.chatOf,
    effects: () => late.effects,
  };
  const creators = {
    ...allDrivers,
    email: createEmailRoute(parts.mail),
    'mail-sms': createMailSms(createRelayMail({ clock })),
    ...parts.drivers,
  };
  const createDriver = (kind: RouteKind, config: RouteConfig): RouteDriver => {
    const create = creators[kind];
    if (!create) throw routeError('route-not-set-up', { certainty: 'not-sent' });
    return coverSecrets(kind, config, create({ clock, random, log }, config));
  };
  const atWork = createRoutesAtWork({ routes: stores.routes, secretBox: parts.deskBox, createDriver, log });
  const bindingParts = { ...desk, bindings: stores.bindings, contacts: stores.contacts };
  const block = (routeId: number, chatId: string, isBlocked: boolean) =>
    setBlocked(bindingParts, routeId, chatId, isBlocked);
  const inboxParts: InboxParts = {
    ...notify,
    log,
    atWork,
    filePath: ({ sha256 }) => parts.attachmentFile(sha256),
    onBlocked: (routeId, chatId) => block(routeId, chatId, true),
    earlyReceipts: createEarlyReceipts(),
    bindings: {
      bind: (route, event) => bindByCode(bindingParts, route.id, event),
      partyOf: messengers.partyOf,
      setBlocked: block,
    },
    async storeFile({ bytes, fileName, mimeType }) {
      const { sha256, size } = await parts.storeUpload(new Blob([new Uint8Array(bytes)]).stream());
      return { sha256, size, fileName, mimeType };
    },
  };
  const service = createNotifyService(inboxParts);
  return {
    parts: notify,
    service,
    createDriver,
    driverOf: (routeId: number) => atWork.find(routeId)?.driver,
    /** What follows in the rooms that are made after this one. */
    follow(effects: NotifyEffects) {
      late.effects = effects;
    },
    onNotice: createTakeLetter({
      addressesOf: (code) => mailAddressesOf(notify, code),
      inboxOf: (accountId) => mailInbox(inboxParts, accountId),
      onDead: (value, because) => {
        desk.db.transact((revision) => {
          const at = clock.now();
          stores.addressStates.markDead({ kind: 'email', value, at, because }, revision);
        });
      },
    }),
    healths: () =>
      atWork.all().map(({ route, driver }) => ({
        routeId: route.id,
        name: route.name,
        health: healthOf(driver, service.troubleOf(route.id)),
      })),
  };
}

function mailAddressesOf({ notifications, deliveries }: NotifyParts, code: string): string[] | undefined {
  const notification = notifications.byCode(code);
  if (!notification) return undefined;
  // None of them is no reason to overlook the code: what went by SMS may be answered by letter.
  const sent = deliveries.ofNotification(notification.id).filter(({ channel }) => channel === 'email');
  return sent.map(({ address }) => address.toLowerCase());
}

/** Of the route by that mailbox, else of any by mail: answers are written to whatever address people find. */
function mailInbox(parts: InboxParts, accountId: number): RouteInbox | undefined {
  const routes = parts.routes.all().filter(({ kind }) => kind === 'email');
  const isOfBox = ({ settings }: RouteRecord) =>
    Number((JSON.parse(settings) as Record<string, string>)['account']) === accountId;
  const route = routes.find(isOfBox) ?? routes[0];
  return route && createInbox(parts, route);
}

function healthOf(driver: RouteDriver, trouble: string | undefined): Health {
  const own = driver.health?.() ?? { state: 'ok' };
  return own.state === 'ok' && trouble !== undefined ? { state: 'degraded', reason: trouble } : own;
}

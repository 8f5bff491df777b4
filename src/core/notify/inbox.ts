import { toAppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { AnswerVerb, HeardBack, Party } from '../../shared/domain/reaching.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import type { AnswerRecord } from '../db/reply-store.ts';
import type { RouteRecord } from '../db/route-store.ts';
import { acknowledge } from './acknowledge.ts';
import { aboutOf, callNext } from './end-notification.ts';
import { type Meaning, meaningOf } from './meaning-of.ts';
import type { NotifyParts } from './parts.ts';
import { raiseReachAlarm } from './reach-alarms.ts';
import { takeReport } from './receipts.ts';
import type { InboundAnswer, RouteInbox } from './route-driver.ts';
import { takeMove } from './take-move.ts';
import type { SendParts } from './send-parts.ts';

export type InboxParts = SendParts & {
  readonly bindings: {
    bind: (route: RouteRecord, event: Parameters<RouteInbox['bind']>[0]) => ReturnType<RouteInbox['bind']>;
    partyOf: (routeId: number, chatId: string) => Party | undefined;
    setBlocked: (routeId: number, chatId: string, isBlocked: boolean) => void;
  };
  readonly storeFile: RouteInbox['store'];
};

type Answered = ReturnType<RouteInbox['answer']>;

const thanks: Readonly<Record<AnswerVerb, string>> = {
  accepted: 'Принято, спасибо.',
  'on-the-way': 'Записано: вы в пути.',
  'in-progress': 'Записано: вы на месте.',
  done: 'Записано: выполнено. Спасибо.',
  cannot: 'Записано: вы не можете.',
};
const whichOne = 'Вам писали о нескольких делах. Повторите ответ с кодом из сообщения.';
const toDispatcher = 'Получено, передано диспетчеру.';
const ofAnother = 'Это поручение не вам: ответить может тот, кому оно пришло.';

/** Takes what a route hears, each event once, in one transaction with all that follows from it. */
export function createInbox(parts: InboxParts, route: RouteRecord): RouteInbox {
  const { db, deliveries, routes, bindings } = parts;
  return {
    receipt({ providerId, ...event }) {
      const told = { ...event, at: timeOf(event, parts.clock.now()) };
      db.transact((revision) => {
        const named = deliveries.byUuid(providerId);
        const delivery =
          deliveries.byProvider(route.id, providerId) ?? (named?.routeId === route.id ? named : undefined);
        if (delivery) takeReport(parts, delivery, told, revision);
        else parts.earlyReceipts.put(route.id, providerId, told);
      });
    },
    answer: (event) => db.transact((revision) => takeAnswer(parts, route, event, revision)),
    moved: (event) => takeMove(parts, route, event),
    bind: (event) => bindings.bind(route, event),
    knows: (chatId) => bindings.partyOf(route.id, chatId) !== undefined,
    blocked: (chatId, isBlocked) => bindings.setBlocked(route.id, chatId, isBlocked),
    store: parts.storeFile,
    cursor: () => routes.cursor(route.id),
    saveCursor: (cursor) => db.transact(() => routes.saveCursor(route.id, cursor)),
  };
}

function takeAnswer(parts: InboxParts, route: RouteRecord, event: InboundAnswer, revision: number): Answered {
  const before = parts.replies.saidTo(route.channel, route.id, event.eventId);
  // Told again after a crash: what should be said back may not have been said.
  if (before) return { reply: before.reply, verb: before.isHeeded ? before.verb : null };
  const meant = meaningOf(parts, route, event);
  const { notification, verb } = meant;
  const now = parts.clock.now();
  const answer = parts.replies.insertAnswer({
    uuid: uuidv7(now, parts.random.bytes(10)),
    channel: route.channel,
    routeId: route.id,
    eventId: event.eventId,
    address: event.address,
    party: notification?.party ?? parts.bindings.partyOf(route.id, event.address) ?? null,
    notificationId: notification?.id ?? null,
    callId: notification?.callId ?? null,
    verb,
    text: event.text,
    latitude: event.place?.latitude ?? null,
    longitude: event.place?.longitude ?? null,
    at: timeOf(event, now),
    takenAt: now,
    files: event.files,
    revision,
  });
  parts.db.touch('notification', notification?.incidentId ?? undefined);
  if (!answer) return { reply: null, verb: null };
  const said: HeardBack = notification
    ? followOrTell(parts, notification, answer, revision)
    : { reply: notUnderstood(meant), isHeeded: false };
  parts.replies.setSaid(answer.id, said);
  return { reply: said.reply, verb: said.isHeeded ? verb : null };
}

/** What follows in other rooms may fail: what was said is kept, stops nothing that is said after it, and a person reads it. */
function followOrTell(
  parts: InboxParts,
  notification: NotificationRecord,
  answer: AnswerRecord,
  revision: number,
): HeardBack {
  const { verb, channel: by, at } = answer;
  try {
    return parts.db.attempt(() => followAnswer(parts, notification, answer, revision));
  } catch (thrown) {
    parts.log.error({ err: toAppError(thrown), answerId: answer.id }, 'answer.not-followed');
    const isRefusal = verb === 'cannot';
    if (verb !== null) acknowledge(parts, notification.id, { by, at, personId: null, isRefusal }, revision);
    raiseReachAlarm(parts, 'call-answer', aboutOf(notification), revision);
    return { reply: toDispatcher, isHeeded: false };
  }
}

function notUnderstood({ isOfAnother, isAmbiguous }: Meaning): string | null {
  if (isOfAnother) return ofAnother;
  return isAmbiguous ? whichOne : null;
}

/** Their clock may be ahead of ours, or in fractions. */
function timeOf({ at }: { readonly at: number }, now: number): number {
  return Number.isFinite(at) ? Math.min(Math.floor(at), now) : now;
}

/** What it acknowledges, and who does what about it. */
export function followAnswer(
  parts: NotifyParts,
  notification: NotificationRecord,
  answer: AnswerRecord,
  revision: number,
): HeardBack {
  const { verb, channel, at, callId, notificationId } = answer;
  if (verb !== null) {
    markAcknowledged(parts, notification.id, answer, revision);
    const isRefusal = verb === 'cannot';
    acknowledge(parts, notification.id, { by: channel, at, personId: null, isRefusal }, revision);
  }
  const current = parts.notifications.require(notificationId ?? notification.id);
  const said = parts.effects().answered(current, { ...answer, callId }, revision);
  for (const member of parts.notifications.membersOf(current.id)) {
    parts.effects().answered(member, answer, revision);
  }
  // Where another room has heard it, that room decides who is next.
  if (verb === 'cannot' && current.ladder.passesOn && said === null) refuse(parts, current, revision);
  return { reply: said?.reply ?? (verb && thanks[verb]), isHeeded: said?.isHeeded ?? true };
}

/** The next one is told, once, unless somebody has it already; with nobody left the dispatcher hears of it. */
function refuse(parts: NotifyParts, current: NotificationRecord, revision: number): void {
  const others = parts.notifications.ofChain(current.chain).filter(({ id }) => id !== current.id);
  if (others.some((other) => isSeenTo(parts, other))) return;
  const wasPassedOn = others.some(({ previousId }) => previousId === current.id);
  if (wasPassedOn || !callNext(parts, current, revision)) {
    raiseReachAlarm(parts, 'declined', aboutOf(current), revision);
  }
}

/** They are being told, were reached, or have accepted. */
function isSeenTo({ replies }: NotifyParts, { id, state }: NotificationRecord): boolean {
  if (state !== 'acknowledged') return state === 'waiting' || state === 'climbing' || state === 'reached';
  return replies.ofNotification(id).findLast(({ verb }) => verb !== null)?.verb !== 'cannot';
}

/** The message they answered has reached them, whatever its provider says. */
function markAcknowledged(
  { deliveries }: Pick<NotifyParts, 'deliveries'>,
  notificationId: number,
  { channel, routeId, at }: AnswerRecord,
  revision: number,
): void {
  const sent = deliveries
    .ofNotification(notificationId)
    .filter((delivery) => delivery.channel === channel && isOnItsWay(delivery));
  const delivery = sent.findLast((candidate) => candidate.routeId === routeId) ?? sent.at(-1);
  if (!delivery) return;
  deliveries.save({
    ...delivery,
    state: 'acknowledged',
    acceptedAt: delivery.acceptedAt ?? at,
    acknowledgedAt: at,
    leaseUntil: null,
    nextPollAt: null,
    revision,
  });
}

function isOnItsWay({ state, wroteAt }: DeliveryRecord): boolean {
  return (
    state === 'accepted' ||
    state === 'delivered' ||
    state === 'read' ||
    (state === 'unknown' && wroteAt !== null)
  );
}

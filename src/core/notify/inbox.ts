import { uuidv7 } from '../../shared/ids.ts';
import type { AnswerVerb, Party } from '../../shared/domain/reaching.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import type { AnswerRecord } from '../db/reply-store.ts';
import type { RouteRecord } from '../db/route-store.ts';
import { acknowledge } from './acknowledge.ts';
import { findAnswerCodes, readAnswerWords } from './answer-words.ts';
import { aboutOf, callNext } from './end-notification.ts';
import type { NotifyParts } from './parts.ts';
import { raiseReachAlarm } from './reach-alarms.ts';
import { takeReport } from './receipts.ts';
import type { InboundAnswer, RouteInbox } from './route-driver.ts';
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
const ofAnother = 'Это поручение не вам: ответить может тот, кому оно пришло.';
/** Of those somebody was written to, so many are looked at for what they mean. */
const mostLookedAt = 20;

/** Takes what a route hears, each event once, in one transaction with all that follows from it. */
export function createInbox(parts: InboxParts, route: RouteRecord): RouteInbox {
  const { db, deliveries, routes, bindings } = parts;
  return {
    receipt({ providerId, ...told }) {
      db.transact((revision) => {
        const named = deliveries.byUuid(providerId);
        const delivery =
          deliveries.byProvider(route.id, providerId) ?? (named?.routeId === route.id ? named : undefined);
        if (delivery) takeReport(parts, delivery, told, revision);
        else parts.earlyReceipts.put(route.id, providerId, told);
      });
    },
    answer: (event) => db.transact((revision) => takeAnswer(parts, route, event, revision)),
    bind: (event) => bindings.bind(route, event),
    knows: (chatId) => bindings.partyOf(route.id, chatId) !== undefined,
    blocked: (chatId, isBlocked) => bindings.setBlocked(route.id, chatId, isBlocked),
    store: parts.storeFile,
    cursor: () => routes.cursor(route.id),
    saveCursor: (cursor) => db.transact(() => routes.saveCursor(route.id, cursor)),
  };
}

function takeAnswer(parts: InboxParts, route: RouteRecord, event: InboundAnswer, revision: number): Answered {
  const before = parts.replies.byEvent(route.channel, route.id, event.eventId);
  // Told again after a crash: what should be said back may not have been said.
  if (before) return { reply: before.verb && thanks[before.verb], verb: before.verb };
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
    at: event.at,
    takenAt: now,
    files: event.files,
    revision,
  });
  parts.db.touch('notification', notification?.incidentId ?? undefined);
  if (!answer) return { reply: null, verb: null };
  if (meant.isOfAnother) return { reply: ofAnother, verb: null };
  if (!notification) return { reply: meant.isAmbiguous ? whichOne : null, verb: null };
  return { reply: followAnswer(parts, notification, answer, revision), verb };
}

/** What it acknowledges, and who does what about it; returns what is said back. */
export function followAnswer(
  parts: NotifyParts,
  notification: NotificationRecord,
  answer: AnswerRecord,
  revision: number,
): string | null {
  const { verb, channel, at, callId, notificationId } = answer;
  if (verb !== null) {
    markAcknowledged(parts, notification.id, answer, revision);
    acknowledge(parts, notification.id, { by: channel, at, personId: null }, revision);
  }
  const current = parts.notifications.require(notificationId ?? notification.id);
  const reply = parts.effects().answered(current, { ...answer, callId }, revision);
  for (const member of parts.notifications.membersOf(current.id)) {
    parts.effects().answered(member, answer, revision);
  }
  if (verb === 'cannot' && current.ladder.passesOn) {
    const isTold = callNext(parts, current, revision);
    if (!isTold) raiseReachAlarm(parts, 'declined', aboutOf(current), revision);
  }
  return reply ?? (verb && thanks[verb]);
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

type Meaning = {
  readonly notification: NotificationRecord | undefined;
  readonly verb: AnswerVerb | null;
  readonly isAmbiguous: boolean;
  /** Whoever is bound here answers what somebody else was asked. */
  readonly isOfAnother?: boolean;
};

/** By the code, then by the message it answers, then by whom it is from. */
function meaningOf(parts: InboxParts, route: RouteRecord, event: InboundAnswer): Meaning {
  const words = readAnswerWords(event.text);
  const verb = event.verb ?? words.verb;
  const code = event.code ?? words.code;
  const byCode = code === null ? undefined : parts.notifications.byCode(code);
  if (byCode && isOfAnother(parts, route, event, byCode)) {
    return { notification: undefined, verb: null, isAmbiguous: false, isOfAnother: true };
  }
  // A code alone is the acknowledgement it was given for.
  if (byCode) return { notification: byCode, verb: verb ?? codeAlone(event, code), isAmbiguous: false };
  const answered =
    event.providerId === null ? undefined : parts.deliveries.byProvider(route.id, event.providerId);
  if (answered) {
    const notification = parts.notifications.find(answered.notificationId);
    return { notification, verb, isAmbiguous: false };
  }
  return byAddress(parts, route, event, verb);
}

/** A messenger proves who writes: a code that was passed on, or guessed, acknowledges nothing for its owner. */
function isOfAnother(
  { bindings }: InboxParts,
  route: RouteRecord,
  { address }: InboundAnswer,
  { party }: NotificationRecord,
): boolean {
  const from = bindings.partyOf(route.id, address);
  if (!from || !party) return false;
  return from.kind !== party.kind || from.id !== party.id;
}

/** A code that is known by the message it answers was not said: a photo without words acknowledges nothing. */
function codeAlone({ text }: InboundAnswer, code: string | null): AnswerVerb | null {
  const isSaid = code !== null && findAnswerCodes(text).includes(code);
  return isSaid && text.trim().length <= code.length + 2 ? 'accepted' : null;
}

/** Whoever is on the way has accepted, whichever of the two was asked. */
function asks(verbs: readonly AnswerVerb[], verb: AnswerVerb): boolean {
  return verbs.includes(verb) || (verb !== 'cannot' && verbs.includes('accepted'));
}

/** Words without a code mean the one thing they were asked; where they were asked several, only the conversation is theirs. */
function byAddress(
  { deliveries, notifications }: InboxParts,
  { channel }: RouteRecord,
  { address }: InboundAnswer,
  verb: AnswerVerb | null,
): Meaning {
  const ids = new Set(
    deliveries.toAddress(channel, address, mostLookedAt).map(({ notificationId }) => notificationId),
  );
  const recent = [...ids].flatMap((id) => notifications.find(id) ?? []);
  const newest = recent[0];
  if (verb === null || !newest) return { notification: newest, verb: null, isAmbiguous: false };
  const asked = recent.filter(
    ({ verbs, acknowledgedAt, state }) =>
      asks(verbs, verb) && acknowledgedAt === null && state !== 'cancelled' && state !== 'bundled',
  );
  const calls = new Set(recent.filter(({ verbs }) => asks(verbs, verb)).map(({ callId }) => callId));
  if (asked.length === 1) return { notification: asked[0], verb, isAmbiguous: false };
  if (asked.length > 1) return { notification: undefined, verb: null, isAmbiguous: true };
  // Everything is acknowledged: a later word is about the call they have, if it is the only one.
  const about = recent.find(({ verbs }) => asks(verbs, verb));
  return about && calls.size === 1
    ? { notification: about, verb, isAmbiguous: false }
    : { notification: newest, verb: null, isAmbiguous: about !== undefined };
}

import type { AnswerVerb, Party } from '../../shared/domain/reaching.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import type { RouteRecord } from '../db/route-store.ts';
import { findAnswerCodes, readAnswerWords, saidCodes } from './answer-words.ts';
import type { NotifyParts } from './parts.ts';
import type { InboundAnswer } from './route-driver.ts';

type MeaningParts = NotifyParts & {
  readonly bindings: { readonly partyOf: (routeId: number, address: string) => Party | undefined };
};

export type Meaning = {
  readonly notification: NotificationRecord | undefined;
  readonly verb: AnswerVerb | null;
  readonly isAmbiguous: boolean;
  /** Whoever is bound here answers what somebody else was asked. */
  readonly isOfAnother?: boolean;
};

/** Of those somebody was written to, so many are looked at for what they mean. */
const mostLookedAt = 20;
/** So many within the hour belong to nothing: somebody guesses. */
const mostGuesses = 10;
const hourMs = 3_600_000;

/** By the code, then by the message it answers, then by whom it is from. */
export function meaningOf(parts: MeaningParts, route: RouteRecord, event: InboundAnswer): Meaning {
  const verb = event.verb ?? readAnswerWords(event.text).verb;
  const [known] = codesOf(event).flatMap((code) => byCode(parts, route, event, code));
  if (known && isOfAnother(parts, route, event, known)) {
    return { notification: undefined, verb: null, isAmbiguous: false, isOfAnother: true };
  }
  // A code alone is the acknowledgement it was given for.
  if (known) return { notification: known, verb: verb ?? codeAlone(event, known), isAmbiguous: false };
  const answered =
    event.providerId === null ? undefined : parts.deliveries.byProvider(route.id, event.providerId);
  const notification = answered && parts.notifications.find(answered.notificationId);
  if (notification && !isOfAnother(parts, route, event, notification)) {
    return { notification, verb, isAmbiguous: false };
  }
  return byAddress(parts, route, event, verb);
}

/** Words may hold what only looks like one, such as the number of a car. */
function codesOf({ code, text }: InboundAnswer): readonly string[] {
  return code === null ? saidCodes(text) : [code];
}

/** From wherever it is said, unless whoever was not written to has been guessing. */
function byCode(
  parts: MeaningParts,
  { channel }: RouteRecord,
  { address }: InboundAnswer,
  code: string,
): NotificationRecord[] {
  const { notifications, deliveries, replies, clock } = parts;
  const found = notifications.byCode(code);
  if (!found) return [];
  const isTheirs = deliveries.ofNotification(found.id).some((delivery) => delivery.address === address);
  const since = clock.now() - hourMs;
  const isGuess = !isTheirs && replies.lostSince(channel, address, since, mostGuesses) === mostGuesses;
  return isGuess ? [] : [found];
}

/** A messenger proves who writes: a code that was passed on, or guessed, acknowledges nothing for its owner. */
function isOfAnother(
  { bindings }: MeaningParts,
  route: RouteRecord,
  { address }: InboundAnswer,
  { party }: NotificationRecord,
): boolean {
  const from = bindings.partyOf(route.id, address);
  if (!from || !party) return false;
  return from.kind !== party.kind || from.id !== party.id;
}

/** A code that is known by the message it answers was not said: a photo without words acknowledges nothing. */
function codeAlone({ text }: InboundAnswer, { code }: NotificationRecord): AnswerVerb | null {
  const isSaid = findAnswerCodes(text).includes(code);
  return isSaid && text.trim().length <= code.length + 2 ? 'accepted' : null;
}

/** Whoever is on the way has accepted, whichever of the two was asked. */
function asks(verbs: readonly AnswerVerb[], verb: AnswerVerb): boolean {
  return verbs.includes(verb) || (verb !== 'cannot' && verbs.includes('accepted'));
}

/** Words without a code mean the one thing they were asked; where they were asked several, only the conversation is theirs. */
function byAddress(
  parts: MeaningParts,
  route: RouteRecord,
  event: InboundAnswer,
  verb: AnswerVerb | null,
): Meaning {
  const { deliveries, notifications } = parts;
  const sent = deliveries.toAddress(route.channel, event.address, mostLookedAt);
  const ids = new Set(sent.map(({ notificationId }) => notificationId));
  // A chat may have been somebody else's before.
  const recent = [...ids]
    .flatMap((id) => notifications.find(id) ?? [])
    .filter((notification) => !isOfAnother(parts, route, event, notification));
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

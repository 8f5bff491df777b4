import { callMove, isCallOpen } from '../../shared/domain/calls.ts';
import type { AnswerVerb, HeardBack, ReachChannel } from '../../shared/domain/reaching.ts';
import type { CallRecord } from '../db/call-store.ts';
import { advance } from './advance.ts';
import { clocksFollow } from './call-clocks.ts';
import type { CallParts, Mover } from './call-parts.ts';
import { heardText, overText, saidBeforeText } from './call-words.ts';
import { tellCall, touchCall } from './tell-call.ts';
import { answerMs, decline, endTurn, goOn, raise, untaken } from './turns.ts';

export type CallAnswer = {
  readonly callId: number;
  /** Who said it; null is somebody whom the desk does not know. */
  readonly contactId: number | null;
  readonly channel: ReachChannel | 'hand';
  readonly verb: AnswerVerb | null;
  readonly text: string;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly at: number;
};

/**
 * Words, a button or a place from whoever was asked, in the transaction that stored them. Returns what they hear at
 * once: whoever is too late must not set out.
 */
export function callAnswered(parts: CallParts, answer: CallAnswer, revision: number): HeardBack {
  const found = parts.calls.require(answer.callId);
  const { verb } = answer;
  const call = isLateYes(parts, found, answer) ? takeUpAgain(parts, found, answer, revision) : found;
  touchCall(parts, call, revision);
  if (answer.contactId === null || answer.contactId !== call.contactId) {
    raise(parts, call, 'call-answer', revision);
    return { reply: verb === null || verb === 'cannot' ? null : overText(call), isHeeded: false };
  }
  const here = locate(parts, call, answer);
  if (verb === null) {
    raise(parts, here, 'call-answer', revision);
    return { reply: null, isHeeded: true };
  }
  return move(parts, here, { ...answer, verb }, revision);
}

/** Nobody was left to ask, and one of those who had been asked will do it after all. */
function isLateYes(parts: CallParts, call: CallRecord, { contactId, verb }: CallAnswer): boolean {
  if (call.state !== 'declined' || verb === null || verb === 'cannot') return false;
  return parts.turns.all(call.id).some((turn) => turn.contactId === contactId);
}

function takeUpAgain(
  parts: CallParts,
  call: CallRecord,
  { contactId }: CallAnswer,
  revision: number,
): CallRecord {
  const now = parts.clock.now();
  if (contactId === null) return call;
  parts.turns.insert({ callId: call.id, contactId, why: '{"by":"late"}', askedAt: now });
  const open: CallRecord = { ...call, ...untaken, state: 'pending', contactId, revision };
  parts.calls.save(open);
  clocksFollow(parts, open, now);
  return open;
}

function move(
  parts: CallParts,
  call: CallRecord,
  { verb, channel, at, text }: CallAnswer & { readonly verb: AnswerVerb },
  revision: number,
): HeardBack {
  const mover: Mover = { actor: null, by: channel };
  const next = callMove(call.state, verb);
  if (next.to === 'over') {
    raise(parts, call, 'call-answer', revision);
    return { reply: overText(call), isHeeded: false };
  }
  if (next.to === 'same') return { reply: saidBeforeText(call), isHeeded: true };
  if (next.to === 'next') {
    decline(parts, call, { reason: text.slice(0, 500), mover }, revision);
    return { reply: heardText(call, verb), isHeeded: true };
  }
  const { call: moved } = advance(parts, call, { to: next.to, at: saidAt(parts, call, at), mover }, revision);
  tellCall(parts, moved, { event: next.to, mover }, revision);
  raise(parts, moved, 'call-answer', revision);
  return { reply: heardText(moved, verb), isHeeded: true };
}

/** As the channel says, which may be an hour ago after a night without a network; never before they were asked. */
function saidAt(parts: CallParts, call: CallRecord, at: number): number {
  const asked = parts.turns.last(call.id)?.askedAt ?? call.createdAt;
  const earliest = Math.max(asked, call.acceptedAt ?? 0, call.onTheWayAt ?? 0, call.inProgressAt ?? 0);
  return Math.min(parts.clock.now(), Math.max(at, earliest));
}

/** Shared live: nothing sounds for it, and of whoever is no longer asked it is of no interest. */
export function callMoved(
  parts: CallParts,
  callId: number,
  { latitude, longitude, at }: { readonly latitude: number; readonly longitude: number; readonly at: number },
): void {
  const call = parts.calls.require(callId);
  if (!isCallOpen(call.state)) return;
  // The call itself has not changed: whoever decides about it meanwhile has seen all there is.
  if (locate(parts, call, { place: { latitude, longitude }, at }) !== call) parts.db.touch('call', callId);
}

function locate(
  parts: CallParts,
  call: CallRecord,
  { place, at }: Pick<CallAnswer, 'place' | 'at'>,
): CallRecord {
  if (!place || (call.locatedAt ?? 0) > at) return call;
  const located = { ...call, ...place, locatedAt: at };
  parts.calls.save(located);
  return located;
}

/** Their ladder has ended and reached nobody; delivered and unanswered is waited for until its time. */
export function callLadderEnded(parts: CallParts, notificationId: number, revision: number): void {
  const turn = parts.turns.ofNotification(notificationId);
  if (!turn || turn.endedAt !== null) return;
  fallSilent(parts, turn.callId, revision);
}

/** Their time is over: on to the next, or, where the dispatcher wanted to decide, over to the dispatcher. */
export function fallSilent(parts: CallParts, callId: number, revision: number): void {
  const call = parts.calls.require(callId);
  const turn = parts.turns.last(callId);
  // Without a time nobody waits: it was told already, or after a restore nobody knows what was said.
  if (!turn || turn.endedAt !== null || turn.silentAt === null || call.state !== 'pending') return;
  const ladder = turn.notificationId === null ? undefined : parts.reach.state(turn.notificationId);
  if (ladder?.state === 'waiting') {
    // Left alone until the morning: their time begins when they are told.
    const toldAt = Math.max(parts.clock.now(), ladder.dueAt ?? 0);
    parts.turns.update({ ...turn, silentAt: toldAt + answerMs(parts, call) });
    return;
  }
  const mover: Mover = { actor: null, by: 'time' };
  tellCall(parts, call, { event: 'silent', mover }, revision);
  if (call.passesOn === 0) {
    parts.turns.update({ ...turn, silentAt: null });
    raise(parts, call, 'nobody-left', revision);
    return;
  }
  endTurn(parts, call, { outcome: 'silent', reason: '' }, revision);
  goOn(parts, call, mover, revision);
}

import { isCallTaken, type TurnOutcome } from '../../shared/domain/calls.ts';
import type { CallRecord } from '../db/call-store.ts';
import { clocksFollow } from './call-clocks.ts';
import type { CallParts, Mover } from './call-parts.ts';
import { callText, callTitle, cancelledText } from './call-words.ts';
import { suggestTechnicians } from './suggest.ts';
import { incidentOf, tellCall } from './tell-call.ts';

const minuteMs = 60_000;

/** Nobody has taken it yet: what the one before did is in their turn. */
export const untaken = { acceptedAt: null, onTheWayAt: null, inProgressAt: null, endedAt: null } as const;

export type Asked = { readonly contactId: number; readonly why: Readonly<Record<string, unknown>> };

/** Whom a call goes to by itself: the best of those who were not asked and against whom nothing speaks. */
export function nextToAsk(
  parts: CallParts,
  { id, regionId, skillId }: Pick<CallRecord, 'id' | 'regionId' | 'skillId'>,
): Asked | undefined {
  const exclude = parts.turns.all(id).map(({ contactId }) => contactId);
  const found = suggestTechnicians(parts, { regionId, skillId, at: parts.clock.now(), exclude });
  const first = found.find(({ fits }) => fits);
  return first && { contactId: first.contactId, why: { by: 'suggested', ...first.reasons } };
}

/** Puts it to somebody: their turn, their ladder and the time they have, in one transaction. */
export function ask(
  parts: CallParts,
  call: CallRecord,
  { contactId, why }: Asked,
  mover: Mover,
  revision: number,
): CallRecord {
  const now = parts.clock.now();
  const turn = parts.turns.insert({ callId: call.id, contactId, why: JSON.stringify(why), askedAt: now });
  const asked: CallRecord = {
    ...call,
    ...untaken,
    state: 'pending',
    contactId,
    revision,
  };
  parts.calls.save(asked);
  const notificationId = parts.reach.notify(
    {
      to: { kind: 'contact', id: contactId },
      kind: 'call',
      incidentId: incidentOf(parts, call),
      callId: call.id,
      urgency: call.urgency,
      title: callTitle(call),
      text: callText(parts, call),
      verbs: ['accepted', 'on-the-way', 'in-progress', 'done', 'cannot'],
      files: parts.calls.files(call.id),
      createdBy: mover.actor,
      only: null,
    },
    revision,
  );
  // Whom nothing can reach is not waited for: the watch passes them over at once.
  const isLost = parts.reach.state(notificationId)?.state === 'not-reached';
  parts.turns.update({ ...turn, notificationId, silentAt: isLost ? now : now + answerMs(parts, call) });
  clocksFollow(parts, asked, now);
  tellCall(parts, asked, { event: 'asked', mover }, revision);
  return asked;
}

export function answerMs(parts: CallParts, { urgency }: Pick<CallRecord, 'urgency'>): number {
  return parts.callSettings.get()[urgency].answer * minuteMs;
}

/** What becomes of the turn of whom it is with; their ladder stops where it stands. */
export function endTurn(
  parts: CallParts,
  call: CallRecord,
  { outcome, reason }: { readonly outcome: TurnOutcome; readonly reason: string },
  revision: number,
): void {
  const turn = parts.turns.last(call.id);
  if (!turn) return;
  const endedAt = turn.endedAt ?? parts.clock.now();
  parts.turns.update({ ...turn, silentAt: null, endedAt, outcome, reason });
  if (turn.notificationId !== null) parts.reach.cancel(turn.notificationId, revision);
}

/** On to the next; with nobody left the dispatcher hears of it. */
export function goOn(parts: CallParts, call: CallRecord, mover: Mover, revision: number): CallRecord {
  const next = call.passesOn === 1 ? nextToAsk(parts, call) : undefined;
  if (next) return ask(parts, call, next, mover, revision);
  const now = parts.clock.now();
  const left: CallRecord = { ...call, state: 'declined', endedAt: now, revision };
  parts.calls.save(left);
  clocksFollow(parts, left, now);
  tellCall(parts, left, { event: 'nobody-left', mover, contactId: null }, revision);
  raise(parts, left, 'nobody-left', revision);
  return left;
}

/** They will not do it, or will not do it any more. */
export function decline(
  parts: CallParts,
  call: CallRecord,
  { reason, mover }: { readonly reason: string; readonly mover: Mover },
  revision: number,
): CallRecord {
  endTurn(parts, call, { outcome: 'declined', reason }, revision);
  tellCall(parts, call, { event: 'declined', mover, reason }, revision);
  // Somebody was believed to be on the way: that is told at once, whoever is next.
  if (isCallTaken(call.state)) raise(parts, call, 'declined', revision);
  return goOn(parts, call, mover, revision);
}

export function raise(
  parts: CallParts,
  call: CallRecord,
  kind: 'declined' | 'nobody-left' | 'call-overdue' | 'call-answer',
  revision: number,
): void {
  const notificationId = parts.turns.last(call.id)?.notificationId ?? null;
  const incidentId = incidentOf(parts, call);
  parts.reach.raise({ kind, callId: call.id, incidentId, notificationId }, revision);
}

/** To somebody who may have heard of the call and is to do nothing about it any more. */
export function sayItIsOver(
  parts: CallParts,
  call: CallRecord,
  {
    contactId,
    reason,
    mover,
  }: { readonly contactId: number; readonly reason: string; readonly mover: Mover },
  revision: number,
): void {
  parts.reach.notify(
    {
      to: { kind: 'contact', id: contactId },
      kind: 'chat',
      incidentId: incidentOf(parts, call),
      callId: call.id,
      urgency: call.urgency,
      title: callTitle(call),
      text: cancelledText(call, reason),
      verbs: [],
      files: [],
      createdBy: mover.actor,
      only: null,
    },
    revision,
  );
}

/** Whether the one it is with can know of it by now. */
export function mayKnow(parts: CallParts, call: CallRecord): boolean {
  if (isCallTaken(call.state)) return true;
  const notificationId = parts.turns.last(call.id)?.notificationId ?? null;
  return notificationId !== null && parts.callViews.hasLeft(notificationId);
}

import type { StoredFile } from '../../shared/contract/common.ts';
import { callMove, isCallOpen, isCallTaken } from '../../shared/domain/calls.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { AnswerVerb } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { CallRecord } from '../db/call-store.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { takeBackEnd } from '../incidents/works.ts';
import { advance } from './advance.ts';
import { clocksFollow } from './call-clocks.ts';
import type { CallParts, Mover } from './call-parts.ts';
import { callTitle } from './call-words.ts';
import { byHand } from './create-call.ts';
import { factsOf, incidentOf, tellCall, touchCall } from './tell-call.ts';
import { ask, decline, endTurn, mayKnow, nextToAsk, sayItIsOver } from './turns.ts';

type At = { readonly id: number; readonly expected: number };

/**
 * What the technician said by telephone; returns what undo takes back, where nothing was told to anybody. Throws
 * `conflict` (reasons `stale`, `call-over`, `said-already`).
 */
export function markCall(
  parts: CallParts,
  { id, expected, verb, reason }: At & { readonly verb: AnswerVerb; readonly reason: string },
  actor: number,
): number | null {
  return parts.db.transact((revision) => {
    const call = acted(parts, { id, expected }, actor, revision);
    const mover: Mover = { actor, by: 'hand' };
    const move = callMove(call.state, verb);
    if (move.to === 'over') throw conflict('call-over');
    if (move.to === 'same') throw conflict('said-already');
    if (move.to === 'next') {
      decline(parts, call, { reason, mover }, revision);
      return null;
    }
    const notificationId = parts.turns.last(id)?.notificationId ?? null;
    if (notificationId !== null) parts.reach.acknowledge(notificationId, mover, revision);
    const { call: moved, workEnded } = advance(
      parts,
      call,
      { to: move.to, at: parts.clock.now(), mover },
      revision,
    );
    const saved = move.to === 'completed' && reason !== '' ? { ...moved, result: reason } : moved;
    if (saved !== moved) parts.calls.save(saved);
    const { state } = call;
    if (!isCallTaken(state)) {
      tellCall(parts, saved, { event: move.to, mover, reason }, revision);
      return null;
    }
    const facts = {
      ...factsOf(parts, saved, { event: move.to, mover, reason }),
      was: { state, onTheWayAt: call.onTheWayAt, inProgressAt: call.inProgressAt },
      workEnded,
    } as JournalFacts['call.marked'];
    return tellMarked(parts, saved, facts, actor, revision);
  });
}

function tellMarked(
  parts: CallParts,
  call: CallRecord,
  facts: JournalFacts['call.marked'],
  actor: number,
  revision: number,
): number {
  touchCall(parts, call, revision);
  const incidentId = incidentOf(parts, call);
  return incidentId === null
    ? parts.journal.append({
        kind: 'call.marked',
        subject: 'call',
        subjectId: call.id,
        actorId: actor,
        facts,
      })
    : parts.journal.append({
        kind: 'incident.call-marked',
        subject: 'incident',
        subjectId: incidentId,
        actorId: actor,
        facts,
      });
}

/** Undo of a mark, if the call still stands as it was put down. Throws `conflict` (reason `changed-since`). */
export function takeBackMark(
  parts: CallParts,
  { callId, event, was, workEnded }: JournalFacts['call.marked'],
  actor: number,
  revision: number,
): void {
  const call = parts.calls.require(callId);
  if (call.state !== event) throw conflict('changed-since');
  const back: CallRecord = { ...call, ...was, endedAt: null, revision };
  parts.calls.save(back);
  clocksFollow(parts, back, parts.clock.now());
  const incidentId = incidentOf(parts, back);
  if (workEnded && incidentId !== null) {
    takeBackEnd(parts, incidentId, workEnded);
    saveIncident(parts, parts.incidents.require(incidentId), revision);
  }
  tellCall(parts, back, { event: was.state, mover: { actor, by: 'hand' } }, revision);
}

/** Asks another one now. Throws `conflict` (reasons `stale`, `call-over`, `nobody-to-call`, `asked-already`). */
export function passCallOn(
  parts: CallParts,
  { id, expected, contactId, reason }: At & { readonly contactId: number | null; readonly reason: string },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const call = acted(parts, { id, expected }, actor, revision);
    if (!isCallOpen(call.state) && call.state !== 'declined') throw conflict('call-over');
    if (contactId !== null && contactId === call.contactId && isCallOpen(call.state)) {
      throw conflict('asked-already');
    }
    const next = contactId === null ? nextToAsk(parts, call) : byHand(parts, contactId, call);
    if (!next) throw conflict('nobody-to-call');
    const mover: Mover = { actor, by: 'hand' };
    if (isCallOpen(call.state)) withdraw(parts, call, { reason, mover }, revision);
    ask(parts, call, next, mover, revision);
  });
}

/** Throws `conflict` (reasons `stale`, `call-over`). */
export function cancelCall(
  parts: CallParts,
  { id, expected, reason }: At & { readonly reason: string },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const call = acted(parts, { id, expected }, actor, revision);
    if (!isCallOpen(call.state) && call.state !== 'declined') throw conflict('call-over');
    const mover: Mover = { actor, by: 'hand' };
    const now = parts.clock.now();
    const cancelled: CallRecord = { ...call, state: 'cancelled', endedAt: now, result: reason, revision };
    parts.calls.save(cancelled);
    clocksFollow(parts, cancelled, now);
    if (isCallOpen(call.state)) withdraw(parts, call, { reason, mover, as: cancelled }, revision);
    tellCall(parts, cancelled, { event: 'cancelled', mover, reason }, revision);
  });
}

/** Their ladder stops, and where something of it may have left they are told to stay. */
function withdraw(
  parts: CallParts,
  call: CallRecord,
  { reason, mover, as }: { readonly reason: string; readonly mover: Mover; readonly as?: CallRecord },
  revision: number,
): void {
  const knows = mayKnow(parts, call);
  endTurn(parts, call, { outcome: 'withdrawn', reason }, revision);
  if (!as) tellCall(parts, call, { event: 'withdrawn', mover, reason }, revision);
  if (knows && call.contactId !== null) {
    sayItIsOver(parts, as ?? call, { contactId: call.contactId, reason, mover }, revision);
  }
}

/** A line to whom the call is with, over what they last answered by. Throws `conflict` (`call-over`, `call-with-nobody`). */
export function sayInCall(
  parts: CallParts,
  { id, text, files }: { readonly id: number; readonly text: string; readonly files: readonly StoredFile[] },
  actor: number,
): number {
  return parts.db.transact((revision) => {
    const call = parts.calls.require(id);
    if (call.contactId === null) throw conflict('call-with-nobody');
    if (text === '' && files.length === 0) {
      throw new AppError('invalid-input', { details: { reason: 'nothing-said' } });
    }
    const notificationId = parts.reach.notify(
      {
        to: { kind: 'contact', id: call.contactId },
        kind: 'chat',
        incidentId: incidentOf(parts, call),
        callId: id,
        urgency: call.urgency,
        title: callTitle(call),
        text,
        verbs: [],
        files,
        createdBy: actor,
        only: parts.callViews.lastChannel(id, call.contactId) ?? null,
      },
      revision,
    );
    parts.journal.append({
      kind: 'call.said',
      subject: 'call',
      subjectId: id,
      actorId: actor,
      facts: { notificationId, files: files.length },
    });
    touchCall(parts, call, revision);
    return notificationId;
  });
}

/** Everything that was said until now has been looked at. */
export function callSeen(parts: CallParts, id: number, actor: number): void {
  parts.db.transact((revision) => {
    const call = parts.calls.require(id);
    const seenAnswerId = parts.callViews.lastAnswerId(id);
    if (seenAnswerId > call.seenAnswerId) {
      parts.calls.save({ ...call, seenAnswerId });
      parts.db.touch('call');
    }
    parts.reach.hush(id, actor, revision);
  });
}

/** Whoever acts on a call has heard what sounds for it. */
function acted(parts: CallParts, { id, expected }: At, actor: number, revision: number): CallRecord {
  const call = parts.calls.requireAt(id, expected);
  parts.reach.hush(id, actor, revision);
  return call;
}

function conflict(reason: string): AppError {
  return new AppError('conflict', { details: { reason } });
}

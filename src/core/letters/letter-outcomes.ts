import { AppError } from '../../shared/errors.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { OutboxOutcomes } from '../notify/outbox-runner.ts';
import type { BounceReport } from '../platform/inbound-message.ts';
import { applyEffect, armAfterLetter, disarmAfterReturn, type LetterEffect } from './letter-effect.ts';
import type { LetterParts } from './parts.ts';

type LetterEvent = Extract<keyof JournalFacts, `incident.letter-${string}`>;

/** What leaving, failing or vanishing of a letter means for its incident. */
export function createLetterOutcomes(parts: LetterParts): OutboxOutcomes {
  return {
    accepted(record, response, revision) {
      const { incidentId, effect } = about(parts, record);
      tell(
        parts,
        record,
        { kind: 'incident.letter-accepted', facts: { ...idsOf(record), response }, actor: null },
        revision,
      );
      applyEffect(parts, incidentId, effect.during, effect.after, revision);
      armAfterLetter(parts, incidentId, effect, record.messageId, revision);
      parts.handOvers?.()?.left(record.messageId, revision);
      if (record.channel === 'telegram' && parts.chatLinks.isRead(record.messageId)) {
        letterRead(parts, record, revision);
      }
    },
    failed(record, code, detail, revision) {
      const { incidentId, effect } = about(parts, record);
      tell(
        parts,
        record,
        { kind: 'incident.letter-failed', facts: { ...idsOf(record), code, detail }, actor: null },
        revision,
      );
      applyEffect(parts, incidentId, effect.during, effect.failed, revision);
    },
    unknown(record, revision) {
      tell(parts, record, { kind: 'incident.letter-unknown', facts: idsOf(record), actor: null }, revision);
      // A copy that came while the server's answer was awaited does not come again.
      if (record.wroteAt !== null && parts.views.wasSeenSince(record.messageId, record.wroteAt)) {
        resolveUnknown(parts, record, 'found-in-sent', null);
      }
    },
    changed(record, revision) {
      touchIncident(parts, record, revision);
    },
    tooLate: (record, revision) => isAnswerTooLate(parts, record) && dropAnswer(parts, record, revision),
  };
}

const hourMs = 3_600_000;

/** "Your incident is closed" is an answer while its writer waits for one; hours later it only puzzles. */
function isAnswerTooLate(
  parts: LetterParts,
  { channel, createdBy, messageId, createdAt }: OutboxRecord,
): boolean {
  if (channel !== 'mail' || createdBy !== null) return false;
  if (parts.views.find(messageId)?.automatic !== 'auto-reply') return false;
  const answered = parts.views.replySource(messageId)?.references.at(-1);
  const [source] = answered === undefined ? [] : parts.messages.byExternalId(answered);
  const letterAt = source === undefined ? undefined : parts.views.find(source.messageId)?.receivedAt;
  return parts.clock.now() - Math.min(letterAt ?? createdAt, createdAt) >= hourMs;
}

function dropAnswer(parts: LetterParts, record: OutboxRecord, revision: number): true {
  const incidentId = parts.views.incidentOf(record.messageId) ?? null;
  if (incidentId === null) return true;
  parts.journal.append({
    kind: 'incident.answer-too-late',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: idsOf(record),
  });
  const incident = parts.incidents.require(incidentId);
  saveIncident(parts, { ...incident, messageCount: Math.max(0, incident.messageCount - 1) }, revision);
  parts.db.touch('message', incidentId);
  return true;
}

/** The other side has seen it, in the transaction that learnt of it. */
export function letterRead(parts: LetterParts, record: OutboxRecord, revision: number): void {
  const read = { ...record, state: 'read', revision } as const;
  parts.outbox.save(read);
  tell(parts, read, { kind: 'incident.letter-read', facts: idsOf(read), actor: null }, revision);
  parts.db.touch('outbox');
}

/** Throws `conflict` (reason `not-stuck`): only what failed, or what nobody knows about and a person decided on. */
export function sendAgain(parts: LetterParts, outboxId: number, actor: number): void {
  parts.db.transact((revision) => {
    const record = parts.outbox.require(outboxId);
    if (record.state !== 'failed' && record.state !== 'unknown') {
      throw new AppError('conflict', { details: { reason: 'not-stuck', state: record.state } });
    }
    const queued = {
      ...record,
      state: 'queued',
      notBefore: parts.clock.now(),
      // Where a second try cannot make a second message it still decides whether the first can be taken back.
      wroteAt: record.channel === 'mail' ? null : record.wroteAt,
      revision,
    } as const;
    parts.outbox.save(queued);
    tell(parts, queued, { kind: 'incident.letter-again', facts: idsOf(queued), actor }, revision);
    const { incidentId, effect } = about(parts, record);
    applyEffect(parts, incidentId, effect.failed, effect.during, revision);
    parts.db.touch('outbox');
  });
}

/** A person looked and says it did arrive. */
export function settle(parts: LetterParts, outboxId: number, actor: number): void {
  const record = parts.outbox.require(outboxId);
  if (record.state !== 'unknown') throw new AppError('conflict', { details: { reason: 'not-unknown' } });
  resolveUnknown(parts, record, 'hand', actor);
}

/** Telegram's own history shows it: it has left after all. */
export function foundInChat(parts: LetterParts, record: OutboxRecord): void {
  if (record.state === 'unknown') resolveUnknown(parts, record, 'found-in-chat', null);
}

/** Our own letter was seen in Sent or answered: an unknown one has left after all. */
export function ownLetterSeen(parts: LetterParts, messageId: number): void {
  const record = parts.outbox.ofMessage(messageId);
  if (!record) return;
  if (record.state === 'unknown') resolveUnknown(parts, record, 'found-in-sent', null);
  const current = parts.outbox.require(record.id);
  if (current.state === 'accepted' && current.sentCopy === 'waiting') {
    parts.db.transact((revision) => parts.outbox.save({ ...current, sentCopy: 'found', revision }));
  }
}

function resolveUnknown(
  parts: LetterParts,
  record: OutboxRecord,
  by: JournalFacts['incident.letter-settled']['by'],
  actor: number | null,
): void {
  parts.db.transact((revision) => {
    const now = parts.clock.now();
    const accepted = {
      ...record,
      state: 'accepted',
      acceptedAt: now,
      errorCode: null,
      errorDetail: null,
      revision,
    } as const;
    parts.outbox.save({ ...accepted, sentCopy: by === 'found-in-sent' ? 'found' : record.sentCopy });
    tell(
      parts,
      accepted,
      { kind: 'incident.letter-settled', facts: { ...idsOf(record), by }, actor },
      revision,
    );
    const { incidentId, effect } = about(parts, record);
    applyEffect(parts, incidentId, effect.during, effect.after, revision);
    armAfterLetter(parts, incidentId, effect, record.messageId, revision);
    parts.handOvers?.()?.left(record.messageId, revision);
    parts.db.touch('outbox');
  });
}

/** The letter came back: it is failed, whatever the server said when it took it. */
export function letterBounced(parts: LetterParts, messageId: number, report: BounceReport): void {
  const record = parts.outbox.ofMessage(messageId);
  // What waits to leave again has failed before: that is what came back.
  if (!record || !leftStates.has(record.state)) return;
  // RFC 3463 class 4 is a delay report: the server goes on trying.
  if (report.status?.startsWith('4.')) return;
  parts.db.transact((revision) => {
    const detail = [report.recipients.join(', '), report.status, report.diagnostic]
      .filter(Boolean)
      .join(' · ');
    const failed = {
      ...record,
      state: 'failed',
      errorCode: 'bounced',
      errorDetail: detail,
      revision,
    } as const;
    parts.outbox.save(failed);
    tell(
      parts,
      failed,
      { kind: 'incident.letter-failed', facts: { ...idsOf(record), code: 'bounced', detail }, actor: null },
      revision,
    );
    const { incidentId, effect } = about(parts, record);
    const stoodAt = record.state === 'unknown' ? effect.during : effect.after;
    applyEffect(parts, incidentId, stoodAt, effect.failed, revision);
    disarmAfterReturn(parts, incidentId, messageId, revision);
    parts.db.touch('outbox');
  });
}

const leftStates: ReadonlySet<OutboxRecord['state']> = new Set([
  'unknown',
  'accepted',
  'delivered',
  'read',
  'acknowledged',
]);

function about(
  parts: LetterParts,
  record: OutboxRecord,
): { incidentId: number | null; effect: LetterEffect } {
  return {
    incidentId: parts.views.incidentOf(record.messageId) ?? null,
    effect: JSON.parse(record.effect) as LetterEffect,
  };
}

function idsOf(record: OutboxRecord) {
  return { messageId: record.messageId, outboxId: record.id };
}

type Told<K extends LetterEvent> = {
  readonly kind: K;
  readonly facts: JournalFacts[K];
  readonly actor: number | null;
};

function tell<K extends LetterEvent>(
  parts: LetterParts,
  record: OutboxRecord,
  { kind, facts, actor }: Told<K>,
  revision: number,
): void {
  const incidentId = parts.views.incidentOf(record.messageId) ?? null;
  touchChat(parts, record, revision);
  if (incidentId === null) return;
  parts.journal.append({ kind, subject: 'incident', subjectId: incidentId, actorId: actor, facts });
  touchIncident(parts, record, revision);
}

/** A page that was away finds out by the incident's revision. */
function touchIncident(parts: LetterParts, record: OutboxRecord, revision: number): void {
  touchChat(parts, record, revision);
  const incidentId = parts.views.incidentOf(record.messageId) ?? null;
  if (incidentId === null) return;
  saveIncident(parts, parts.incidents.require(incidentId), revision);
  parts.db.touch('message', incidentId);
}

function touchChat(parts: LetterParts, record: OutboxRecord, revision: number): void {
  if (record.channel === 'telegram') parts.chatLinks.stateChanged(record.messageId, revision);
}

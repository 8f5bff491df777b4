import type { AnswerView } from '../../shared/contract/links.ts';
import type { Address } from '../../shared/contract/common.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { AnswerBatch } from '../db/answer-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { factsOf } from '../letters/letter-facts.ts';
import { renderTemplate } from '../letters/render-template.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { takeBack } from '../letters/take-back.ts';
import { applicantsOf } from './applicants.ts';
import type { LinkParts } from './parts.ts';

const secondMs = 1000;

export type AnswerAll = {
  readonly incidentIds: readonly number[];
  readonly floodId: number | null;
  readonly text: string;
};

/**
 * Writes down who is to be answered; the letters themselves follow one incident after another (`answerNext`), so that
 * a kill in the middle leaves nobody out and writes to nobody twice. Throws `not-found`.
 */
export function answerAll(
  parts: LinkParts,
  { incidentIds, floodId, text }: AnswerAll,
  personId: number,
): { readonly batchId: number } {
  return parts.db.transact(() => {
    const now = parts.clock.now();
    // Several that were merged have one thread now, and one answer.
    const living = incidentIds.map((id) => livingIncident(parts.incidents, id).id);
    const uuid = uuidv7(now, parts.random.bytes(10));
    const batch = { uuid, floodId, text, createdBy: personId, createdAt: now };
    const batchId = parts.answers.insert(batch, [...new Set(living)]);
    parts.db.touch('flood');
    return { batchId };
  });
}

/** The next incident that waits for its answer, in a transaction of its own; false when none waits. */
export function answerNext(parts: LinkParts): boolean {
  const next = parts.answers.nextWaiting();
  if (!next) return false;
  const batch = requireBatch(parts, next.batchId);
  try {
    parts.db.transact((revision) => {
      const incident = parts.incidents.require(next.incidentId);
      const outboxIds = answerOne(parts, batch, incident, revision);
      parts.answers.save({ ...next, state: 'queued', reason: null, outboxIds });
      parts.db.touch('flood', next.incidentId);
    });
  } catch (thrown) {
    // A full disk or a damaged row is not the incident's fault: the same one is tried again.
    if (!(thrown instanceof AppError) || thrown.code === 'internal') throw thrown;
    skip(parts, next, reasonOf(thrown));
  }
  return true;
}

function answerOne(
  parts: LinkParts,
  { text, createdBy }: AnswerBatch,
  incident: IncidentRecord,
  revision: number,
): number[] {
  if (incident.mergedIntoId !== null) refuse('merged');
  const facts = Object.fromEntries(factsOf(parts, incident, createdBy).map(({ key, value }) => [key, value]));
  const words = renderTemplate(text, facts);
  const chatId = incident.channel === 'telegram' ? parts.chatLinks.chatsOf(incident.id)[0] : undefined;
  if (chatId !== undefined) {
    const replyTo = parts.chatLinks.lastIncoming(chatId, incident.id)?.id ?? null;
    const message = { chatId, text: words, entities: [], replyTo, files: [], incidentId: incident.id };
    return [parts.chats.send(message, createdBy).outboxId];
  }
  const applicants = applicantsOf(parts, incident.id);
  if (applicants.length === 0) refuse('no-address');
  return applicants.map((applicant) => writeTo(parts, { incident, applicant, words, createdBy }, revision));
}

type Writing = {
  readonly incident: IncidentRecord;
  readonly applicant: Address;
  readonly words: string;
  readonly createdBy: number;
};

/** A letter of his own in his own thread: nobody sees who else was answered. */
function writeTo(
  parts: LinkParts,
  { incident, applicant, words, createdBy }: Writing,
  revision: number,
): number {
  const sourceId = parts.merges.latestFrom(incident.id, applicant.address) ?? null;
  const mode = sourceId === null ? 'new' : 'reply';
  const begun = beginDraft(parts, { incidentId: incident.id, mode, sourceId, templateKey: null }, createdBy);
  const draft = parts.drafts.require(begun.id, createdBy);
  const recipients = { to: [applicant], cc: [], bcc: [] };
  parts.drafts.save({ ...draft, recipients, body: `${words}${draft.body}` }, revision);
  return sendLetter(parts, draft.id, true, createdBy).outboxId;
}

type Place = { readonly batchId: number; readonly incidentId: number };

function skip(parts: LinkParts, place: Place, reason: string): void {
  parts.db.transact(() => {
    parts.answers.save({ ...place, state: 'skipped', reason, outboxIds: [] });
    parts.db.touch('flood', place.incidentId);
  });
}

/** After a restore: whoever still waits may have been answered in the time that was lost, so a person decides. */
export function haltAnswers(parts: Pick<LinkParts, 'db' | 'answers'>): void {
  parts.db.transact(() => parts.answers.skipWaiting('restored'));
}

/** Not yet written ones are not written, those that have not left are cancelled; the others have gone. */
export function takeBackAnswers(
  parts: LinkParts,
  batchId: number,
  personId: number,
): { readonly takenBack: number; readonly left: number; readonly text: string } {
  return parts.db.transact(() => {
    const { text } = requireBatch(parts, batchId);
    let takenBack = 0;
    let left = 0;
    for (const { code: _code, ...part } of parts.answers.parts(batchId)) {
      if (part.state === 'skipped' || part.state === 'taken-back') continue;
      const gone = part.outboxIds.filter((id) => !takeBackOne(parts, id, personId));
      takenBack += part.state === 'waiting' ? 1 : part.outboxIds.length - gone.length;
      left += gone.length;
      if (gone.length === 0) parts.answers.save({ ...part, state: 'taken-back' });
      parts.db.touch('flood', part.incidentId);
    }
    parts.answers.setTakenBack(batchId, parts.clock.now());
    return { takenBack, left, text };
  });
}

/** Without a draft of each: the text is one and stands where it was written. False when it has left. */
function takeBackOne(parts: LinkParts, outboxId: number, personId: number): boolean {
  const { state, channel, wroteAt } = parts.outbox.require(outboxId);
  if (state === 'cancelled') return true;
  if (state !== 'queued' || wroteAt !== null) return false;
  if (channel === 'mail') parts.drafts.remove(takeBack(parts, outboxId, personId));
  else parts.chats.takeBack(outboxId, personId);
  return true;
}

/** Throws `not-found`. */
export function answerView(parts: LinkParts, batchId: number): AnswerView {
  const { createdAt, takenBackAt } = requireBatch(parts, batchId);
  return {
    batchId,
    parts: parts.answers
      .parts(batchId)
      .map(({ incidentId, code, state, reason }) => ({ incidentId, code, state, reason })),
    undoUntil: createdAt + parts.undoSeconds() * secondMs,
    takenBackAt,
  };
}

function requireBatch(parts: LinkParts, batchId: number): AnswerBatch {
  const batch = parts.answers.find(batchId);
  if (!batch) throw new AppError('not-found', { details: { reason: 'answer-batch' } });
  return batch;
}

function refuse(reason: string): never {
  throw new AppError('conflict', { details: { reason } });
}

function reasonOf(thrown: unknown): string {
  const { details, code } = toAppError(thrown);
  return typeof details?.['reason'] === 'string' ? details['reason'] : code;
}

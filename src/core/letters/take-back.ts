import type { Address } from '../../shared/contract/common.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { takeBackEffect } from './letter-effect.ts';
import { takeBackWork } from './letter-works.ts';
import type { LetterParts } from './parts.ts';
import { uniqueAddresses } from './recipients.ts';
import type { LetterMemory } from './send-letter.ts';

/**
 * The letter is a draft again, if nothing of it has left; letters of one press come back as the one draft they were.
 * Throws `conflict` (reason `already-leaving`).
 */
export function takeBack(parts: LetterParts, outboxId: number, personId: number): number {
  return parts.db.transact((revision) => {
    const asked = parts.outbox.require(outboxId);
    const batch = memoryOf(asked).batch ?? [outboxId];
    const records = batch.map((id) => parts.outbox.require(id));
    for (const { state } of records) {
      if (state !== 'queued' && state !== 'failed') {
        throw new AppError('conflict', { details: { reason: 'already-leaving', state } });
      }
    }
    const messages = records.map(({ messageId }) => requireMessage(parts, messageId));
    const draftId = draftAgain(parts, asked, messages, personId, revision);
    for (const record of records) undoLetter(parts, record, personId, revision);
    parts.db.touch('draft');
    parts.db.touch('outbox');
    return draftId;
  });
}

function memoryOf(record: OutboxRecord): LetterMemory {
  return JSON.parse(record.effect) as LetterMemory;
}

function requireMessage(parts: LetterParts, messageId: number): MessageView {
  const message = parts.views.find(messageId);
  if (!message) throw new AppError('not-found', { details: { reason: 'message' } });
  return message;
}

function draftAgain(
  parts: LetterParts,
  record: OutboxRecord,
  messages: readonly MessageView[],
  personId: number,
  revision: number,
): number {
  const message =
    messages.find(({ id }) => id === record.messageId) ?? requireMessage(parts, record.messageId);
  const all = (field: 'to' | 'cc' | 'bcc'): Address[] =>
    uniqueAddresses(messages.flatMap((one) => one[field]));
  const { draft } = memoryOf(record);
  return parts.drafts.insert(
    {
      uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
      personId,
      incidentId: parts.views.incidentOf(message.id) ?? null,
      mode: draft?.mode ?? 'new',
      sourceId: draft?.sourceId ?? null,
      templateKey: draft?.templateKey ?? null,
      promisedCloseAt: draft?.promisedCloseAt ?? null,
      accountId: record.accountId,
      recipients: { to: all('to'), cc: all('cc'), bcc: all('bcc') },
      subject: message.subject,
      body: message.text,
      attachments: message.attachments.map(({ sha256, fileName, mimeType, size }) => ({
        sha256,
        fileName,
        mimeType,
        size,
      })),
      updatedAt: parts.clock.now(),
    },
    revision,
  );
}

function undoLetter(parts: LetterParts, record: OutboxRecord, personId: number, revision: number): void {
  const incidentId = parts.views.incidentOf(record.messageId) ?? null;
  const effect = memoryOf(record);
  parts.outbox.save({ ...record, state: 'cancelled', revision });
  parts.handOvers?.()?.takenBack(record.messageId, revision);
  if (incidentId === null) return;
  const from = record.state === 'failed' ? effect.failed : effect.during;
  takeBackEffect(parts, incidentId, { from, to: effect.before }, personId, revision);
  if (effect.work) takeBackWork(parts, incidentId, effect.work, personId);
  leaveIncident(parts, incidentId, record, personId, revision);
}

function leaveIncident(
  parts: LetterParts,
  incidentId: number,
  record: OutboxRecord,
  personId: number,
  revision: number,
): void {
  const incident = parts.incidents.require(incidentId);
  parts.journal.append({
    kind: 'incident.letter-taken-back',
    subject: 'incident',
    subjectId: incidentId,
    actorId: personId,
    facts: { messageId: record.messageId, outboxId: record.id },
  });
  saveIncident(parts, { ...incident, messageCount: Math.max(0, incident.messageCount - 1) }, revision);
  parts.db.touch('message', incidentId);
}

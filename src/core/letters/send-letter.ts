import type { Account } from '../../shared/contract/letters.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { DraftRecord } from '../db/draft-store.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { applyEffect, effectOf, type LetterEffect } from './letter-effect.ts';
import type { LetterParts } from './parts.ts';

/** Within this time a colleague's answer makes sending ask first. */
const colleagueMs = 60_000;
const secondMs = 1000;

export type Sent = { readonly outboxId: number; readonly notBefore: number; readonly message: MessageView };

/**
 * A draft becomes a message and an outbox row in one transaction. Throws `invalid-input` (reasons `no-recipient`,
 * `no-account`), `conflict` (reason `colleague-answered`).
 */
export function sendLetter(parts: LetterParts, draftId: number, force: boolean, personId: number): Sent {
  return parts.db.transact((revision) => {
    const draft = parts.drafts.require(draftId, personId);
    const account = requireSendable(parts, draft);
    if (!force) refuseAfterColleague(parts, draft, personId);
    const now = parts.clock.now();
    const messageId = insertMessage(parts, draft, account, revision);
    const effect = effectOf(parts, draft.incidentId, draft.templateKey);
    const notBefore = now + parts.undoSeconds() * secondMs;
    const outboxId = parts.outbox.insert({
      uuid: uuidv7(now, parts.random.bytes(10)),
      channel: 'mail',
      accountId: account.id,
      messageId,
      state: 'queued',
      notBefore,
      leaseUntil: null,
      wroteAt: null,
      attempts: 0,
      errorCode: null,
      errorDetail: null,
      sentCopy: account.sentCopy === 'provider' ? 'provider' : 'waiting',
      effect: JSON.stringify({
        ...effect,
        draft: { mode: draft.mode, sourceId: draft.sourceId, templateKey: draft.templateKey },
      }),
      createdBy: personId,
      createdAt: now,
      acceptedAt: null,
      revision,
    });
    parts.drafts.remove(draft.id);
    joinIncident(parts, draft, { messageId, outboxId, personId }, revision);
    applyEffect(parts, draft.incidentId, effect.before, effect.during, revision);
    parts.rememberAddresses([...draft.recipients.to, ...draft.recipients.cc], now);
    parts.db.touch('draft');
    parts.db.touch('outbox');
    const message = parts.views.find(messageId);
    if (!message) throw new Error('The message just written is not there');
    return { outboxId, notBefore, message };
  });
}

function requireSendable(parts: LetterParts, draft: DraftRecord): Account {
  const { to, cc, bcc } = draft.recipients;
  if (to.length + cc.length + bcc.length === 0)
    throw new AppError('invalid-input', { details: { reason: 'no-recipient' } });
  const account = parts.accounts().find(({ id }) => id === draft.accountId);
  if (!account) throw new AppError('invalid-input', { details: { reason: 'no-account' } });
  return account;
}

function refuseAfterColleague(parts: LetterParts, draft: DraftRecord, personId: number): void {
  if (draft.incidentId === null) return;
  const last = parts.outbox.lastAnswer(draft.incidentId);
  if (!last || last.by === null || last.by === personId || parts.clock.now() - last.at > colleagueMs) return;
  throw new AppError('conflict', {
    details: { reason: 'colleague-answered', personId: last.by, at: last.at },
  });
}

function insertMessage(parts: LetterParts, draft: DraftRecord, account: Account, revision: number): number {
  const now = parts.clock.now();
  const uuid = uuidv7(now, parts.random.bytes(10));
  const source = draft.sourceId === null ? undefined : parts.views.find(draft.sourceId);
  const answers = draft.mode === 'reply' || draft.mode === 'reply-all';
  const reply = answers && source?.channel === 'mail' ? source : undefined;
  const chain = reply && parts.views.replySource(reply.id);
  const conversationId =
    reply && sameIncident(parts, reply.id, draft.incidentId)
      ? reply.conversationId
      : parts.conversations.insert({
          uuid: uuidv7(now, parts.random.bytes(10)),
          channel: 'mail',
          accountId: account.id,
          incidentId: draft.incidentId,
          createdAt: now,
        });
  const references = chain
    ? [...chain.references, ...(chain.externalId === null ? [] : [chain.externalId])]
    : [];
  const { to, cc, bcc } = draft.recipients;
  const messageId = parts.messages.insert(
    {
      uuid,
      conversationId,
      direction: 'out',
      channel: 'mail',
      accountId: account.id,
      externalId: `${uuid}@${account.address.split('@').at(-1) ?? 'pult.invalid'}`,
      contentHash: null,
      likeness: null,
      inReplyTo: chain?.externalId ?? null,
      subject: draft.subject,
      from: { name: account.displayName, address: account.address },
      text: draft.body,
      html: null,
      sentAt: now,
      receivedAt: now,
      listId: null,
      automaticKind: null,
      automaticEvidence: null,
      notes: [],
      link: { by: 'sent' },
      authorId: draft.personId,
      recipients: [
        ...to.map((address) => ({ ...address, kind: 'to' as const })),
        ...cc.map((address) => ({ ...address, kind: 'cc' as const })),
        ...bcc.map((address) => ({ ...address, kind: 'bcc' as const })),
      ],
      references,
      attachments: draft.attachments.map((file) => ({ ...file, contentId: undefined, inline: false })),
    },
    revision,
  );
  const people = [...to, ...cc].flatMap(({ name, address }) => [name, address]);
  parts.indexLetter({ messageId, subject: draft.subject, text: draft.body, people });
  return messageId;
}

function sameIncident(parts: LetterParts, messageId: number, incidentId: number | null): boolean {
  return (parts.views.incidentOf(messageId) ?? null) === incidentId;
}

function joinIncident(
  parts: LetterParts,
  draft: DraftRecord,
  ids: { readonly messageId: number; readonly outboxId: number; readonly personId: number },
  revision: number,
): void {
  if (draft.incidentId === null) return;
  const incident = parts.incidents.require(draft.incidentId);
  parts.journal.append({
    kind: 'incident.letter-queued',
    subject: 'incident',
    subjectId: incident.id,
    actorId: ids.personId,
    facts: {
      messageId: ids.messageId,
      outboxId: ids.outboxId,
      to: draft.recipients.to.map(({ address }) => address),
      templateKey: draft.templateKey,
    },
  });
  const messageCount = incident.messageCount + 1;
  saveIncident(parts, { ...incident, messageCount, lastMessageAt: parts.clock.now(), unread: 0 }, revision);
  parts.db.touch('message', incident.id);
}

/** The letter is a draft again, if nothing of it has left. Throws `conflict` (reason `already-leaving`). */
export function takeBack(parts: LetterParts, outboxId: number, personId: number): number {
  return parts.db.transact((revision) => {
    const record = parts.outbox.require(outboxId);
    if (record.state !== 'queued' && record.state !== 'failed') {
      throw new AppError('conflict', { details: { reason: 'already-leaving', state: record.state } });
    }
    const message = parts.views.find(record.messageId);
    if (!message) throw new AppError('not-found', { details: { reason: 'message' } });
    const incidentId = parts.views.incidentOf(message.id) ?? null;
    const effect = JSON.parse(record.effect) as LetterEffect & {
      draft: Pick<DraftRecord, 'mode' | 'sourceId' | 'templateKey'>;
    };
    parts.outbox.save({ ...record, state: 'cancelled', revision });
    const draftId = parts.drafts.insert(
      {
        uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
        personId,
        incidentId,
        ...effect.draft,
        accountId: record.accountId,
        recipients: { to: message.to, cc: message.cc, bcc: message.bcc },
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
    applyEffect(
      parts,
      incidentId,
      record.state === 'failed' ? effect.failed : effect.during,
      effect.before,
      revision,
    );
    leaveIncident(parts, incidentId, record, personId, revision);
    parts.db.touch('draft');
    parts.db.touch('outbox');
    return draftId;
  });
}

function leaveIncident(
  parts: LetterParts,
  incidentId: number | null,
  record: OutboxRecord,
  personId: number,
  revision: number,
): void {
  if (incidentId === null) return;
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

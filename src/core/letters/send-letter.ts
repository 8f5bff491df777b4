import type { Account } from '../../shared/contract/letters.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Template } from '../../shared/contract/templates.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { DraftRecord } from '../db/draft-store.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { markRead } from '../incidents/reading.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { insertLetter } from './insert-letter.ts';
import { applyEffect, effectOf, type LetterEffect } from './letter-effect.ts';
import { refuseUnready } from './letter-ready.ts';
import { workWithLetter } from './letter-works.ts';
import type { LetterParts } from './parts.ts';
import { splitLetter, type Leaving } from './split-letter.ts';

/** Within this time a colleague's answer makes sending ask first. */
const colleagueMs = 60_000;
const secondMs = 1000;

export type Sent = { readonly outboxId: number; readonly notBefore: number; readonly message: MessageView };

/** What an outbox row of a letter remembers besides what it does. */
export type LetterMemory = LetterEffect & {
  readonly draft?: Pick<DraftRecord, 'mode' | 'sourceId' | 'templateKey' | 'promisedCloseAt'>;
  /** Every row that left by the same press, this one among them: they are taken back together. */
  readonly batch?: readonly number[];
};

/**
 * A draft becomes a message and an outbox row in one transaction, and to contractors in several threads one of each
 * for every thread. Throws `invalid-input` (reasons `no-recipient`, `no-account`), `conflict` (reasons
 * `colleague-answered`, `letter-not-ready`).
 */
export function sendLetter(parts: LetterParts, draftId: number, force: boolean, personId: number): Sent {
  return parts.db.transact((revision) => {
    const draft = whereLettersLive(parts, parts.drafts.require(draftId, personId));
    const account = requireSendable(parts, draft);
    const template = draft.templateKey === null ? undefined : parts.reference.template(draft.templateKey);
    refuseUnready(parts, draft.incidentId, template);
    if (!force) refuseAfterColleague(parts, draft, personId);
    const effect = pressed(parts, draft, template, personId);
    const letters = splitLetter(parts, draft, template).map((leaving) => {
      const asking = isHandOver(draft, template) ? parts.handOvers?.()?.ask(draft.body) : undefined;
      const left = leave(parts, { draft: { ...draft, ...asking }, account, leaving, personId }, revision);
      if (asking) tellHandOver(parts, draft, { ...left, ...asking, leaving, template }, revision);
      return left;
    });
    remember(parts, draft, effect, letters);
    parts.drafts.remove(draft.id);
    applyEffect(parts, draft.incidentId, effect.before, effect.during, revision);
    parts.rememberAddresses([...draft.recipients.to, ...draft.recipients.cc], parts.clock.now());
    parts.db.touch('draft');
    parts.db.touch('outbox');
    const [first] = letters;
    const message = first && parts.views.find(first.messageId);
    if (!first || !message) throw new Error('The message just written is not there');
    return { outboxId: first.outboxId, notBefore: first.notBefore, message };
  });
}

function isHandOver({ incidentId }: DraftRecord, template: Template | undefined): boolean {
  return incidentId !== null && (template?.audience === 'emergency' || template?.audience === 'repair');
}

function tellHandOver(
  parts: LetterParts,
  { incidentId }: DraftRecord,
  {
    messageId,
    code,
    leaving,
    template,
  }: {
    readonly messageId: number;
    readonly code: string;
    readonly leaving: Leaving;
    readonly template: Template | undefined;
  },
  revision: number,
): void {
  if (incidentId === null) return;
  const { to } = leaving.recipients;
  const workKind = template?.beginsWork ?? '';
  parts.handOvers?.()?.written({ incidentId, messageId, code, workKind, to }, revision);
}

/** Its incident may have been merged since it was begun. */
function whereLettersLive(parts: LetterParts, draft: DraftRecord): DraftRecord {
  if (draft.incidentId === null) return draft;
  return { ...draft, incidentId: livingIncident(parts.incidents, draft.incidentId).id };
}

/** The works begin and end with the press; the status follows the letter. */
function pressed(
  parts: LetterParts,
  { incidentId, promisedCloseAt }: DraftRecord,
  template: Template | undefined,
  personId: number,
): LetterEffect {
  if (!template || incidentId === null) return {};
  const effect = effectOf(parts, incidentId, template);
  const work = workWithLetter(parts, parts.incidents.require(incidentId), template, personId);
  return {
    ...effect,
    ...(Object.keys(work).length > 0 ? { work } : {}),
    ...(template.armsAutoClose ? { closesAt: promisedCloseAt ?? 0 } : {}),
  };
}

type Left = { readonly outboxId: number; readonly messageId: number; readonly notBefore: number };

function leave(
  parts: LetterParts,
  {
    draft,
    account,
    leaving,
    personId,
  }: {
    readonly draft: DraftRecord;
    readonly account: Account;
    readonly leaving: Leaving;
    readonly personId: number;
  },
  revision: number,
): Left {
  const now = parts.clock.now();
  const { incidentId, subject, body, attachments } = draft;
  const messageId = insertLetter(
    parts,
    { ...leaving, incidentId, subject, body, attachments },
    account,
    { personId, automatic: null },
    revision,
  );
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
    effect: '{}',
    createdBy: personId,
    createdAt: now,
    acceptedAt: null,
    revision,
  });
  joinIncident(
    parts,
    { ...draft, recipients: leaving.recipients },
    { messageId, outboxId, personId },
    revision,
  );
  return { outboxId, messageId, notBefore };
}

/** The first letter of a batch carries what it does; the others only know of each other. */
function remember(
  parts: LetterParts,
  { mode, sourceId, templateKey, promisedCloseAt }: DraftRecord,
  effect: LetterEffect,
  letters: readonly Left[],
): void {
  const batch = letters.map(({ outboxId }) => outboxId);
  letters.forEach(({ outboxId }, at) => {
    const memory: LetterMemory = {
      ...(at === 0 ? effect : {}),
      draft: { mode, sourceId, templateKey, promisedCloseAt },
      ...(batch.length > 1 ? { batch } : {}),
    };
    parts.outbox.save({ ...parts.outbox.require(outboxId), effect: JSON.stringify(memory) });
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
  saveIncident(parts, { ...incident, messageCount, lastMessageAt: parts.clock.now() }, revision);
  markRead(parts, incident.id, ids.personId);
  parts.db.touch('message', incident.id);
}

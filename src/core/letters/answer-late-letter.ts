import type { MessageView } from '../../shared/contract/incidents.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { LetterJoined } from '../incidents/incident-desk.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { subjectOf } from './begin-draft.ts';
import { insertLetter } from './insert-letter.ts';
import { factsOf } from './letter-facts.ts';
import type { LetterParts } from './parts.ts';
import { othersOf } from './recipients.ts';
import { renderTemplate } from './render-template.ts';

/** The template of the answer, whatever an administrator makes of its words. */
const templateKey = 'late-letter';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So many automatic letters an address gets in an hour, from all mailboxes and incidents together. */
const mostPerHour = 2;

/** Mailboxes that nobody reads or that answer by themselves. */
const robot =
  /^(?:mailer[-_.]?daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|auto[-_.]?(?:reply|mailer|notify))(?:[+@-]|$)/i;

/**
 * Tells who writes into a closed incident that it is closed. Only the first letter of a person after the closing, fresh,
 * once, and never a third letter to one address within an hour: two desks that answer each other must fall silent even
 * when the other one hides that a machine wrote. Joins intake's transaction.
 */
export function answerLateLetter(parts: LetterParts, letter: LetterJoined): void {
  if (!parts.letterSettings().answersLateLetters || !mayBeAnswered(parts, letter)) return;
  const incident = parts.incidents.require(letter.incidentId);
  const source = parts.views.find(letter.messageId);
  if (!source || !isFirstLate(incident) || !isFromPerson(parts, source)) return;
  parts.db.transact((revision) => answer(parts, incident, source, revision));
}

function mayBeAnswered(parts: LetterParts, letter: LetterJoined): boolean {
  const age = parts.clock.now() - letter.receivedAt;
  return (
    letter.direction === 'in' &&
    !letter.opening &&
    !letter.automatic &&
    letter.by !== 'hand' &&
    age < hourMs &&
    !parts.automaticLetters.wasAnswered(letter.messageId)
  );
}

function isFirstLate({ finishedAt, dismissedAt, lateLetters }: IncidentRecord): boolean {
  return finishedAt !== null && dismissedAt === null && lateLetters === 1;
}

/** Bulk counts here: a monitoring robot's alarm opens incidents, and reads no answers. */
function isFromPerson(parts: LetterParts, { channel, automatic, from }: MessageView): boolean {
  if (channel !== 'mail' || automatic !== null || !from.address.includes('@')) return false;
  return !robot.test(from.address) && othersOf(parts.accounts())([from]).length === 1;
}

function answer(parts: LetterParts, incident: IncidentRecord, source: MessageView, revision: number): void {
  const now = parts.clock.now();
  parts.automaticLetters.forgetBefore(now - dayMs);
  const template = parts.reference.templates().find(({ key }) => key === templateKey);
  const account = parts.accounts().find(({ id }) => id === source.accountId) ?? parts.accounts()[0];
  if (!template || !account) return;
  const others = othersOf(parts.accounts());
  const isFree = (address: string) =>
    parts.automaticLetters.sentSince(guarded(address), now - hourMs) < mostPerHour;
  const to = others([source.replyTo[0] ?? source.from]);
  const [writer] = to;
  if (!writer) return;
  if (!isFree(writer.address) || !isFree(source.from.address)) {
    holdBack(parts, incident, source, writer.address);
    return;
  }
  const cc = others([...source.to, ...source.cc]).filter(
    ({ address }) => guarded(address) !== guarded(writer.address) && !robot.test(address) && isFree(address),
  );
  const facts = Object.fromEntries(factsOf(parts, incident, null).map(({ key, value }) => [key, value]));
  const messageId = insertLetter(
    parts,
    {
      incidentId: incident.id,
      mode: 'reply-all',
      sourceId: source.id,
      party: source.party,
      recipients: { to, cc, bcc: [] },
      subject: subjectOf(parts, incident, 'reply', renderTemplate(template.subject, facts) || source.subject),
      body: renderTemplate(template.body, facts),
      attachments: [],
    },
    account,
    { personId: null, automatic: 'auto-reply' },
    revision,
  );
  const outboxId = enqueue(
    parts,
    { messageId, accountId: account.id, keepsCopy: account.sentCopy },
    revision,
  );
  const reached = new Set([...to, ...cc, source.from].map(({ address }) => guarded(address)));
  for (const address of reached) {
    parts.automaticLetters.add({ messageId: source.id, address, at: now, outboxId });
  }
  parts.journal.append({
    kind: 'incident.answered-automatically',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { messageId, outboxId, answered: source.id, to: [...to, ...cc].map(({ address }) => address) },
  });
  const { messageCount } = parts.incidents.require(incident.id);
  saveIncident(parts, { ...parts.incidents.require(incident.id), messageCount: messageCount + 1 }, revision);
  parts.db.touch('outbox');
}

/** Nothing is sent by stealth either way: the journal tells that a letter was due and why it did not leave. */
function holdBack(parts: LetterParts, incident: IncidentRecord, source: MessageView, address: string): void {
  parts.automaticLetters.add({
    messageId: source.id,
    address: guarded(address),
    at: parts.clock.now(),
    outboxId: null,
  });
  parts.journal.append({
    kind: 'incident.answer-held-back',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { answered: source.id, to: address, limit: mostPerHour },
  });
}

/** `desk+night@x.example` is read by whoever reads `desk@x.example`. */
function guarded(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
}

function enqueue(
  parts: LetterParts,
  {
    messageId,
    accountId,
    keepsCopy,
  }: { readonly messageId: number; readonly accountId: number; readonly keepsCopy: 'append' | 'provider' },
  revision: number,
): number {
  const now = parts.clock.now();
  return parts.outbox.insert({
    uuid: uuidv7(now, parts.random.bytes(10)),
    channel: 'mail',
    accountId,
    messageId,
    state: 'queued',
    notBefore: now,
    leaseUntil: null,
    wroteAt: null,
    attempts: 0,
    errorCode: null,
    errorDetail: null,
    sentCopy: keepsCopy === 'provider' ? 'provider' : 'waiting',
    effect: '{}',
    createdBy: null,
    createdAt: now,
    acceptedAt: null,
    revision,
  });
}

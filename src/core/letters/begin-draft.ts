import type { Draft, Recipients } from '../../shared/contract/letters.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Account } from '../../shared/contract/letters.ts';
import type { Template } from '../../shared/contract/templates.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { DraftRecord } from '../db/draft-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { autoCloseAtFor } from '../incidents/auto-close.ts';
import { addressesFor } from './letter-addresses.ts';
import { factsOf, timeText, zoneOf } from './letter-facts.ts';
import { letterSubject, type LetterMode } from './letter-subject.ts';
import type { LetterParts } from './parts.ts';
import { forwardQuote, replyQuote } from './quote.ts';
import { recipientsFor } from './recipients.ts';
import { renderTemplate } from './render-template.ts';

export type BeginDraft = {
  readonly incidentId: number | null;
  readonly mode: LetterMode;
  readonly sourceId: number | null;
  readonly templateKey: string | null;
};

/** What a letter begins with, before anybody has touched it. */
type Beginning = {
  readonly mode: LetterMode;
  readonly source: MessageView | undefined;
  readonly recipients: Recipients;
  /** What the letter is about, without Re and code. */
  readonly about: string;
  readonly text: string;
  /** The letter that is quoted below; not always the one that is answered. */
  readonly quoted: MessageView | undefined;
};

/** A letter ready to be written: to whom, about what, signed, with the answered letter below. */
export function beginDraft(parts: LetterParts, input: BeginDraft, personId: number): Draft {
  return parts.db.transact((revision) => {
    const incident = input.incidentId === null ? undefined : parts.incidents.require(input.incidentId);
    const template = input.templateKey === null ? undefined : parts.reference.template(input.templateKey);
    const beginning =
      template && incident
        ? templateLetter(parts, incident, template, personId)
        : freeLetter(parts, input, incident);
    const account = accountFor(parts, beginning.source, incident);
    const { mode, source, recipients, about, text } = beginning;
    const record = {
      uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
      personId,
      incidentId: incident?.id ?? null,
      mode,
      sourceId: source?.id ?? null,
      accountId: account?.id ?? null,
      recipients,
      subject: subjectOf(parts, incident, mode, about),
      body: bodyOf(text, account, quoteOf(parts, incident, beginning)),
      attachments: mode === 'forward' ? filesOf(source) : [],
      templateKey: template?.key ?? null,
      promisedCloseAt: template?.armsAutoClose && incident ? autoCloseAtFor(parts, incident) : null,
      updatedAt: parts.clock.now(),
    };
    const id = parts.drafts.insert(record, revision);
    parts.db.touch('draft');
    return toDraft({ ...record, id });
  });
}

export function toDraft(record: DraftRecord): Draft {
  const { personId: _personId, uuid: _uuid, promisedCloseAt: _promised, ...draft } = record;
  return draft;
}

/** The code in front, the asset it happened at behind. */
export function subjectOf(
  parts: LetterParts,
  incident: IncidentRecord | undefined,
  mode: LetterMode,
  about: string,
): string {
  const prefixes = [parts.codePrefix(), ...parts.foreignPrefixes()];
  const [asset] = incident ? parts.letterFacts.assets(incident.id) : [];
  return letterSubject(mode, incident?.code ?? '', about, prefixes, asset);
}

function templateLetter(
  parts: LetterParts,
  incident: IncidentRecord,
  template: Template,
  personId: number,
): Beginning {
  const facts = Object.fromEntries(factsOf(parts, incident, personId).map(({ key, value }) => [key, value]));
  const { recipients, threads } = addressesFor(parts, incident, template);
  const sourceId = threads[0]?.sourceId ?? null;
  const source = sourceId === null ? undefined : parts.views.find(sourceId);
  const firstId = parts.letterFacts.firstLetter(incident.id);
  const first = firstId === undefined ? undefined : parts.views.find(firstId);
  return {
    mode: source ? 'reply-all' : 'new',
    source,
    recipients,
    about: renderTemplate(template.subject, facts) || incident.title,
    text: renderTemplate(template.body, facts),
    // Each contractor has a thread of his own: what one of them wrote is not for another.
    quoted: template.audience === 'contractors' ? undefined : (source ?? first),
  };
}

function freeLetter(parts: LetterParts, input: BeginDraft, incident: IncidentRecord | undefined): Beginning {
  const source = sourceOf(parts, input, incident);
  const mode = input.mode !== 'new' && !source ? 'new' : input.mode;
  return {
    mode,
    source,
    recipients: recipientsFor(mode, source, incident, parts.accounts()),
    about: source?.subject ?? incident?.title ?? '',
    text: '',
    quoted: mode === 'new' ? undefined : source,
  };
}

function sourceOf(
  parts: LetterParts,
  { mode, sourceId }: BeginDraft,
  incident: IncidentRecord | undefined,
): MessageView | undefined {
  if (sourceId !== null) {
    const source = parts.views.find(sourceId);
    if (!source) throw new AppError('not-found', { details: { reason: 'message', id: sourceId } });
    return source;
  }
  if (!incident || mode === 'new') return undefined;
  const latest = parts.views.latestIncoming(incident.id);
  return latest === undefined ? undefined : parts.views.find(latest);
}

/** The box the letter came to; else the incident's; else the first. */
function accountFor(
  parts: LetterParts,
  source: MessageView | undefined,
  incident: IncidentRecord | undefined,
): Account | undefined {
  const accounts = parts.accounts();
  const mailbox = incident?.channel === 'mail' ? incident.accountId : null;
  const wanted = (source?.channel === 'mail' ? source.accountId : null) ?? mailbox;
  return accounts.find((account) => account.id === wanted) ?? accounts[0];
}

/** The answer stands above what it answers, and the signature between the two. */
function bodyOf(text: string, account: Account | undefined, quote: string): string {
  const signature = account && account.signature !== '' ? `\n\n-- \n${account.signature}` : '';
  return `${text}${signature}${quote}`;
}

function quoteOf(
  parts: LetterParts,
  incident: IncidentRecord | undefined,
  { mode, quoted }: Beginning,
): string {
  if (!quoted) return '';
  const zone = incident ? zoneOf(parts, parts.letterFacts.assets(incident.id)) : parts.zone();
  const when = timeText(quoted.sentAt, zone);
  return mode === 'forward' ? forwardQuote(quoted, when) : replyQuote(quoted, when);
}

function filesOf(source: MessageView | undefined): Draft['attachments'] {
  return (
    (source?.attachments ?? [])
      // What was removed by its age cannot be sent on.
      .filter(({ inline, expiredAt }) => !inline && !expiredAt)
      .map(({ sha256, fileName, mimeType, size }) => ({ sha256, fileName, mimeType, size }))
  );
}

import type { Address } from '../../shared/contract/common.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Account, Draft, Recipients } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { letterSubject, type LetterMode } from './letter-subject.ts';
import type { LetterParts } from './parts.ts';
import { renderTemplate, type TemplateFacts } from './render-template.ts';

export type BeginDraft = {
  readonly incidentId: number | null;
  readonly mode: LetterMode;
  readonly sourceId: number | null;
  readonly templateKey: string | null;
};

/** A letter ready to be written: to whom, about what, signed, with the answered letter below. */
export function beginDraft(parts: LetterParts, input: BeginDraft, personId: number): Draft {
  return parts.db.transact((revision) => {
    const incident = input.incidentId === null ? undefined : parts.incidents.require(input.incidentId);
    const source = sourceOf(parts, input, incident);
    const account = accountFor(parts, source, incident);
    const mode = input.mode !== 'new' && !source ? 'new' : input.mode;
    const template = input.templateKey === null ? undefined : parts.reference.template(input.templateKey);
    const facts = incident && factsOf(parts, incident, personId);
    const text = template && facts ? renderTemplate(template.body, facts) : '';
    const about =
      template && facts
        ? renderTemplate(template.subject, facts)
        : (source?.subject ?? incident?.title ?? '');
    const codePrefixes = [parts.codePrefix(), ...parts.foreignPrefixes()];
    const record = {
      uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
      personId,
      incidentId: incident?.id ?? null,
      mode,
      sourceId: source?.id ?? null,
      accountId: account?.id ?? null,
      recipients: recipientsFor(mode, source, incident, parts.accounts()),
      subject: letterSubject(mode, incident?.code ?? '', about, codePrefixes),
      body: bodyOf(text, account, quoteOf(parts, mode, source)),
      attachments: mode === 'forward' ? filesOf(source) : [],
      templateKey: template?.key ?? null,
      updatedAt: parts.clock.now(),
    };
    const id = parts.drafts.insert(record, revision);
    parts.db.touch('draft');
    return toDraft({ ...record, id });
  });
}

export function toDraft(record: Draft & { readonly personId: number; readonly uuid: string }): Draft {
  const { personId: _personId, uuid: _uuid, ...draft } = record;
  return draft;
}

function sourceOf(
  parts: LetterParts,
  { mode, sourceId, templateKey }: BeginDraft,
  incident: IncidentRecord | undefined,
): MessageView | undefined {
  if (sourceId !== null) {
    const source = parts.views.find(sourceId);
    if (!source) throw new AppError('not-found', { details: { reason: 'message', id: sourceId } });
    return source;
  }
  if (!incident || (mode === 'new' && templateKey === null)) return undefined;
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

function recipientsFor(
  mode: LetterMode,
  source: MessageView | undefined,
  incident: IncidentRecord | undefined,
  accounts: readonly Account[],
): Recipients {
  const own = new Set(accounts.map((account) => account.address.toLowerCase()));
  const others = (addresses: readonly Address[]) =>
    unique(addresses).filter(({ address }) => !own.has(address.toLowerCase()));
  const applicant =
    incident && isMailAddress(incident.applicantAddress)
      ? [{ name: incident.applicantName, address: incident.applicantAddress }]
      : [];
  if (mode === 'forward') return { to: [], cc: [], bcc: [] };
  if (mode === 'new' || !source) return { to: applicant, cc: [], bcc: [] };
  const back =
    source.direction === 'out' ? source.to : source.replyTo.length > 0 ? source.replyTo : [source.from];
  const to = others(back).length > 0 ? others(back) : applicant;
  if (mode === 'reply') return { to, cc: [], bcc: [] };
  const taken = new Set(to.map(({ address }) => address.toLowerCase()));
  const cc = others([...source.to, ...source.cc]).filter(({ address }) => !taken.has(address.toLowerCase()));
  return { to, cc, bcc: [] };
}

/** An applicant from a chat has a user name or nothing. */
function isMailAddress(text: string): boolean {
  return text !== '' && !text.startsWith('@');
}

function unique(addresses: readonly Address[]): Address[] {
  const seen = new Set<string>();
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase();
    if (!isMailAddress(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function factsOf(parts: LetterParts, incident: IncidentRecord, personId: number): TemplateFacts {
  const dueAt = parts.clocks.ofIncident(incident.id)?.dueAt ?? null;
  return {
    code: incident.code,
    title: incident.title,
    registeredAt: timeText(parts, incident.registeredAt),
    type: incident.typeId === null ? '' : parts.reference.type(incident.typeId).name,
    asset: incident.asset,
    dueAt: dueAt === null ? '' : timeText(parts, dueAt),
    applicant: incident.applicantName === '' ? incident.applicantAddress : incident.applicantName,
    dispatcher: parts.people.require(personId).name,
  };
}

function timeText(parts: LetterParts, at: number): string {
  return new Intl.DateTimeFormat('ru', {
    timeZone: parts.zone(),
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
}

function bodyOf(text: string, account: Account | undefined, quote: string): string {
  const signature = account && account.signature !== '' ? `\n\n-- \n${account.signature}` : '';
  return `${text}${signature}${quote}`;
}

function quoteOf(parts: LetterParts, mode: LetterMode, source: MessageView | undefined): string {
  if (!source || mode === 'new') return '';
  const from = source.from.name === '' ? source.from.address : `${source.from.name} <${source.from.address}>`;
  const when = timeText(parts, source.sentAt);
  if (mode === 'forward') {
    const to = source.to.map(({ address }) => address).join(', ');
    return `\n\n---------- Пересылаемое письмо ----------\nОт: ${from}\nДата: ${when}\nТема: ${source.subject}\nКому: ${to}\n\n${source.text}`;
  }
  const quoted = source.text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
  return `\n\n${when}, ${from}:\n${quoted.join('\n')}`;
}

function filesOf(source: MessageView | undefined): Draft['attachments'] {
  return (source?.attachments ?? [])
    .filter((attachment) => !attachment.inline)
    .map(({ sha256, fileName, mimeType, size }) => ({ sha256, fileName, mimeType, size }));
}

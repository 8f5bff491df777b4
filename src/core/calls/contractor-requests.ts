import { AppError } from '../../shared/errors.ts';
import type { ContractorRequest } from '../db/contractor-request-store.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { CallParts } from './call-parts.ts';

const minuteMs = 60_000;

export type Asking = { readonly body: string; readonly code: string };

/** The letter with the words it may be answered by; undefined when the desk does not ask contractors. */
export function askInLetter(parts: CallParts, body: string): Asking | undefined {
  if (!parts.callSettings.get().asksContractors) return undefined;
  const code = codeOf(parts, body) ?? freeCode(parts);
  const line =
    'Ответьте на это письмо одним словом: «Принято», «В пути», «На месте», «Выполнено» или «Не могу». ' +
    `Если пишете отдельно, укажите код ${code}.`;
  return { code, body: body.includes(code) ? body : beforeQuote(body, line) };
}

/** A letter that was taken back and leaves again has its code in it already. */
function codeOf(parts: CallParts, body: string): string | undefined {
  return parts.readAnswer(body).codes.find((code) => parts.contractors.ofCode(code)?.state === 'withdrawn');
}

function freeCode({ contractors, makeCode }: CallParts): string {
  for (;;) {
    const code = makeCode();
    if (!contractors.ofCode(code)) return code;
  }
}

function beforeQuote(body: string, line: string): string {
  const lines = body.split('\n');
  const quoted = lines.findIndex((one) => one.startsWith('>'));
  if (quoted < 1) return `${body.trimEnd()}\n\n${line}`;
  // The line above the quote says whose it is.
  return [...lines.slice(0, quoted - 1), line, '', ...lines.slice(quoted - 1)].join('\n');
}

export type HandedOver = {
  readonly incidentId: number;
  readonly messageId: number;
  readonly code: string;
  readonly workKind: string;
  readonly to: readonly { readonly name: string; readonly address: string }[];
};

/** The letter waits to leave: nobody is waited for yet. */
export function contractorAsked(parts: CallParts, letter: HandedOver, revision: number): void {
  const { incidentId, messageId, code, workKind, to } = letter;
  const addresses = to.map(({ address }) => address.toLowerCase());
  const contact = parts.contractors.contactOf(addresses);
  const before = parts.contractors.ofCode(code);
  const [first] = to;
  const name = contact?.name ?? (first?.name === '' ? first.address : (first?.name ?? ''));
  for (const older of parts.contractors.ofIncident(incidentId)) {
    const isSame = JSON.parse(older.addresses).some((one: string) => addresses.includes(one));
    if (isSame && older.state === 'waiting') withdraw(parts, older, revision);
  }
  if (before) parts.contractors.remove(before.id);
  const requestId = parts.contractors.insert({
    incidentId,
    contactId: contact?.id ?? null,
    name,
    addresses: JSON.stringify(addresses),
    workKind,
    messageId,
    notificationId: null,
    code,
    state: 'waiting',
    askedAt: parts.clock.now(),
    silentAt: null,
    raised: 0,
    answeredAt: null,
    revision,
  });
  parts.journal.append({
    kind: 'incident.contractor-asked',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: { requestId, name },
  });
  touchRequest(parts, incidentId, revision);
}

/** The letter has left: from now on silence counts, and whoever has another way is told by that too. */
export function contractorLetterLeft(parts: CallParts, messageId: number, revision: number): void {
  const request = parts.contractors.ofMessage(messageId);
  if (request?.state !== 'waiting' || request.silentAt !== null) return;
  const silentAt = parts.clock.now() + parts.callSettings.get().contractorMinutes * minuteMs;
  parts.contractors.update({
    ...request,
    silentAt,
    notificationId: tellContractor(parts, request, null, revision),
    revision,
  });
  touchRequest(parts, request.incidentId, revision);
}

/** Null when the letter was all there is. */
function tellContractor(
  parts: CallParts,
  { contactId, incidentId }: ContractorRequest,
  createdBy: number | null,
  revision: number,
): number | null {
  if (contactId === null || !parts.contractors.hasOtherWays(contactId)) return null;
  const incident = livingIncident(parts.incidents, incidentId);
  const [asset] = parts.incidentAssets.codes(incident.id);
  return parts.reach.notify(
    {
      to: { kind: 'contact', id: contactId },
      kind: 'handover',
      incidentId: incident.id,
      callId: null,
      urgency: incident.priority === 'high' ? 'critical' : 'urgent',
      title: `Заявка ${incident.code}: подтвердите приём`,
      text: [incident.title, asset ?? incident.asset, 'Подробности в письме.'].filter(Boolean).join('\n'),
      verbs: ['accepted', 'on-the-way', 'in-progress', 'done', 'cannot'],
      files: [],
      createdBy,
      only: null,
    },
    revision,
  );
}

export function contractorLetterTakenBack(parts: CallParts, messageId: number, revision: number): void {
  const request = parts.contractors.ofMessage(messageId);
  if (request) withdraw(parts, request, revision);
}

function withdraw(parts: CallParts, request: ContractorRequest, revision: number): void {
  if (request.notificationId !== null) parts.reach.cancel(request.notificationId, revision);
  parts.contractors.update({ ...request, state: 'withdrawn', revision });
  touchRequest(parts, request.incidentId, revision);
}

/** Nobody has said a word: the dispatcher hears of it, unless the trouble is over. */
export function contractorSilent(parts: CallParts, id: number, revision: number): void {
  const request = parts.contractors.require(id);
  parts.contractors.update({ ...request, raised: 1, revision });
  const incident = livingIncident(parts.incidents, request.incidentId);
  if (request.state !== 'waiting' || incident.finishedAt !== null || incident.dismissedAt !== null) return;
  const minutes = Math.round((parts.clock.now() - request.askedAt) / minuteMs);
  parts.journal.append({
    kind: 'incident.contractor-silent',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { requestId: id, name: request.name, minutes },
  });
  const { notificationId } = request;
  parts.reach.raise({ kind: 'not-reached', callId: null, incidentId: incident.id, notificationId }, revision);
  touchRequest(parts, incident.id, revision);
}

/**
 * Tells them once more by whatever they have besides the letter. Throws `conflict` (reasons `stale`,
 * `contractor-answered`, `no-way-to-remind`).
 */
export function remindContractor(
  parts: CallParts,
  { id, expected }: { readonly id: number; readonly expected: number },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const request = requireRequestAt(parts, id, expected);
    if (request.state !== 'waiting') throw conflict('contractor-answered');
    if (request.notificationId !== null) parts.reach.cancel(request.notificationId, revision);
    const notificationId = tellContractor(parts, request, actor, revision);
    if (notificationId === null) throw conflict('no-way-to-remind');
    const silentAt = parts.clock.now() + parts.callSettings.get().contractorMinutes * minuteMs;
    parts.contractors.update({ ...request, notificationId, silentAt, raised: 0, revision });
    parts.journal.append({
      kind: 'incident.contractor-asked',
      subject: 'incident',
      subjectId: livingIncident(parts.incidents, request.incidentId).id,
      actorId: actor,
      facts: { requestId: id, name: request.name },
    });
    touchRequest(parts, request.incidentId, revision);
  });
}

/** Throws `not-found`, or `conflict` (reason `stale`) when it has changed since it was shown. */
export function requireRequestAt(parts: CallParts, id: number, expected: number): ContractorRequest {
  const request = parts.contractors.require(id);
  if (request.revision !== expected) throw conflict('stale');
  return request;
}

function conflict(reason: string): AppError {
  return new AppError('conflict', { details: { reason } });
}

export function touchRequest(parts: CallParts, incidentId: number, revision: number): void {
  const incident = livingIncident(parts.incidents, incidentId);
  saveIncident(parts, parts.incidents.require(incident.id), revision);
  parts.db.touch('call', incident.id);
}

import { contractorMove } from '../../shared/domain/calls.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { ContractorVerb } from '../../shared/domain/reaching-facts.ts';
import type { AnswerVerb, HeardBack } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContractorRequest } from '../db/contractor-request-store.ts';
import { moveToStatus } from '../incidents/change-incident.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { endWork, takeBackEnd } from '../incidents/works.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import type { CallParts, Mover } from './call-parts.ts';
import { requireRequestAt, touchRequest } from './contractor-requests.ts';

/** Statuses a hand-over leaves its incident in, and where the contractor's word takes it from there. */
const handedOver = 'handed-over';
const statusAfter: { readonly [K in ContractorVerb]?: string } = {
  done: 'awaiting-confirmation',
  declined: 'in-progress',
};

const heard: Readonly<Record<ContractorVerb, string>> = {
  accepted: 'принято, спасибо.',
  'on-the-way': 'отмечено, что вы в пути.',
  'in-progress': 'отмечено, что вы на месте.',
  done: 'отмечено, что работы выполнены. Спасибо!',
  declined: 'отмечено, что вы не можете. Диспетчер передаст другому.',
};

/** By a button, in an SMS or in a letter; returns what they hear at once. */
export function contractorAnswered(
  parts: CallParts,
  request: ContractorRequest,
  verb: AnswerVerb | null,
  mover: Mover,
  revision: number,
): HeardBack | null {
  if (verb === null) return null;
  const { code } = livingIncident(parts.incidents, request.incidentId);
  if (request.state === 'withdrawn') {
    return { reply: `Заявка ${code}: передача отменена, ничего делать не нужно.`, isHeeded: false };
  }
  const sequence = apply(parts, request, verb, mover, revision);
  const said = verb === 'cannot' ? 'declined' : verb;
  const what = sequence === null ? 'это уже отмечено.' : heard[said];
  return { reply: `Заявка ${code}: ${what}`, isHeeded: true };
}

export type JoinedLetter = {
  readonly incidentId: number;
  readonly messageId: number;
  readonly direction: 'in' | 'out';
  readonly automatic: boolean;
};

/**
 * A letter that came into the incident, in the transaction that took it. A program's answer acknowledges nothing; a code
 * counts in the writer's own words, and in what is quoted only from those the hand-over went to.
 */
export function contractorWrote(parts: CallParts, letter: JoinedLetter, text: string, from: string): void {
  if (letter.direction === 'out' || letter.automatic) return;
  const requests = parts.contractors
    .ofIncident(letter.incidentId)
    .filter(({ state }) => state !== 'withdrawn');
  if (requests.length === 0) return;
  const { verb, own, codes } = parts.readAnswer(text);
  if (verb === null) return;
  const isTheirs = isOf(from);
  const request =
    requests.findLast(({ code }) => own.includes(code)) ??
    requests.findLast((one) => codes.includes(one.code) && isTheirs(one)) ??
    requests.findLast(isTheirs);
  if (!request) return;
  parts.db.transact((revision) => {
    contractorAnswered(parts, request, verb, { actor: null, by: 'email' }, revision);
  });
}

function isOf(address: string) {
  const sender = address.toLowerCase();
  return ({ addresses }: ContractorRequest) => (JSON.parse(addresses) as string[]).includes(sender);
}

/** Which incident a letter is about that names nothing but a hand-over's code; codes count as in `contractorWrote`. */
export function incidentHandedOver(
  { contractors, incidents, readAnswer }: CallParts,
  { subject, text, from }: Pick<InboundMessage, 'subject' | 'text' | 'from'>,
): { readonly incidentId: number; readonly code: string } | undefined {
  const { own, codes } = readAnswer(`${subject}\n${text}`);
  const known = (code: string) => contractors.ofCode(code);
  const isTheirs = isOf(from?.address ?? '');
  const request =
    own.map(known).find((one) => one !== undefined) ??
    codes.map(known).find((one) => one !== undefined && isTheirs(one));
  if (!request) return undefined;
  return { incidentId: livingIncident(incidents, request.incidentId).id, code: request.code };
}

/** What they said by telephone. Throws `conflict` (reasons `stale`, `said-already`). */
export function markContractor(
  parts: CallParts,
  { id, expected, verb }: { readonly id: number; readonly expected: number; readonly verb: AnswerVerb },
  actor: number,
): number {
  return parts.db.transact((revision) => {
    const request = requireRequestAt(parts, id, expected);
    const sequence = apply(parts, request, verb, { actor, by: 'hand' }, revision);
    if (sequence === null) throw new AppError('conflict', { details: { reason: 'said-already' } });
    return sequence;
  });
}

/** Undo of what was put down by hand. Throws `conflict` (reasons `changed-since`, `not-undoable`). */
export function takeBackContractor(
  parts: CallParts,
  { requestId, by, said, was, moved, workEnded }: JournalFacts['incident.contractor-answered'],
  actor: number,
  revision: number,
): void {
  if (by !== 'hand') throw new AppError('conflict', { details: { reason: 'not-undoable' } });
  const request = parts.contractors.require(requestId);
  if (request.state !== said) throw new AppError('conflict', { details: { reason: 'changed-since' } });
  const incident = livingIncident(parts.incidents, request.incidentId);
  parts.contractors.update({
    ...request,
    state: was,
    answeredAt: was === 'waiting' ? null : request.answeredAt,
    revision,
  });
  if (moved && incident.statusId === moved.to) {
    moveToStatus(parts, incident, { statusId: moved.from, why: 'undo', actor }, revision);
  }
  if (workEnded) takeBackEnd(parts, incident.id, workEnded);
  touchRequest(parts, incident.id, revision);
}

/** Null when it changes nothing. */
function apply(
  parts: CallParts,
  request: ContractorRequest,
  verb: AnswerVerb,
  mover: Mover,
  revision: number,
): number | null {
  const state = contractorMove(request.state, verb);
  if (state === undefined || state === 'waiting' || state === 'withdrawn') return null;
  if (request.notificationId !== null) parts.reach.acknowledge(request.notificationId, mover, revision);
  parts.contractors.update({
    ...request,
    state,
    answeredAt: parts.clock.now(),
    revision,
  });
  const incidentId = livingIncident(parts.incidents, request.incidentId).id;
  const workEnded = state === 'done' ? endTheirWork(parts, incidentId, request.workKind, mover) : null;
  const moved = follow(parts, incidentId, state, mover, revision);
  const sequence = parts.journal.append({
    kind: 'incident.contractor-answered',
    subject: 'incident',
    subjectId: incidentId,
    actorId: mover.actor,
    facts: {
      requestId: request.id,
      name: request.name,
      said: state,
      by: mover.by,
      was: request.state as 'waiting' | ContractorVerb,
      moved,
      workEnded,
    },
  });
  touchRequest(parts, incidentId, revision);
  if (mover.by !== 'hand' && (state === 'done' || state === 'declined')) {
    const kind = state === 'done' ? 'call-answer' : 'declined';
    const { notificationId } = request;
    parts.reach.raise({ kind, callId: null, incidentId, notificationId }, revision);
  }
  return sequence;
}

function endTheirWork(
  parts: CallParts,
  incidentId: number,
  kind: string,
  { actor }: Mover,
): { readonly kind: string; readonly endedAt: number } | null {
  const clock = kind === '' ? undefined : parts.clocks.ofIncident(incidentId, kind);
  if (clock?.endedAt !== null) return null;
  const endedAt = parts.clock.now();
  endWork(parts, incidentId, kind, { at: endedAt, actor });
  return { kind, endedAt };
}

/** Only from where the hand-over left it: what a dispatcher decided meanwhile wins. */
function follow(
  parts: CallParts,
  incidentId: number,
  said: ContractorVerb,
  { actor }: Mover,
  revision: number,
): { readonly from: number; readonly to: number } | null {
  const key = statusAfter[said];
  const incident = parts.incidents.require(incidentId);
  const { id: from, key: now } = parts.reference.status(incident.statusId);
  if (key === undefined || now !== handedOver || incident.dismissedAt !== null) return null;
  const { id: to, active } = parts.reference.statusByKey(key);
  if (!active) return null;
  moveToStatus(parts, incident, { statusId: to, why: 'contractor', actor }, revision);
  return { from, to };
}

import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { cleanTitle, firstWords } from '../../shared/domain/subject.ts';
import { AppError } from '../../shared/errors.ts';
import { dismiss, restoreDismissed } from '../incidents/change-incident.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import type { Actor } from '../incidents/parts.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { LetterParts } from './parts.ts';

/** Rows of a letter and all that answers it, moved by intake; handed in by app.ts. */
export type MoveRows = (input: {
  readonly messageId: number;
  readonly incidentId: number | null;
  readonly link?: LinkEvidence;
}) => { readonly from: number | null; readonly messageIds: readonly number[] };

export type MoveLetterInput = {
  readonly messageId: number;
  /** null: an incident of its own. */
  readonly incidentId: number | null;
  readonly why: 'hand' | 'undo';
  readonly actor: Actor;
};

/** The letter, with what answers it, to another incident; both incidents tell of it. */
export function moveLetter(
  parts: LetterParts,
  moveRows: MoveRows,
  { messageId, incidentId, why, actor }: MoveLetterInput,
): { readonly incidentId: number; readonly undo: number | null } {
  return parts.db.transact((revision) => {
    const from = parts.views.incidentOf(messageId);
    if (from === undefined)
      throw new AppError('not-found', { details: { reason: 'message', id: messageId } });
    const to =
      incidentId === null ? openOwn(parts, messageId) : livingIncident(parts.incidents, incidentId).id;
    if (from === to) return { incidentId: to, undo: null };
    const link: LinkEvidence =
      from === null
        ? { by: 'hand' }
        : { by: 'hand', otherIncidentId: from, otherCode: parts.incidents.require(from).code };
    const moved = moveRows({ messageId, incidentId: to, link });
    tellChats(parts, moved.messageIds, revision);
    const facts: JournalFacts['incident.letter-moved'] = { messageId, from, to, why };
    const undo = tell(parts, to, facts, actor);
    if (from !== null) tell(parts, from, facts, actor);
    recount(parts, from, -moved.messageIds.length, actor);
    recount(parts, to, moved.messageIds.length, actor);
    return { incidentId: to, undo };
  });
}

/** For undo: back to where it stood; a letter that stood nowhere stands nowhere again. */
export function moveLetterBack(
  parts: LetterParts,
  moveRows: MoveRows,
  { messageId, from, to }: JournalFacts['incident.letter-moved'],
  actor: Actor,
): void {
  parts.db.transact((revision) => {
    const isGone = from !== null && isMerged(parts, from);
    if (parts.views.incidentOf(messageId) !== to || isGone)
      throw new AppError('conflict', { details: { reason: 'changed-since' } });
    const moved = moveRows({ messageId, incidentId: from, link: { by: 'hand' } });
    tellChats(parts, moved.messageIds, revision);
    const facts = { messageId, from: to, to: from ?? to, why: 'undo' } as const;
    tell(parts, to, facts, actor);
    if (from !== null) tell(parts, from, facts, actor);
    recount(parts, to, -moved.messageIds.length, actor);
    recount(parts, from, moved.messageIds.length, actor);
  });
}

/** Nobody looks for letters there any more. */
export function isMerged({ incidents }: LetterParts, incidentId: number): boolean {
  return incidents.require(incidentId).mergedIntoId !== null;
}

/** Their messages show which incident they stand in. */
function tellChats({ chatLinks }: LetterParts, messageIds: readonly number[], revision: number): void {
  for (const messageId of messageIds) chatLinks.stateChanged(messageId, revision);
}

export function openOwn(parts: LetterParts, messageId: number): number {
  const letter = parts.views.find(messageId);
  if (!letter) throw new AppError('not-found', { details: { reason: 'message', id: messageId } });
  const { channel, from: applicant, sentAt: registeredAt } = letter;
  const accountId = letter.accountId ?? parts.accounts()[0]?.id ?? 0;
  const title =
    cleanTitle(letter.subject, [parts.codePrefix()]) ||
    (channel === 'mail' ? '' : firstWords(letter.text) || (letter.chat?.title ?? ''));
  return openFromLetter(parts, { title, applicant, registeredAt, channel, accountId }).id;
}

function tell(
  parts: LetterParts,
  incidentId: number,
  facts: JournalFacts['incident.letter-moved'],
  actor: Actor,
): number {
  return parts.journal.append({
    kind: 'incident.letter-moved',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts,
  });
}

/** An incident that a letter opened and that has none left is nothing to sound about; with a letter it is again. */
export function recount(parts: LetterParts, incidentId: number | null, by: number, actor: Actor): void {
  if (incidentId === null) return;
  parts.db.transact((revision) => {
    const before = parts.incidents.require(incidentId);
    const messageCount = Math.max(0, before.messageCount + by);
    const incident = saveIncident(parts, { ...before, messageCount }, revision);
    parts.db.touch('message', incidentId);
    const isEmpty = messageCount === 0 && incident.channel !== 'phone' && incident.finishedAt === null;
    if (isEmpty) dismiss(parts, { id: incidentId, expected: revision, ruleId: null }, actor);
    else if (by > 0 && incident.dismissedAt !== null)
      restoreDismissed(parts, incident, 'letter', actor, revision);
  });
}

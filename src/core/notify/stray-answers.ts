import type { StrayAnswer } from '../../shared/contract/notifications.ts';
import { AppError } from '../../shared/errors.ts';
import type { AnswerRecord } from '../db/reply-store.ts';
import { readAnswerWords } from './answer-words.ts';
import { saidBack } from './climb-view.ts';
import { followAnswer } from './inbox.ts';
import { type NoticeParts, tellChange } from './notice-parts.ts';

const pageSize = 50;

/** What people said that belongs to nothing the desk knows, newest first. */
export function strayPage(
  parts: Pick<NoticeParts, 'strays' | 'replies' | 'contacts' | 'people'>,
  before: number | null,
): { answers: StrayAnswer[]; next: number | null } {
  const ids = parts.strays.page(before, pageSize + 1);
  const shown = ids.slice(0, pageSize);
  const answers = shown.flatMap((id) => {
    const answer = parts.replies.findAnswer(id);
    if (!answer) return [];
    return [{ ...saidBack(parts, answer), takenAt: answer.takenAt, candidates: parts.strays.candidates(id) }];
  });
  return { answers, next: ids.length > pageSize ? (shown.at(-1) ?? null) : null };
}

/** A dispatcher says what it answers: from then on everything goes as if its code had been said. */
export function placeStray(
  parts: NoticeParts,
  { answerId, notificationId }: { readonly answerId: number; readonly notificationId: number },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const answer = requireStray(parts, answerId);
    const notification = parts.notifications.require(notificationId);
    const place = {
      party: answer.party ?? notification.party,
      notificationId,
      callId: notification.callId,
    };
    parts.replies.place(answerId, place, revision);
    // What it was not sure of is read again now that it is known what it answers.
    const verb = answer.verb ?? readAnswerWords(answer.text).verb;
    followAnswer(parts, notification, { ...answer, ...place, verb }, revision);
    tellChange(parts, notification, 'answer-placed', actor);
    parts.db.touch('notification', notification.incidentId ?? undefined);
  });
}

/** Read, and nothing follows from it. */
export function dismissStray(parts: NoticeParts, answerId: number, actor: number): void {
  parts.db.transact((revision) => {
    const { channel } = requireStray(parts, answerId);
    parts.strays.settle(answerId, parts.clock.now(), actor, revision);
    parts.journal.append({
      kind: 'notification.stray-settled',
      subject: 'notification',
      subjectId: answerId,
      actorId: actor,
      facts: { answerId, channel },
    });
    parts.db.touch('notification');
  });
}

/** Throws `conflict` (reason `answer-placed`): somebody else has seen to it. */
function requireStray({ replies, strays }: NoticeParts, answerId: number): AnswerRecord {
  const answer = replies.findAnswer(answerId);
  if (!answer) throw new AppError('not-found', { details: { reason: 'answer' } });
  if (!strays.isStray(answerId)) throw new AppError('conflict', { details: { reason: 'answer-placed' } });
  return answer;
}

import type { SeveralOutcome } from '../../shared/contract/notifications.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import { acknowledge } from './acknowledge.ts';
import { cancelNotification } from './cancel-notification.ts';
import { type NoticeParts, tellChange } from './notice-parts.ts';
import { notify } from './notify.ts';

/** The same words to the same person by their ladder of today; what was sent before stays as it was. */
export function resendNotices(parts: NoticeParts, ids: readonly number[], actor: number): SeveralOutcome {
  return each(parts, ids, (notification, revision) => {
    requireOwn(notification);
    const { id, party: to, incidentId, urgency, title, text, verbs } = notification;
    if (!to) throw new AppError('conflict', { details: { reason: 'party-gone' } });
    const files = parts.notifications.files(id);
    const input = { to, incidentId, urgency, title, text, verbs, files, createdBy: actor };
    notify(parts, { ...input, kind: 'composed', passesOn: true }, revision);
    tellChange(parts, notification, 'resent', actor);
  });
}

/** Nothing more of it leaves; what has left has left. */
export function cancelNotices(parts: NoticeParts, ids: readonly number[], actor: number): SeveralOutcome {
  return each(parts, ids, (notification, revision) => {
    if (notification.kind === 'call') throw belongsElsewhere();
    if (!cancelNotification(parts, notification.id, revision)) {
      throw new AppError('conflict', { details: { reason: 'notification-ended' } });
    }
    tellChange(parts, notification, 'cancelled', actor);
  });
}

/** They said so by telephone: everything still queued for them stops. Of a call or a hand-over it is put down there. */
export function acknowledgeNotices(
  parts: NoticeParts,
  ids: readonly number[],
  actor: number,
): SeveralOutcome {
  return each(parts, ids, (notification, revision) => {
    if (notification.kind === 'call' || notification.kind === 'handover') throw belongsElsewhere();
    const at = parts.clock.now();
    if (!acknowledge(parts, notification.id, { by: 'hand', at, personId: actor }, revision)) {
      throw new AppError('conflict', { details: { reason: 'notification-acknowledged' } });
    }
    tellChange(parts, notification, 'acknowledged', actor);
  });
}

/** One by one in one transaction: what cannot be done to one is told and stops none of the others. */
function each(
  { db, notifications }: NoticeParts,
  ids: readonly number[],
  change: (notification: NotificationRecord, revision: number) => void,
): SeveralOutcome {
  return db.transact((revision) => {
    const refused: { id: number; reason: string }[] = [];
    for (const id of new Set(ids)) {
      try {
        db.attempt(() => {
          change(notifications.require(id), revision);
        });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.reason === undefined) throw error;
        refused.push({ id, reason: error.reason });
      }
    }
    return { done: new Set(ids).size - refused.length, refused };
  });
}

/** A call and a conversation have their own way of being said again, which knows whose turn it is. */
function requireOwn({ kind }: NotificationRecord): void {
  if (kind !== 'composed' && kind !== 'alarm') throw belongsElsewhere();
}

function belongsElsewhere(): AppError {
  return new AppError('conflict', { details: { reason: 'notification-elsewhere' } });
}

import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ReminderRecord } from '../db/reminder-store.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';

const longestMs = 5 * 366 * 86_400_000;

/** One's own. Throws `not-found`, `invalid-input` (reasons `time-past`, `time-far`). */
export function remind(
  parts: IncidentParts,
  { incidentId, at, text }: { readonly incidentId: number; readonly at: number; readonly text: string },
  personId: number,
): Undo & { readonly id: number } {
  return parts.db.transact((revision) => {
    parts.incidents.require(incidentId);
    const now = parts.clock.now();
    if (at <= now) throw new AppError('invalid-input', { details: { reason: 'time-past' } });
    if (at > now + longestMs) throw new AppError('invalid-input', { details: { reason: 'time-far' } });
    const uuid = uuidv7(now, parts.random.bytes(10));
    const fresh = { uuid, incidentId, personId, at, text, createdAt: now, raisedAt: null, doneAt: null };
    const id = parts.reminders.insert(fresh, revision);
    const undo = tell(parts, 'incident.reminder-set', { ...fresh, id }, personId);
    return { id, undo };
  });
}

/** Done with, whether it has sounded or not. Throws `not-found`, `denied` (reason `not-yours`). */
export function finishReminder(parts: IncidentParts, id: number, personId: number): Undo {
  return parts.db.transact((revision) => {
    const reminder = requireOwn(parts, id, personId);
    if (reminder.doneAt !== null) return { undo: null };
    return { undo: finish(parts, reminder, personId, revision) };
  });
}

/** Undo of setting one finishes it; undo of finishing brings it back, to sound again if its time is still to come. */
export function takeBackReminder(
  parts: IncidentParts,
  id: number,
  wasDone: boolean,
  actor: Actor,
  revision: number,
): void {
  const reminder = requireOwn(parts, id, actor);
  if ((reminder.doneAt !== null) !== wasDone) {
    throw new AppError('conflict', { details: { reason: 'changed-since' } });
  }
  if (!wasDone) {
    finish(parts, reminder, actor, revision);
    return;
  }
  parts.reminders.save({ ...reminder, doneAt: null }, revision);
  tell(parts, 'incident.reminder-set', reminder, actor);
}

/** Sounds for its person, in the running transaction. */
export function raiseReminder(parts: IncidentParts, reminder: ReminderRecord, revision: number): void {
  const now = parts.clock.now();
  parts.reminders.save({ ...reminder, raisedAt: now }, revision);
  parts.alarms.raise(reminder.incidentId, 'reminder', now, revision, reminder.personId);
  parts.db.touch('alarm', reminder.incidentId);
  parts.db.touch('personal', reminder.incidentId);
}

function finish(parts: IncidentParts, reminder: ReminderRecord, actor: Actor, revision: number): number {
  const now = parts.clock.now();
  parts.reminders.save({ ...reminder, doneAt: now }, revision);
  if (reminder.raisedAt !== null) {
    parts.alarms.silence(reminder.incidentId, 'reminder', reminder.personId, now, revision);
    parts.db.touch('alarm', reminder.incidentId);
  }
  return tell(parts, 'incident.reminder-done', reminder, actor);
}

/** The words are the person's own: history tells only that there is a reminder. */
function tell(
  parts: IncidentParts,
  kind: 'incident.reminder-set' | 'incident.reminder-done',
  { id, incidentId, at }: Pick<ReminderRecord, 'id' | 'incidentId' | 'at'>,
  actor: Actor,
): number {
  parts.db.touch('personal', incidentId);
  return parts.journal.append({
    kind,
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { reminderId: id, at },
  });
}

function requireOwn(parts: IncidentParts, id: number, personId: Actor): ReminderRecord {
  const reminder = parts.reminders.require(id);
  if (reminder.personId !== personId) throw new AppError('denied', { details: { reason: 'not-yours' } });
  return reminder;
}

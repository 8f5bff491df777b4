import { AppError } from '../../shared/errors.ts';
import type { JournalFacts, JournalKind } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { JournalRow } from '../db/journal-store.ts';
import { armAutoClosing, disarm } from './auto-close.ts';
import { moveToStatus } from './change-incident.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { takeBackReminder } from './reminders.ts';
import { moveToRepairPriority, moveToSubtype } from './subtype.ts';

/** What `takeBackLife` takes back. */
export const lifeKinds: ReadonlySet<string> = new Set<JournalKind>([
  'incident.subtype-changed',
  'incident.repair-priority-changed',
  'incident.auto-close-armed',
  'incident.auto-close-cancelled',
  'incident.reminder-set',
  'incident.reminder-done',
]);

/** With the waiting that the move had ended, unless its time has passed. Throws `conflict` (reason `changed-since`). */
export function takeBackStatus(
  parts: IncidentParts,
  incident: IncidentRecord,
  entry: JournalRow,
  actor: Actor,
  revision: number,
): void {
  const { from, to, until, ended = {} } = facts<'incident.status-changed'>(entry);
  requireStill(incident.statusId === to && (until === undefined || incident.postponedUntil === until));
  // Out of the queue its clocks rest, whatever its status.
  requireStill(incident.dismissedAt === null && incident.mergedIntoId === null);
  requireStill(isLastMove(parts, entry));
  const now = parts.clock.now();
  const { postponedUntil, autoCloseAt } = ended;
  // Back among the postponed it would wake up at once.
  requireStill(postponedUntil === undefined || postponedUntil > now);
  const restored = {
    ...(postponedUntil === undefined ? {} : { postponedUntil }),
    ...(autoCloseAt === undefined || autoCloseAt <= now ? {} : { autoCloseAt }),
  };
  moveToStatus(parts, incident, { statusId: from, why: 'undo', actor, restored }, revision);
}

/** A status left and come back to by another decision is that one's; steps may be taken back one after another. */
function isLastMove(parts: IncidentParts, { sequence, subjectId }: JournalRow): boolean {
  const last = parts.journal
    .ofSubject('incident', subjectId)
    .findLast(({ kind }) => kind === 'incident.status-changed');
  return (
    last?.sequence === sequence || (last && facts<'incident.status-changed'>(last).why === 'undo') === true
  );
}

/** Throws `conflict` (reason `changed-since`), `denied` for somebody else's reminder. */
export function takeBackLife(
  parts: IncidentParts,
  incident: IncidentRecord,
  entry: JournalRow,
  actor: Actor,
  revision: number,
): void {
  switch (entry.kind) {
    case 'incident.subtype-changed': {
      const { from, to } = facts<'incident.subtype-changed'>(entry);
      requireStill(incident.subtypeId === to);
      moveToSubtype(parts, incident, from, actor, revision);
      return;
    }
    case 'incident.repair-priority-changed': {
      const { from, to } = facts<'incident.repair-priority-changed'>(entry);
      requireStill(incident.repairPriorityId === to);
      moveToRepairPriority(parts, incident, from, actor, revision);
      return;
    }
    case 'incident.auto-close-armed': {
      const { at, was } = facts<'incident.auto-close-armed'>(entry);
      requireStill(incident.autoCloseAt === at);
      if (was === null || was <= parts.clock.now()) disarm(parts, incident, { why: 'hand', actor }, revision);
      else armAutoClosing(parts, incident, { by: 'hand', actor, at: was }, revision);
      return;
    }
    case 'incident.auto-close-cancelled': {
      const { was } = facts<'incident.auto-close-cancelled'>(entry);
      requireStill(incident.autoCloseAt === null && was > parts.clock.now());
      armAutoClosing(parts, incident, { by: 'hand', actor, at: was }, revision);
      return;
    }
    default: {
      const { reminderId } = facts<'incident.reminder-set'>(entry);
      takeBackReminder(parts, reminderId, entry.kind === 'incident.reminder-done', actor, revision);
    }
  }
}

function requireStill(stands: boolean): void {
  if (!stands) throw new AppError('conflict', { details: { reason: 'changed-since' } });
}

function facts<K extends JournalKind>(entry: JournalRow): JournalFacts[K] {
  return JSON.parse(entry.payload) as JournalFacts[K];
}

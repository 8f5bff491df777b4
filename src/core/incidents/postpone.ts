import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import { moveToStatus, requireTransition } from './change-incident.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { lastStatusChange } from './status-history.ts';

const longestMs = 366 * 86_400_000;

export type Postponed = { readonly until: number; readonly reason: string; readonly backStatusId: number };

/** Throws `conflict` (reasons `stale`, `transition`), `invalid-input` (reason `time-past`, `time-far`). */
export function postpone(
  parts: IncidentParts,
  input: { readonly id: number; readonly expected: number; readonly until: number; readonly reason: string },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    const target = parts.reference.statusByKey('postponed');
    requireFuture(parts.clock.now(), input.until);
    if (incident.statusId !== target.id) requireTransition(parts, incident, target.id);
    acknowledgeAlarms(parts, incident.id, actor, revision);
    const backTo = postponedOf(parts, incident)?.backStatusId ?? incident.statusId;
    const { until, reason } = input;
    const more = { until, reason, backTo };
    return {
      undo: moveToStatus(
        parts,
        incident,
        { statusId: target.id, why: 'postponed', actor, facts: more },
        revision,
      ),
    };
  });
}

/** By hand, before its time. */
export function wake(
  parts: IncidentParts,
  input: { readonly id: number; readonly expected: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.postponedUntil === null) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return { undo: moveBack(parts, incident, { why: 'woke', actor }, revision) };
  });
}

/** Because its time has come or somebody wrote: it sounds. */
export function wakeUp(
  parts: IncidentParts,
  incident: IncidentRecord,
  messageId: number | undefined,
  revision: number,
): void {
  const facts = messageId === undefined ? {} : { facts: { messageId } };
  const why = messageId === undefined ? 'woke' : 'letter';
  moveBack(parts, incident, { why, actor: null, ...facts }, revision);
  parts.alarms.raise(incident.id, 'woke', parts.clock.now(), revision);
  parts.db.touch('alarm', incident.id);
}

/** Whether the workflow leads there from where it stands; what is postponed may be put off further. */
export function mayPostpone(parts: IncidentParts, incident: IncidentRecord): boolean {
  if (incident.dismissedAt !== null) return false;
  const target = parts.reference.statusByKey('postponed');
  if (!target.active) return false;
  return (
    incident.statusId === target.id || parts.reference.status(incident.statusId).nextIds.includes(target.id)
  );
}

/** Until when and why, as its history tells; null when it is not postponed. */
export function postponedOf(parts: IncidentParts, incident: IncidentRecord): Postponed | null {
  if (incident.postponedUntil === null) return null;
  const facts = lastStatusChange(
    parts,
    incident.id,
    ({ to, until }) => to === incident.statusId && until !== undefined,
  );
  return {
    until: incident.postponedUntil,
    reason: facts?.reason ?? '',
    backStatusId: facts?.backTo ?? parts.reference.statusByKey('in-progress').id,
  };
}

type Move = {
  readonly why: JournalFacts['incident.status-changed']['why'];
  readonly actor: Actor;
  readonly facts?: { readonly messageId: number };
};

/** To the status it had, unless the desk has put that away meanwhile. */
function moveBack(parts: IncidentParts, incident: IncidentRecord, move: Move, revision: number): number {
  const wanted = postponedOf(parts, incident)?.backStatusId;
  const known = parts.reference
    .statuses()
    .find(({ id, active, finishes }) => id === wanted && active && !finishes);
  const statusId = known?.id ?? parts.reference.statusByKey('in-progress').id;
  return moveToStatus(parts, incident, { ...move, statusId }, revision);
}

function requireFuture(now: number, until: number): void {
  if (until <= now) throw new AppError('invalid-input', { details: { reason: 'time-past' } });
  if (until > now + longestMs) throw new AppError('invalid-input', { details: { reason: 'time-far' } });
}

import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { saveDecision } from './save-incident.ts';

const minuteMs = 60_000;

/** Where nobody has anything to do but wait for an answer. */
const waitingStatuses: ReadonlySet<string> = new Set(['closure-notified', 'data-requested']);

export function mayAutoClose(parts: IncidentParts, { statusId, dismissedAt }: IncidentRecord): boolean {
  return dismissedAt === null && waitingStatuses.has(parts.reference.status(statusId).key);
}

/** The longest of what the operators of the bound assets ask for; an operator without a wish takes the desk's delay. */
export function autoCloseDelay(
  parts: IncidentParts,
  incidentId: number,
): { readonly minutes: number; readonly group: string | null } {
  const own = parts.autoCloseMinutes();
  const [first, ...rest] = parts.life
    .autoCloseDelays(incidentId)
    .map(({ group, minutes }) => ({ minutes: minutes ?? own, group: minutes === null ? null : group }));
  if (!first) return { minutes: own, group: null };
  return rest.reduce((longest, next) => (next.minutes > longest.minutes ? next : longest), first);
}

/** When silence closes the incident if the closing letter left now: a whole minute, because letters tell minutes. */
export function autoCloseAtFor(parts: IncidentParts, { id }: Pick<IncidentRecord, 'id'>): number {
  const at = parts.clock.now() + autoCloseDelay(parts, id).minutes * minuteMs;
  return Math.ceil(at / minuteMs) * minuteMs;
}

export type Arming = {
  readonly by: 'letter' | 'hand';
  readonly actor: Actor;
  /** What a letter has promised; worked out anew when there is none. */
  readonly at?: number | undefined;
  readonly messageId?: number | undefined;
};

/** In the running transaction. Throws `conflict` (reason `no-auto-close`) where the status does not wait for anybody. */
export function armAutoClosing(
  parts: IncidentParts,
  incident: IncidentRecord,
  { by, actor, at, messageId }: Arming,
  revision: number,
): number {
  if (!mayAutoClose(parts, incident))
    throw new AppError('conflict', { details: { reason: 'no-auto-close' } });
  const { minutes, group } = autoCloseDelay(parts, incident.id);
  const closesAt = at ?? autoCloseAtFor(parts, incident);
  const sequence = parts.journal.append({
    kind: 'incident.auto-close-armed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: {
      at: closesAt,
      minutes,
      by,
      group,
      was: incident.autoCloseAt,
      ...(messageId === undefined ? {} : { messageId }),
    },
  });
  saveDecision(parts, { ...incident, autoCloseAt: closesAt }, revision);
  return sequence;
}

export function cancelAutoClose(
  parts: IncidentParts,
  input: { readonly id: number; readonly expected: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.autoCloseAt === null) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return { undo: disarm(parts, incident, { why: 'hand', actor }, revision) };
  });
}

/** Returns the journal entry. */
export function disarm(
  parts: IncidentParts,
  incident: IncidentRecord,
  {
    why,
    actor,
    messageId,
  }: { readonly why: 'letter' | 'hand'; readonly actor: Actor; readonly messageId?: number },
  revision: number,
): number {
  const sequence = parts.journal.append({
    kind: 'incident.auto-close-cancelled',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { was: incident.autoCloseAt ?? 0, why, ...(messageId === undefined ? {} : { messageId }) },
  });
  saveDecision(parts, { ...incident, autoCloseAt: null }, revision);
  return sequence;
}

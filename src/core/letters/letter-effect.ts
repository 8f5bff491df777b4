import { moveToStatus } from '../incidents/change-incident.ts';
import type { IncidentParts } from '../incidents/parts.ts';

/** What a template letter does to the incident it is about: while it is on its way, when it has left, when it cannot. */
export type LetterEffect = {
  readonly before?: number;
  readonly during?: number;
  readonly after?: number;
  readonly failed?: number;
};

const byTemplate: Readonly<Record<string, { readonly during: string; readonly after: string }>> = {
  accepted: { during: 'notifying-operator', after: 'operator-notified' },
  closed: { during: 'notifying-closure', after: 'closure-notified' },
};

/** Empty when the template changes nothing, or the workflow does not lead from here to where it would. */
export function effectOf(
  parts: IncidentParts,
  incidentId: number | null,
  templateKey: string | null,
): LetterEffect {
  const keys = templateKey === null ? undefined : byTemplate[templateKey];
  if (!keys || incidentId === null) return {};
  const incident = parts.incidents.require(incidentId);
  const after = parts.reference.statusByKey(keys.after);
  // A new incident is taken into work by the very letter that says so.
  const reachable = reachableFrom(parts, incident.statusId);
  if (incident.dismissedAt !== null || !reachable.has(after.id)) return {};
  return {
    before: incident.statusId,
    during: parts.reference.statusByKey(keys.during).id,
    after: after.id,
    failed: parts.reference.statusByKey('error').id,
  };
}

function reachableFrom(parts: IncidentParts, statusId: number): ReadonlySet<number> {
  const status = parts.reference.status(statusId);
  if (status.key !== 'new') return new Set(status.nextIds);
  return new Set([...status.nextIds, ...parts.reference.statusByKey('in-progress').nextIds]);
}

/** Moves the incident if it still stands where the letter left it: what a person decided meanwhile wins. */
export function applyEffect(
  parts: IncidentParts,
  incidentId: number | null,
  expected: number | undefined,
  next: number | undefined,
  revision: number,
): void {
  if (incidentId === null || expected === undefined || next === undefined) return;
  const incident = parts.incidents.require(incidentId);
  if (incident.statusId !== expected || incident.dismissedAt !== null) return;
  moveToStatus(parts, incident, { statusId: next, why: 'letter-sent', actor: null }, revision);
}

import type { ClosingProblem } from '../../shared/contract/workflow.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { openBlockers } from '../links/open-blockers.ts';
import type { IncidentParts } from './parts.ts';
import { openWorks } from './works.ts';

/** The work whose target is the repair priority. */
const repair = 'repair';

/** Why the incident cannot be closed now, in the order in which it is best mended; empty when it can. */
export function closingProblems(parts: IncidentParts, incidentId: number): ClosingProblem[] {
  const incident = parts.incidents.require(incidentId);
  return [
    ...kindProblems(parts, incident),
    ...openWorks(parts, incidentId).map(
      ({ kind, name, nameEn, startedAt }) =>
        ({ kind: 'work-running', work: kind, name, nameEn, startedAt }) as const,
    ),
    ...repairProblems(parts, incident),
    ...openBlockers(parts, incidentId).map(
      ({ id, code, why }) => ({ kind: 'blocker', incidentId: id, code, why }) as const,
    ),
  ];
}

/** Throws `conflict` (reason `not-ready-to-close`) with the kinds of what is missing. */
export function requireClosable(parts: IncidentParts, incident: IncidentRecord): void {
  const problems = closingProblems(parts, incident.id);
  if (problems.length === 0) return;
  throw new AppError('conflict', {
    details: {
      reason: 'not-ready-to-close',
      id: incident.id,
      count: problems.length,
      kinds: problems.map(({ kind }) => kind).join(' '),
    },
  });
}

/** Open incidents about the same thing: closing one leaves them, and whoever closes should know. */
export function openDuplicates(
  parts: IncidentParts,
  incidentId: number,
): { readonly incidentId: number; readonly code: string }[] {
  return parts.links
    .all(incidentId)
    .filter(({ kind }) => kind === 'duplicate')
    .map(({ fromId, toId }) => parts.incidents.require(fromId === incidentId ? toId : fromId))
    .filter(
      ({ finishedAt, dismissedAt, mergedIntoId }) => (finishedAt ?? dismissedAt ?? mergedIntoId) === null,
    )
    .map(({ id, code }) => ({ incidentId: id, code }));
}

function kindProblems(parts: IncidentParts, { typeId, subtypeId }: IncidentRecord): ClosingProblem[] {
  if (typeId === null) return [{ kind: 'no-type' }];
  if (subtypeId !== null) return [];
  const offered = parts.reference
    .subtypes()
    .some((subtype) => subtype.active && subtype.typeIds.includes(typeId));
  return offered ? [{ kind: 'no-subtype', typeId }] : [];
}

function repairProblems(parts: IncidentParts, { id, repairPriorityId }: IncidentRecord): ClosingProblem[] {
  const begun = parts.clocks.ofIncident(id, repair) !== undefined;
  if (begun && repairPriorityId === null) return [{ kind: 'repair-without-priority' }];
  if (!begun && repairPriorityId !== null) return [{ kind: 'priority-without-repair', repairPriorityId }];
  return [];
}

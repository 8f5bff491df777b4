import type { Blocker } from '../db/link-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';

/** What must be closed before this incident may be: its open subtasks and the open incidents it depends on. */
export function openBlockers({ links }: Pick<IncidentParts, 'links'>, incidentId: number): Blocker[] {
  return links.blockers(incidentId);
}

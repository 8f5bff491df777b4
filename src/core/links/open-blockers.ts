import type { Blocker, LinkStore } from '../db/link-store.ts';

/** What must be closed before this incident may be: its open subtasks and the open incidents it depends on. */
export function openBlockers({ links }: { readonly links: LinkStore }, incidentId: number): Blocker[] {
  return links.blockers(incidentId);
}

import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { IncidentParts } from './parts.ts';

type StatusFacts = JournalFacts['incident.status-changed'];

/** The newest change of status that the history tells and that fits. */
export function lastStatusChange(
  parts: Pick<IncidentParts, 'journal'>,
  incidentId: number,
  fits: (facts: StatusFacts) => boolean,
): StatusFacts | undefined {
  const entry = parts.journal
    .ofSubject('incident', incidentId)
    .findLast(
      ({ kind, payload }) => kind === 'incident.status-changed' && fits(JSON.parse(payload) as StatusFacts),
    );
  return entry && (JSON.parse(entry.payload) as StatusFacts);
}

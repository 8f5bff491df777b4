import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';

/**
 * Whether silence closed an incident that was not silent: the answer had come before, and this desk, asleep or offline,
 * learns of it only now.
 */
export function closedTooSoon(parts: IncidentParts, { id }: IncidentRecord, receivedAt: number): boolean {
  const history = parts.journal.ofSubject('incident', id);
  const closed = history.findLast(({ kind }) => kind === 'incident.status-changed');
  if (!closed) return false;
  const { why } = JSON.parse(closed.payload) as JournalFacts['incident.status-changed'];
  if (why !== 'auto-close') return false;
  const armed = history.findLast(({ kind }) => kind === 'incident.auto-close-armed');
  return armed !== undefined && receivedAt >= armed.at;
}

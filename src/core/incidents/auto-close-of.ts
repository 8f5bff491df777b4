import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';

type Armed = Pick<JournalFacts['incident.auto-close-armed'], 'at' | 'by' | 'minutes' | 'group'>;

/** When silence closes it and why then, as its history tells; null when nothing is armed. */
export function autoCloseOf(parts: IncidentParts, { id, autoCloseAt }: IncidentRecord): Armed | null {
  if (autoCloseAt === null) return null;
  const entry = parts.journal
    .ofSubject('incident', id)
    .findLast(({ kind }) => kind === 'incident.auto-close-armed');
  const facts = entry && (JSON.parse(entry.payload) as JournalFacts['incident.auto-close-armed']);
  return {
    at: autoCloseAt,
    by: facts?.by ?? 'hand',
    minutes: facts?.minutes ?? 0,
    group: facts?.group ?? null,
  };
}

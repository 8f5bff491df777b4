import type { JournalFacts, JournalKind } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';

const tellingKinds: ReadonlySet<string> = new Set<JournalKind>([
  'incident.status-changed',
  'incident.auto-close-armed',
  'incident.auto-close-cancelled',
  'incident.auto-close-refused',
]);

/** Whether silence should have closed it and could not, and nothing has been decided since. */
export function wasRefused(parts: IncidentParts, { id, finishedAt }: IncidentRecord): boolean {
  if (finishedAt !== null) return false;
  const last = parts.journal.ofSubject('incident', id).findLast(({ kind }) => tellingKinds.has(kind));
  return last?.kind === 'incident.auto-close-refused';
}

type Armed = Pick<JournalFacts['incident.auto-close-armed'], 'at' | 'by' | 'minutes' | 'group'>;

/** When silence closes it and why then, as its history tells; null when nothing is armed. */
export function autoCloseOf(parts: IncidentParts, { id, autoCloseAt }: IncidentRecord): Armed | null {
  if (autoCloseAt === null) return null;
  const facts = lastArming(parts, id);
  return {
    at: autoCloseAt,
    by: facts?.by ?? 'hand',
    minutes: facts?.minutes ?? 0,
    group: facts?.group ?? null,
  };
}

/** The letter whose promise arms the closing now, if a letter does. */
export function armingLetter(parts: IncidentParts, { id, autoCloseAt }: IncidentRecord): number | undefined {
  return autoCloseAt === null ? undefined : lastArming(parts, id)?.messageId;
}

function lastArming(parts: IncidentParts, id: number): JournalFacts['incident.auto-close-armed'] | undefined {
  const entry = parts.journal
    .ofSubject('incident', id)
    .findLast(({ kind }) => kind === 'incident.auto-close-armed');
  return entry && (JSON.parse(entry.payload) as JournalFacts['incident.auto-close-armed']);
}

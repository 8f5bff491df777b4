import type { TFunction } from 'i18next';
import type { JournalFacts, JournalKind } from '../../../shared/domain/journal-kinds.ts';
import type { Format } from '../../lib/format.ts';

/** Names of what the journal knows by number. */
export type Names = {
  readonly status: (id: number | null) => string;
  readonly type: (id: number | null) => string;
  readonly subtype: (id: number | null) => string;
  readonly repairPriority: (id: number | null) => string;
  /** By its key; one that an administrator took away keeps it. */
  readonly clock: (kind: string) => string;
  readonly person: (id: number | null) => string;
};

export type Context = {
  readonly t: TFunction;
  readonly names: Names;
  readonly format: Format;
  readonly incidentId: number;
  /** When it was written: times of the same day are told without it. */
  readonly at: number;
};

export type Writer<K extends JournalKind> = (facts: JournalFacts[K], context: Context) => string;

export type IncidentKind = Extract<JournalKind, `incident.${string}`>;

import type { WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import type { AlarmStore } from '../db/alarm-store.ts';
import type { AssetStore } from '../db/asset-store.ts';
import type { ClockStore } from '../db/clock-store.ts';
import type { IncidentRecord, IncidentStore } from '../db/incident-store.ts';
import type { IncidentAssetStore } from '../db/incident-asset-store.ts';
import type { LinkStore } from '../db/link-store.ts';
import type { Db } from '../db/open.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

/** What every use-case on incidents needs; made once in app.ts. */
export type IncidentParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly incidents: IncidentStore;
  readonly clocks: ClockStore;
  readonly alarms: AlarmStore;
  readonly assets: AssetStore;
  readonly incidentAssets: IncidentAssetStore;
  readonly links: LinkStore;
  readonly people: PersonStore;
  readonly reference: ReferenceStore;
  readonly calendar: WorkingCalendar;
  readonly codePrefix: () => string;
  readonly foreignPrefixes: () => readonly string[];
  readonly index: (incident: IncidentRecord) => void;
};

/** Who acts: a person at the desk, or null for Pult itself. */
export type Actor = number | null;

/** What a command gives back: the journal entry that undo takes back. */
export type Undo = { readonly undo: number | null };

import type { Calendars } from './calendars.ts';
import type { AlarmStore } from '../db/alarm-store.ts';
import type { AssetStore } from '../db/asset-store.ts';
import type { ClockRuleStore } from '../db/clock-rule-store.ts';
import type { ClockStore } from '../db/clock-store.ts';
import type { FloodStore } from '../db/flood-store.ts';
import type { IncidentRecord, IncidentStore } from '../db/incident-store.ts';
import type { IncidentAssetStore } from '../db/incident-asset-store.ts';
import type { LifeStore } from '../db/life-store.ts';
import type { LinkStore } from '../db/link-store.ts';
import type { Db } from '../db/open.ts';
import type { NoteStore } from '../db/note-store.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { PersonalStore } from '../db/personal-store.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import type { ReminderStore } from '../db/reminder-store.ts';
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
  readonly floods: FloodStore;
  /** More incidents than `count` within so many minutes, about one thing, are a flood. */
  readonly floodLimits: () => { readonly count: number; readonly minutes: number };
  readonly life: LifeStore;
  readonly reminders: ReminderStore;
  readonly people: PersonStore;
  readonly notes: NoteStore;
  readonly personal: PersonalStore;
  readonly reference: ReferenceStore;
  readonly clockRules: ClockRuleStore;
  readonly calendars: Calendars;
  /** Whose hours of the day the incident lives by: its region's, else the desk's. */
  readonly clockZone: (incidentId: number) => string;
  /** The desk's own delay after which silence closes. */
  readonly autoCloseMinutes: () => number;
  readonly codePrefix: () => string;
  readonly foreignPrefixes: () => readonly string[];
  readonly index: (incident: IncidentRecord) => void;
  /** Somebody has it: whoever is being told of it elsewhere need not be any longer. */
  readonly onAlarmsAnswered?: (incidentId: number, actor: Actor, revision: number) => void;
};

/** Who acts: a person at the desk, or null for Pult itself. */
export type Actor = number | null;

/** What a command gives back: the journal entry that undo takes back. */
export type Undo = { readonly undo: number | null };

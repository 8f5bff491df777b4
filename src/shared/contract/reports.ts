import { z } from 'zod';
import { command, query, task } from '../rpc/define.ts';
import { done, empty, id, time } from './common.ts';

/** `YYYY-MM-DD` of the desk's zone. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Both days count. */
export const reportPeriod = z.strictObject({ from: day, to: day });
export type ReportPeriod = z.infer<typeof reportPeriod>;

const ids = z.array(id.nullable()).max(200).default([]);

/** Empty lists filter nothing; null stands for "none". */
export const reportFilter = z.strictObject({
  regionIds: ids,
  macroregionIds: ids,
  personIds: ids,
  contractorIds: ids,
  typeIds: ids,
  groupIds: ids,
});
export type ReportFilter = z.infer<typeof reportFilter>;

/** Durations in milliseconds; null where nothing was measured. */
const spread = z.object({ count: z.int(), medianMs: z.number().nullable(), p90Ms: z.number().nullable() });
export type Spread = z.infer<typeof spread>;

/** Of incidents registered in the period: kept, broken (of these `late` still run), and those that may still be kept. */
const kept = z.object({ met: z.int(), breached: z.int(), late: z.int(), running: z.int() });

export const groupKinds = ['region', 'macroregion', 'person', 'contractor', 'type', 'group'] as const;
export type GroupKind = (typeof groupKinds)[number];

const groupRow = z.object({
  /** null: incidents that have none. */
  id: id.nullable(),
  name: z.string(),
  opened: z.int(),
  closed: z.int(),
  /** At the end of the period. */
  open: z.int(),
  life: spread,
  /** In the order of `clocks`. */
  clocks: z.array(z.object({ met: z.int(), breached: z.int() })),
});
export type GroupRow = z.infer<typeof groupRow>;

const dayRow = z.object({
  day,
  opened: z.int(),
  closed: z.int(),
  open: z.int(),
  lettersIn: z.int(),
  lettersOut: z.int(),
});
export type DayRow = z.infer<typeof dayRow>;

const alarmLoad = z.object({
  total: z.int(),
  /** Hours that dispatchers were on duty, added up. */
  dispatcherHours: z.number(),
  /** null when nobody was on duty. */
  perDispatcherHour: z.number().nullable(),
  /** Hours with at least one alarm, and of these with more for each dispatcher than EEMUA 191 calls acceptable or manageable. */
  hours: z.int(),
  aboveAcceptable: z.int(),
  aboveManageable: z.int(),
  /** Most alarms in ten minutes of the clock, and how many of all tens of minutes had more than the limit. */
  mostInTen: z.int(),
  floods: z.int(),
  tens: z.int(),
  /** Average an hour by the hour of the day. */
  byHour: z.array(z.number()).length(24),
  worst: z.array(z.object({ at: time, alarms: z.int(), dispatchers: z.int() })),
});
export type AlarmLoad = z.infer<typeof alarmLoad>;

export const dashboard = z.object({
  zone: z.string(),
  asOf: time,
  days: z.array(dayRow),
  /** Incidents and letters by the hour of the day, 24 each. */
  hours: z.array(z.object({ incidents: z.int(), letters: z.int() })).length(24),
  totals: z.object({
    opened: z.int(),
    closed: z.int(),
    open: z.int(),
    lettersIn: z.int(),
    lettersOut: z.int(),
  }),
  /** The same number of days before. */
  before: z.object({ opened: z.int(), closed: z.int() }),
  /** Registered to closed, of those closed in the period. */
  life: spread,
  clocks: z.array(z.object({ kind: z.string(), name: z.string(), nameEn: z.string(), kept, spent: spread })),
  groups: z.object({
    region: z.array(groupRow),
    macroregion: z.array(groupRow),
    person: z.array(groupRow),
    contractor: z.array(groupRow),
    type: z.array(groupRow),
    group: z.array(groupRow),
  }),
  /** At least two incidents registered in the period; the most often first. */
  repeating: z.array(
    z.object({
      assetId: id,
      code: z.string(),
      kind: z.string(),
      count: z.int(),
      open: z.int(),
      incidents: z.array(z.object({ id, code: z.string() })),
    }),
  ),
  repeatingTotal: z.int(),
  alarms: alarmLoad,
});
export type Dashboard = z.infer<typeof dashboard>;

export const exportKinds = ['incidents', 'dashboard', 'journal', 'completeness'] as const;
export const exportRequest = z.strictObject({
  what: z.enum(exportKinds),
  format: z.enum(['csv', 'xlsx']),
  /** Of CSV. */
  separator: z.enum([';', ',']).default(';'),
  language: z.enum(['ru', 'en']),
  period: reportPeriod,
  filter: reportFilter,
});
export type ExportRequest = z.infer<typeof exportRequest>;

/** `GET <base>/export/<uuid>` once it is `ready`. */
export const exportState = z.object({
  state: z.enum(['running', 'ready', 'failed', 'cancelled']),
  rows: z.int(),
  /** null while it is not known. */
  total: z.int().nullable(),
  fileName: z.string(),
  reason: z.string().nullable(),
});
export type ExportState = z.infer<typeof exportState>;

const censusDay = z.object({
  day,
  onServer: z.int(),
  matched: z.int(),
  /** Stored and not yet read. */
  waiting: z.int(),
  quarantined: z.int(),
  missing: z.int(),
  /** From before this mailbox's letters are taken. */
  older: z.int(),
  /** Stored, and no longer in the mailbox. */
  gone: z.int(),
});
export type CensusDay = z.infer<typeof censusDay>;

const folderCensus = z.object({
  folderId: id,
  role: z.enum(['inbox', 'sent']),
  path: z.string(),
  uidvalidity: z.string(),
  /** null: never compared. */
  takenAt: time.nullable(),
  totals: censusDay.omit({ day: true }),
  days: z.array(censusDay),
  missing: z.array(z.object({ uid: z.int(), receivedAt: time })),
  /** More than are listed. */
  missingTotal: z.int(),
  quarantined: z.array(
    z.object({ uid: z.int(), rawId: id, receivedAt: time, reason: z.string(), released: z.boolean() }),
  ),
});
export type FolderCensus = z.infer<typeof folderCensus>;

export const completeness = z.object({
  accounts: z.array(
    z.object({ accountId: id, name: z.string(), address: z.string(), folders: z.array(folderCensus) }),
  ),
});
export type Completeness = z.infer<typeof completeness>;

/** `position` is [longitude, latitude]. */
export const mapIncident = z.object({
  id,
  code: z.string(),
  title: z.string(),
  state: z.enum(['calm', 'risk', 'overdue', 'paused']),
  position: z.tuple([z.number(), z.number()]),
  assetId: id.nullable(),
  dueAt: time.nullable(),
});
export type MapIncident = z.infer<typeof mapIncident>;

export const journalEntry = z.object({
  sequence: z.int(),
  at: time,
  /** null: Pult itself. */
  actor: z.string().nullable(),
  subjectKind: z.string(),
  subjectId: z.int(),
  /** Of an incident. */
  code: z.string().nullable(),
  kind: z.string(),
  /** JSON, as it was hashed. */
  payload: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const reportsContract = {
  dashboard: query(z.strictObject({ period: reportPeriod, filter: reportFilter }), dashboard),
  /** What can be filtered by. */
  choices: query(
    empty,
    z.object({
      regions: z.array(z.object({ id, name: z.string() })),
      macroregions: z.array(z.object({ id, name: z.string() })),
      contractors: z.array(z.object({ id, name: z.string() })),
      groups: z.array(z.object({ id, name: z.string() })),
    }),
  ),
  /** Newest first; those before a number, or from the end of the period. */
  journal: query(
    z.strictObject({
      period: reportPeriod,
      before: z.int().nullable().default(null),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({ entries: z.array(journalEntry), total: z.int() }),
  ),
  startExport: task(exportRequest, z.object({ id: z.string() })),
  exportState: query(z.strictObject({ id: z.string().max(40) }), exportState),
  cancelExport: task(z.strictObject({ id: z.string().max(40) }), done),
  completeness: query(empty, completeness),
  /** Asks the server of one account for every UID it has; `unavailable` tells why it cannot be asked. */
  compareMailbox: task(z.strictObject({ accountId: id }), done),
  /** The letter goes the usual way of intake. */
  fetchMissing: task(
    z.strictObject({ folderId: id, uids: z.array(z.int().positive()).min(1).max(500) }),
    z.object({ fetched: z.int(), gone: z.int() }),
  ),
  /** Open incidents that have a place; `unplaced` have none. */
  mapIncidents: query(
    empty,
    z.object({ incidents: z.array(mapIncident), unplaced: z.int(), tiles: z.string() }),
  ),
  /** Address of map tiles with {z}, {x} and {y}; empty shows the bundled outlines only. */
  saveTiles: command(z.strictObject({ tiles: z.string().max(500) }), done),
} as const;

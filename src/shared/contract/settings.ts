import { z } from 'zod';
import { command, query, task } from '../rpc/define.ts';
import { done, empty, id, savedItem, time, undoable } from './common.ts';
import { queueFilter, queueSort } from './incidents.ts';
import { backupSet } from './keeping.ts';
import { template } from './templates.ts';

const key = z.string().regex(/^[a-z0-9-]{1,60}$/);
const name = z.string().trim().min(1).max(120);

export const status = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  tone: z.enum(['new', 'work', 'wait', 'done', 'bad']),
  finishes: z.boolean(),
  position: z.int(),
  active: z.boolean(),
  nextIds: z.array(id),
});
export type Status = z.infer<typeof status>;

export const incidentType = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  slaMinutes: z.int().nullable(),
  position: z.int(),
  active: z.boolean(),
});
export type IncidentType = z.infer<typeof incidentType>;

export const category = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  position: z.int(),
  active: z.boolean(),
});
export type Category = z.infer<typeof category>;

/** What exactly it is, within a type; a type that has any must have one chosen before its incidents are closed. */
export const subtype = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  position: z.int(),
  active: z.boolean(),
  typeIds: z.array(id),
});
export type Subtype = z.infer<typeof subtype>;

/** How soon a repair is due; the repair's clock takes its target from it. */
export const repairPriority = z.object({
  id,
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  targetMinutes: z.int(),
  position: z.int(),
  active: z.boolean(),
});
export type RepairPriority = z.infer<typeof repairPriority>;

export const referenceContract = {
  all: query(
    empty,
    z.object({
      statuses: z.array(status),
      types: z.array(incidentType),
      categories: z.array(category),
      subtypes: z.array(subtype),
      repairPriorities: z.array(repairPriority),
      templates: z.array(template),
      /** By their keys, as the journal knows them. */
      clocks: z.array(z.object({ key: z.string(), name: z.string(), nameEn: z.string() })),
    }),
  ),
  saveStatus: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      tone: status.shape.tone,
      finishes: z.boolean(),
      position: z.int(),
      active: z.boolean(),
      nextIds: z.array(id),
    }),
    savedItem,
  ),
  saveType: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      slaMinutes: z.int().min(1).max(525_600).nullable(),
      position: z.int(),
      active: z.boolean(),
    }),
    savedItem,
  ),
  /** One step of the workflow: a tick must not carry along what else the page believes of the status. */
  setTransition: command(z.strictObject({ fromId: id, toId: id, allowed: z.boolean() }), savedItem),
  saveCategory: command(
    z.strictObject({ id: id.nullable(), key, name, nameEn: name, position: z.int(), active: z.boolean() }),
    savedItem,
  ),
  saveSubtype: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      position: z.int(),
      active: z.boolean(),
      typeIds: z.array(id).max(100),
    }),
    savedItem,
  ),
  saveRepairPriority: command(
    z.strictObject({
      id: id.nullable(),
      key,
      name,
      nameEn: name,
      targetMinutes: z.int().min(1).max(525_600),
      position: z.int(),
      active: z.boolean(),
    }),
    savedItem,
  ),
} as const;

export const savedView = z.object({
  id,
  shared: z.boolean(),
  name: z.string(),
  filter: queueFilter,
  sort: queueSort,
  position: z.int(),
});
export type SavedView = z.infer<typeof savedView>;

export const viewsContract = {
  list: query(empty, z.object({ views: z.array(savedView) })),
  save: command(
    z.strictObject({ id: id.nullable(), shared: z.boolean(), name, filter: queueFilter, sort: queueSort }),
    savedItem,
  ),
  remove: command(z.strictObject({ id }), undoable),
} as const;

export const ignoreRule = z.object({
  id,
  field: z.enum(['sender', 'subject', 'list-id']),
  value: z.string(),
  hits: z.int(),
  active: z.boolean(),
  createdBy: id.nullable(),
  createdAt: time,
});
export type IgnoreRule = z.infer<typeof ignoreRule>;

export const rulesContract = {
  list: query(empty, z.object({ rules: z.array(ignoreRule) })),
  save: command(
    z.strictObject({
      id: id.nullable(),
      field: ignoreRule.shape.field,
      value: z.string().trim().min(1).max(300),
      active: z.boolean(),
    }),
    savedItem,
  ),
  remove: command(z.strictObject({ id }), undoable),
} as const;

/** Desk-wide settings; the page's own (theme, density, keys, split) live in its local storage per person. */
export const deskSettings = z.object({
  zone: z.string().max(60),
  /** Two to eight Latin letters; only before the first incident. */
  codePrefix: z.string().regex(/^[A-Z]{2,8}$/),
  /** Foreign prefixes of colleagues' workstations: their codes never open an incident here. */
  foreignPrefixes: z.array(z.string().regex(/^[A-Z]{2,8}$/)).max(50),
  undoSeconds: z.int().min(0).max(60),
  alarmAfterSeconds: z.int().min(0).max(3600),
  /** More incidents than these within so many minutes, about one thing, are one flood. */
  floodCount: z.int().min(2).max(1000),
  floodMinutes: z.int().min(1).max(240),
  /** How long silence after the closing letter closes an incident; operator groups may ask for longer or shorter. */
  autoCloseMinutes: z.int().min(1).max(43_200),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']),
  /** Where hand-overs go when neither the asset nor its contractor has an address. */
  contractorEmails: z.array(z.email()).max(20),
  /** What applicants and contractors may ring, for the words of letters. */
  shiftPhone: z.string().max(60),
  /** Whether Pult answers the first letter into a closed incident by itself. */
  answersLateLetters: z.boolean(),
});
export type DeskSettings = z.infer<typeof deskSettings>;

export const backup = z.object({
  name: z.string(),
  at: time,
  bytes: z.number(),
  reason: z.enum(['hourly', 'migration', 'hand', 'stop']),
  ok: z.boolean(),
});
export type Backup = z.infer<typeof backup>;

export const settingsContract = {
  get: query(empty, z.object({ settings: deskSettings })),
  save: command(z.strictObject({ settings: deskSettings.partial() }), undoable),
  backups: query(empty, z.object({ backups: z.array(backup), directory: z.string() })),
  backupNow: task(empty, z.object({ name: z.string() })),
  /** Checks the backup, then restarts the backend on it; the page reconnects by itself. */
  restore: task(z.strictObject({ name: z.string() }), done),
  verifyJournal: task(
    empty,
    z.object({
      entries: z.int(),
      ok: z.boolean(),
      firstBad: z.int().nullable(),
      /** What is wrong with the first bad entry; `cut`: the last entries are gone. */
      fault: z.enum(['gap', 'unlinked', 'altered', 'cut']).nullable(),
      badAt: time.nullable(),
      head: z.string(),
    }),
  ),
} as const;

/** The first-run wizard: the desk's name and zone, the first person, then accounts (which use accountsContract). */
export const setupContract = {
  begin: task(
    z.strictObject({
      zone: z.string().max(60),
      codePrefix: z.string().regex(/^[A-Z]{2,8}$/),
      person: z.strictObject({
        name,
        pin: z
          .string()
          .regex(/^\d{4,12}$/)
          .nullable(),
      }),
    }),
    z.object({ personId: id, key: z.string() }),
  ),
  /** Whole backups at a path of this machine, before there is a desk. */
  findSets: task(
    z.strictObject({ path: z.string().trim().min(1).max(500) }),
    z.object({ sets: z.array(backupSet) }),
  ),
  /** The desk of that backup starts in place of the empty one. */
  restoreSet: task(z.strictObject({ path: z.string().trim().min(1).max(500) }), done),
} as const;

import { z } from 'zod';
import { command, query, stream, task } from '../rpc/define.ts';
import { done, empty, furtherAddress, health, id, revision, savedItem, time, undoable } from './common.ts';

export const person = z.object({
  id,
  name: z.string(),
  role: z.enum(['dispatcher', 'lead']),
  email: z.string(),
  phone: z.string(),
  /** In the order they are tried. */
  addresses: z.array(furtherAddress),
  active: z.boolean(),
  hasPin: z.boolean(),
  /** Start of the open shift, or null when off duty. */
  onDutySince: time.nullable(),
  /** Unfinished incidents in hand: what assignment weighs. */
  load: z.int(),
});
export type Person = z.infer<typeof person>;

export const rosterRule = z.object({
  id,
  personId: id,
  /** Bit 0 is Monday. */
  weekdays: z.int().min(1).max(127),
  startsMinute: z.int().min(0).max(1439),
  /** Not after the start means the next day; equal means 24 hours. */
  endsMinute: z.int().min(0).max(1439),
  zone: z.string(),
});
export type RosterRule = z.infer<typeof rosterRule>;

/** Who works at this page. Nothing but these calls, `shell` and `setup` is answered before somebody has signed in. */
export const sessionContract = {
  people: query(
    empty,
    z.object({
      people: z.array(person.pick({ id: true, name: true, role: true, hasPin: true, onDutySince: true })),
    }),
  ),
  signIn: task(
    z.strictObject({ personId: id, pin: z.string().max(12).optional() }),
    z.object({ person, key: z.string() }),
  ),
  /** Takes up the session again after a reconnect or a reload; the key is what signIn gave. */
  resume: task(z.strictObject({ key: z.string() }), z.object({ person })),
  signOut: task(empty, done),
} as const;

export const peopleContract = {
  list: query(empty, z.object({ people: z.array(person), rules: z.array(rosterRule), zone: z.string() })),
  save: command(
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(120),
      role: z.enum(['dispatcher', 'lead']),
      email: z.string().trim().max(320),
      phone: z.string().trim().max(40),
      /** undefined keeps them. */
      addresses: z.array(furtherAddress).max(20).optional(),
      active: z.boolean(),
      /** undefined keeps the PIN, null removes it. */
      pin: z
        .string()
        .regex(/^\d{4,12}$/)
        .nullable()
        .optional(),
    }),
    savedItem,
  ),
  saveRoster: command(
    z.strictObject({ personId: id, rules: z.array(rosterRule.omit({ id: true, personId: true })).max(20) }),
    undoable,
  ),
  startShift: command(z.strictObject({ personId: id }), z.object({ assigned: z.int() })),
  endShift: command(z.strictObject({ personId: id }), done),
} as const;

const systemState = z.object({
  /** Each service under its name: `mail:3`, `telegram:1`, `outbox`, `disk`, `backup`. */
  services: z.record(z.string(), z.object({ title: z.string(), health })),
  outbox: z.object({ waiting: z.int(), unknown: z.int(), failed: z.int() }),
  quarantine: z.int(),
  disk: z.object({ state: z.enum(['ok', 'low', 'full']), freeBytes: z.number() }),
  unassigned: z.int(),
  onDuty: z.int(),
  now: time,
});
export type SystemState = z.infer<typeof systemState>;

export const shellContract = {
  describe: query(
    empty,
    z.object({
      shell: z.enum(['electron', 'browser', 'memory']),
      build: z.string(),
      version: z.string(),
      demo: z.boolean(),
      /** What the operating system gives beyond the page. */
      capabilities: z.object({
        notifications: z.boolean(),
        badge: z.boolean(),
        tray: z.boolean(),
        secretStore: z.enum(['system', 'keyring', 'file']),
      }),
      zone: z.string(),
      codePrefix: z.string(),
      setupNeeded: z.boolean(),
      /** Things the user must be told about this start: `restored-from-backup`, `unclean-stop`, … */
      startNotes: z.array(
        z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
      ),
    }),
  ),
  openExternal: task(z.strictObject({ url: z.string().max(4000) }), done),
  /** The page tells whether it can sound; while none can, the shell alarms. */
  presence: task(z.strictObject({ visible: z.boolean(), sound: z.boolean() }), done),
  log: task(
    z.strictObject({
      level: z.enum(['warn', 'error']),
      event: z.string().max(100),
      detail: z.string().max(2000),
    }),
    done,
  ),
  state: stream(empty, systemState),
  dismissStartNote: task(z.strictObject({ code: z.string() }), done),
} as const;

/** The revision feed: one stream per page; everything on the screen follows from it. */
export const feedKinds = [
  'incident',
  'message',
  'person',
  'shift',
  'reference',
  'account',
  'outbox',
  'draft',
  'quarantine',
  'alarm',
  'view',
  'rule',
  'setting',
  /** Rows of the chat list, and messages in chats. */
  'chat',
  'telegram',
  'contact',
  /** The registry; and with `incident` what is bound to one. */
  'asset',
  /** Runs of imports and their progress; sources. */
  'asset-import',
  /** Of a person: favourites, reminders, what was read. */
  'personal',
  /** Hand-overs, and silence of channels. */
  'handover',
  /** Floods that run. */
  'flood',
  /** Ways of sending, ladders, groups, bindings. */
  'route',
  /** Notifications, their attempts and receipts; answers that came. */
  'notification',
  'call',
  /** Technicians and who of them is on call. */
  'technician',
] as const;

export const feedContract = {
  changes: stream(
    z.strictObject({ since: revision }),
    z.object({
      revision,
      /** The page is too far behind: reload everything. */
      reset: z.boolean(),
      kinds: z.array(z.enum(feedKinds)),
      /** Incidents whose row, letters or history changed, at most 500; more than that comes as a reset. */
      incidentIds: z.array(id),
      /** Chats whose row or messages changed, at most 500; more than that comes as a reset. */
      chatIds: z.array(id),
    }),
  ),
} as const;

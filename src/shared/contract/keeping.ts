import { z } from 'zod';
import { command, query, stream, task } from '../rpc/define.ts';
import { alertKinds } from '../domain/alert-kinds.ts';
import { done, empty, file, id, time } from './common.ts';

const days = (least: number) => z.int().min(least).max(3650).nullable();

export const keepingSettings = z.object({
  /** Where whole backups go; null: none are made. */
  backupDirectory: z.string().trim().min(1).max(500).nullable(),
  fullEveryHours: z.int().min(1).max(168),
  keepDays: z.int().min(1).max(365),
  keepWeeks: z.int().min(0).max(260),
  /** After an incident was closed; null: for ever. */
  attachmentDays: days(30),
  letterDays: days(30),
  /** Words of letters, with the raw letter, and of notes. */
  textDays: days(90),
  /** Databases that a restore set aside, and logs. */
  asideDays: days(7),
  alertEmails: z.array(z.email().max(320)).max(10),
  /** A chat of a signed-in Telegram account. */
  alertChatId: id.nullable(),
  alertKinds: z.array(z.enum(alertKinds)),
  /** How long a channel may be dead before somebody is told. */
  deadMinutes: z.int().min(2).max(1440),
});
export type KeepingSettings = z.infer<typeof keepingSettings>;

export const backupSet = z.object({
  name: z.string(),
  path: z.string(),
  madeAt: time,
  reason: z.enum(['full', 'move']),
  codePrefix: z.string(),
  pult: z.string(),
  /** Of this desk, not of another on the same disk. */
  own: z.boolean(),
  bytes: z.number(),
  files: z.int(),
  missing: z.int(),
  /** Whether the recovery key opens its passwords. */
  recovery: z.boolean(),
});
export type BackupSetView = z.infer<typeof backupSet>;

const setVerdict = z.object({
  ok: z.boolean(),
  reason: z.string().nullable(),
  files: z.int(),
  missing: z.int(),
  damaged: z.int(),
});
export type SetVerdictView = z.infer<typeof setVerdict>;

const keepingWork = z.object({
  what: z.enum(['full', 'check', 'restore', 'move', 'retention']),
  phase: z.enum(['database', 'files', 'check']),
  done: z.int(),
  total: z.int(),
});
export type KeepingWork = z.infer<typeof keepingWork>;

const retentionCounts = z.object({
  incidents: z.int(),
  attachments: z.int(),
  letters: z.int(),
  /** Letters and chat messages whose words go. */
  texts: z.int(),
  notes: z.int(),
  bytes: z.number(),
  /** Files nobody names, and databases and logs past their time. */
  leftovers: z.int(),
});
export type RetentionCounts = z.infer<typeof retentionCounts>;

const listChanges = z.object({
  list: z.string(),
  added: z.array(z.string()),
  changed: z.array(z.string()),
  retired: z.array(z.string()),
});
export type ListChanges = z.infer<typeof listChanges>;

const alertRow = z.object({
  id,
  kind: z.enum(alertKinds),
  subject: z.string(),
  beganAt: time,
  endedAt: time.nullable(),
  toldAt: time.nullable(),
});

const path = z.strictObject({ path: z.string().trim().min(1).max(500) });

/** Backups, moving, retention, recovery, support. */
export const keepingContract = {
  settings: query(
    empty,
    z.object({
      settings: keepingSettings,
      /** Put to rest: nothing comes in and nothing goes out, because another computer does it. */
      restingSince: time.nullable(),
      dataDir: z.string(),
      onSameDisk: z.boolean().nullable(),
    }),
  ),
  /** Makes the directory for backups; `invalid-input` (reasons `directory-relative`, `directory-inside`, `alert-own-address`), `unavailable` (`backup-directory`). */
  saveSettings: task(z.strictObject({ settings: keepingSettings.partial() }), done),
  /** Of the directory in the settings, or of any other. */
  sets: query(
    z.strictObject({ path: z.string().max(500).nullable() }),
    z.object({ sets: z.array(backupSet) }),
  ),
  makeFull: task(empty, z.object({ name: z.string() })),
  checkSet: task(path.extend({ deep: z.boolean() }), setVerdict),
  /** Checks, brings the files in, restarts on it; the page reconnects by itself. */
  restoreSet: task(path, done),
  /** Ends the work under way. */
  cancel: task(empty, done),
  work: stream(empty, z.object({ work: keepingWork.nullable() })),
  recovery: query(
    empty,
    z.object({
      locked: z.boolean(),
      madeAt: time.nullable(),
      store: z.enum(['system', 'keyring', 'file']),
    }),
  ),
  /** A task, not a command: the answer of a command is kept, and this one must stand nowhere. */
  beginRecovery: task(empty, z.object({ key: z.string(), ask: z.tuple([z.int(), z.int()]) })),
  confirmRecovery: task(z.strictObject({ groups: z.tuple([z.string().max(20), z.string().max(20)]) }), done),
  removeRecovery: task(empty, done),
  unlock: task(z.strictObject({ key: z.string().min(1).max(200) }), done),
  giveUpSecrets: task(empty, done),
  /** Puts the desk to rest and makes a whole backup of it there. */
  move: task(path, z.object({ path: z.string() })),
  wake: task(empty, done),
  previewRetention: task(empty, retentionCounts),
  runRetention: task(empty, retentionCounts),
  alerts: query(empty, z.object({ alerts: z.array(alertRow), failure: z.string().nullable() })),
  /** Tells everybody who would be told; throws what stands in the way. */
  testAlert: task(empty, z.object({ told: z.int() })),
  previewSupport: task(
    empty,
    z.object({ files: z.array(z.object({ name: z.string(), bytes: z.int(), text: z.string() })) }),
  ),
  makeSupport: task(empty, file),
  exportLists: query(empty, z.object({ fileName: z.string(), text: z.string() })),
  /** `invalid-input` (reason `lists-file`, with `where` and `problem`). */
  previewLists: task(
    z.strictObject({ text: z.string().max(5_000_000) }),
    z.object({ changes: z.array(listChanges) }),
  ),
  importLists: command(
    z.strictObject({ text: z.string().max(5_000_000) }),
    z.object({ undo: z.int().nullable() }),
  ),
  /** Puts the lists back to before that import. */
  undoLists: command(z.strictObject({ sequence: z.int() }), done),
} as const;

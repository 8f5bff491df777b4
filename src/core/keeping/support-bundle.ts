import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import type { KeepingSettings } from '../../shared/contract/keeping.ts';
import type { DeskSettings } from '../../shared/contract/settings.ts';
import { countRows, type RowCounts } from '../db/row-counts.ts';
import type { Db } from '../db/open.ts';
import type { AlertRecord } from '../db/alert-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDir } from '../platform/data-dir.ts';
import type { Health } from '../platform/service.ts';
import { namesIn } from './durable-files.ts';
import { openLogLine } from './support-log.ts';

export type SupportFile = { readonly name: string; readonly text: string };

export type SupportParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly dataDir: DataDir;
  readonly about: { readonly version: string; readonly build: string; readonly shell: string };
  readonly schema: number;
  readonly secretStore: string;
  readonly deskSettings: () => DeskSettings;
  readonly keepingSettings: () => KeepingSettings;
  readonly healths: () => Readonly<Record<string, { readonly health: Health }>>;
  readonly alerts: () => readonly AlertRecord[];
  readonly workstation: string;
};

const mostLogBytes = 3_000_000;
const mostErrors = 200;

/** What a stranger needs to find a fault, and nothing of what letters, people and passwords say. */
export async function supportFiles(parts: SupportParts): Promise<SupportFile[]> {
  const lines = await logLines(parts.dataDir.logs);
  const errors = lines.filter((line) => line['level'] === 'error').slice(-mostErrors);
  return [
    { name: 'about.json', text: pretty(await about(parts)) },
    { name: 'settings.json', text: pretty(settingsOf(parts)) },
    { name: 'health.json', text: pretty(healthOf(parts)) },
    { name: 'errors.jsonl', text: toLines(errors) },
    { name: 'log.jsonl', text: toLines(lines) },
  ];
}

export function packSupport(files: readonly SupportFile[], now: number): NodeJS.ReadableStream {
  const zip = new ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name, { mtime: new Date(now) });
  zip.end();
  return zip.outputStream;
}

async function about({ db, clock, dataDir, about: program, schema, secretStore, workstation }: SupportParts) {
  const sizeOf = async (path: string) => (await stat(path).catch(() => ({ size: 0 }))).size;
  const backups = await namesIn(dataDir.backups);
  const rows: RowCounts = countRows(db);
  return {
    ...program,
    at: new Date(clock.now()).toISOString(),
    // Tells two bundles of one desk, and nobody who the desk is.
    desk: hash(workstation, workstation),
    system: { platform: platform(), release: release(), arch: arch(), processors: cpus().length },
    memory: { total: totalmem(), free: freemem() },
    node: process.version,
    schema,
    secretStore,
    disk: { free: dataDir.freeBytes() },
    database: { bytes: await sizeOf(dataDir.db), log: await sizeOf(`${dataDir.db}-wal`) },
    backups: backups.length,
    rows,
  };
}

function settingsOf({ deskSettings, keepingSettings, workstation }: SupportParts) {
  const { zone, codePrefix, undoSeconds, alarmAfterSeconds, logLevel } = deskSettings();
  const { alertEmails, alertChatId, backupDirectory, ...keeping } = keepingSettings();
  return {
    desk: { zone, codePrefix, undoSeconds, alarmAfterSeconds, logLevel },
    keeping: {
      ...keeping,
      backupDirectory: backupDirectory !== null,
      alertEmails: alertEmails.map((address) => hash(address.toLowerCase(), workstation)),
      alertChat: alertChatId !== null,
    },
  };
}

function healthOf({ healths, alerts }: SupportParts) {
  return {
    services: Object.fromEntries(
      Object.entries(healths()).map(([name, { health }]) => [
        name,
        { state: health.state, reason: health.reason ?? null, facts: numbersOf(health.facts ?? {}) },
      ]),
    ),
    alerts: alerts().map(({ kind, beganAt, endedAt, toldAt }) => ({ kind, beganAt, endedAt, toldAt })),
  };
}

function numbersOf(facts: Readonly<Record<string, string | number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      typeof value === 'number' ? [[name, value] as const] : [],
    ),
  );
}

/** The end of the log, newest last. */
async function logLines(logs: string): Promise<Record<string, unknown>[]> {
  const path = join(logs, 'pult.log');
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size === 0) return [];
  const file = await open(path, 'r');
  try {
    const from = Math.max(0, size - mostLogBytes);
    const { buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.toString('utf8').split('\n');
    // The first one is cut where the rest was left out.
    const whole = lines.slice(from > 0 ? 1 : 0).map(openLogLine);
    return whole.filter((line) => line !== undefined);
  } finally {
    await file.close();
  }
}

/** Tells one address from another, and with the desk's own salt not which it is. */
function hash(text: string, salt: string): string {
  return createHash('sha256').update(`${salt} ${text}`).digest('hex').slice(0, 12);
}

function toLines(records: readonly object[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}

function pretty(value: object): string {
  return JSON.stringify(value, null, 2);
}

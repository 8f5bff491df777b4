import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { attachmentPath, incomingDir } from '../../src/core/mail/parse/attachment-files.ts';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import type { Accepted } from './crash-hands.ts';
import { crashAccounts, type CrashMail } from './crash-mail.ts';

export type Findings = {
  /** Each a broken promise, in words; none is the only good number. */
  readonly problems: readonly string[];
  readonly lost: number;
  readonly letters: number;
  readonly commands: number;
  readonly sent: number;
  /** Copies in Sent the desk made itself. */
  readonly copiesPlaced: number;
  /** Letters nobody knew about until their copy was found in Sent: by what made them unknown. */
  readonly resolved: { readonly afterKill: number; readonly afterSilence: number };
  /** Shown to a person, split by what the server knows. */
  readonly unknownAtServer: number;
  readonly unknownNeverThere: number;
};

type Parts = {
  readonly dataDir: string;
  readonly mail: CrashMail;
  readonly accepted: readonly Accepted[];
};

type Look = Parts & { readonly db: Database.Database; readonly problem: (words: string) => void };

/** Compares a stopped desk with its servers and with what its pages were promised. */
export async function checkDesk(parts: Parts): Promise<Findings> {
  const { db: file } = createDataDir(parts.dataDir);
  const problems: string[] = [];
  const db = new Database(file, { readonly: true });
  const look: Look = { ...parts, db, problem: (words) => void problems.push(words) };
  try {
    checkSound(look);
    const lost = checkLetters(look);
    await checkNumbers(look);
    checkFiles(look);
    checkCommands(look);
    const outbox = checkOutbox(look);
    const copiesPlaced = await checkOwnCopies(look);
    checkTidy(look);
    const { mail, accepted } = parts;
    return {
      problems,
      lost,
      letters: mail.delivered.length,
      commands: accepted.length,
      copiesPlaced,
      ...outbox,
    };
  } finally {
    db.close();
  }
}

/** What a kill left, seen on a copy, so that the host meets its files as they are. */
export function inspectRemains(
  copy: string,
  inFlight: readonly string[],
): {
  readonly isSound: boolean;
  /** Of those in flight: done, only their answer is missing. */ readonly done: number;
} {
  const db = new Database(copy);
  try {
    const isSound = db.pragma('integrity_check', { simple: true }) === 'ok';
    const tables = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'applied_command'").all();
    if (tables.length === 0) return { isSound, done: 0 };
    const applied = db.prepare('SELECT 1 FROM applied_command WHERE id = ?');
    return { isSound, done: inFlight.filter((id) => applied.get(id) !== undefined).length };
  } finally {
    db.close();
  }
}

function checkSound({ db, problem }: Look): void {
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') problem(`integrity_check: ${String(integrity)}`);
  const foreign = db.pragma('foreign_key_check') as unknown[];
  if (foreign.length > 0) problem(`${foreign.length} rows point nowhere`);
}

function checkLetters({ db, mail, problem }: Look): number {
  const count = db
    .prepare<[string], number>("SELECT count(*) FROM message WHERE direction = 'in' AND external_id = ?")
    .pluck();
  let lost = 0;
  for (const { messageId, address } of mail.delivered) {
    const found = count.get(messageId);
    if (found === 1) continue;
    if (found === 0) lost += 1;
    problem(found === 0 ? `lost: ${messageId} of ${address}` : `${found} times: ${messageId}`);
  }
  const all = db.prepare<[], number>("SELECT count(*) FROM message WHERE direction = 'in'").pluck().get();
  if (lost === 0 && all !== mail.delivered.length) problem(`${all} letters, ${mail.delivered.length} came`);
  return lost;
}

/** Every UID the server has is a raw row, and every raw row became a message. */
async function checkNumbers({ db, mail, problem }: Look): Promise<void> {
  const rows = db.prepare<[string, string], { uid: number; state: string; messageId: number | null }>(
    `SELECT raw.uid, raw.state, raw.message_id AS messageId FROM raw_message raw
     JOIN mail_folder folder ON folder.id = raw.folder_id AND folder.uidvalidity = raw.uidvalidity
     JOIN account ON account.id = raw.account_id WHERE account.address = ? AND folder.role = ?`,
  );
  const folders = [
    ['inbox', 'INBOX'],
    ['sent', mail.dovecot.sentFolder],
  ] as const;
  for (const address of Object.values(crashAccounts)) {
    for (const [role, folder] of folders) {
      const known = rows.all(address, role);
      const uids = new Set(known.map(({ uid }) => uid));
      const onServer = await mail.dovecot.uids(address, folder);
      const missing = onServer.filter((uid) => !uids.has(uid));
      if (missing.length > 0) problem(`${address} ${role}: UIDs ${missing.join(' ')} were never stored`);
      if (known.length > onServer.length) problem(`${address} ${role}: more rows than letters`);
      const stuck = known.filter(({ state, messageId }) => state !== 'parsed' || messageId === null);
      if (stuck.length > 0)
        problem(`${address} ${role}: ${stuck.length} letters ended as ${stuck[0]!.state}`);
      const messages = new Set(known.map(({ messageId }) => messageId));
      if (messages.size !== known.length) problem(`${address} ${role}: two letters became one message`);
    }
  }
}

function checkFiles({ db, dataDir, problem }: Look): void {
  const { raw, attachments, tmp } = createDataDir(dataDir);
  const check = (table: string, toFile: (sha256: string) => string) => {
    for (const sha256 of db.prepare<[], string>(`SELECT DISTINCT sha256 FROM ${table}`).pluck().all()) {
      const file = toFile(sha256);
      const actual = existsSync(file)
        ? createHash('sha256').update(readFileSync(file)).digest('hex')
        : 'none';
      if (actual !== sha256) problem(`the file of ${table} ${sha256} is ${actual}`);
    }
  };
  check('raw_message', (sha256) => join(raw, sha256.slice(0, 2), `${sha256}.eml`));
  check('attachment', (sha256) => attachmentPath(attachments, sha256));
  const left = [...readdirSync(tmp), ...readdirSync(incomingDir(attachments))];
  if (left.length > 0) problem(`half-written files were left: ${left.join(' ')}`);
}

const counted: Readonly<Record<string, string>> = {
  'incidents.open': "SELECT count(*) FROM incident WHERE channel = 'phone' AND title = 'Звонок ' || :marker",
  'incidents.setType':
    "SELECT count(*) FROM journal WHERE subject_kind = 'incident' AND subject_id = :incidentId AND kind = 'incident.type-changed'",
  'incidents.edit':
    "SELECT count(*) FROM journal WHERE subject_kind = 'incident' AND subject_id = :incidentId AND kind = 'incident.edited'",
  'drafts.save': `SELECT (SELECT count(*) FROM draft WHERE subject = 'Ответ ' || :marker AND body LIKE '%: ' || :marker || '%')
     + (SELECT count(*) FROM message WHERE subject = 'Ответ ' || :marker AND text LIKE '%: ' || :marker || '%')`,
  'outbox.send': "SELECT count(*) FROM message WHERE direction = 'out' AND subject = 'Ответ ' || :marker",
};

/** Each accepted command is there once, with the very answer it gave, and nothing is there that nobody asked for. */
function checkCommands({ db, accepted, problem }: Look): void {
  const result = db.prepare<[string], string>('SELECT result FROM applied_command WHERE id = ?').pluck();
  for (const { commandId, path, output, marker, incidentId } of accepted) {
    const known = result.get(commandId);
    if (known === undefined) problem(`forgotten: ${path} ${marker}`);
    else if (JSON.stringify(sorted(JSON.parse(known))) !== JSON.stringify(sorted(output))) {
      problem(`another answer: ${path} ${marker}`);
    }
    const sql = counted[path];
    if (sql === undefined) continue;
    const times = db.prepare<[object], number>(sql).pluck().get({ marker, incidentId });
    if (times !== 1) problem(`${times} times: ${path} ${marker}`);
  }
  const applied = db.prepare<[], number>('SELECT count(*) FROM applied_command').pluck().get();
  if (applied !== accepted.length) problem(`${applied} commands applied, ${accepted.length} accepted`);
  const totals = [
    ['incidents.open', "SELECT count(*) FROM incident WHERE channel = 'phone'"],
    ['outbox.send', 'SELECT count(*) FROM outbox'],
    ['outbox.send', "SELECT count(*) FROM message WHERE direction = 'out'"],
  ] as const;
  for (const [path, sql] of totals) {
    const asked = accepted.filter((one) => one.path === path).length;
    const done = db.prepare<[], number>(sql).pluck().get();
    if (done !== asked) problem(`${path}: ${asked} accepted, ${done} done`);
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}

type OutboxRow = { readonly state: string; readonly externalId: string; readonly address: string };

function checkOutbox({ db, mail, problem }: Look) {
  const atServer = new Map<string, number>();
  for (const { messageId = '' } of mail.sink.accepted) {
    atServer.set(messageId, (atServer.get(messageId) ?? 0) + 1);
  }
  const rows = db
    .prepare<[], OutboxRow>(
      `SELECT o.state, m.external_id AS externalId, a.address FROM outbox o
       JOIN message m ON m.id = o.message_id JOIN account a ON a.id = o.account_id`,
    )
    .all();
  let unknownAtServer = 0;
  let unknownNeverThere = 0;
  for (const { state, externalId, address } of rows) {
    const times = atServer.get(externalId) ?? 0;
    if (times > 1) problem(`sent ${times} times: ${externalId}`);
    if (state === 'unknown') {
      if (times === 0) unknownNeverThere += 1;
      else unknownAtServer += 1;
      if (times > 0 && address === crashAccounts.copies) problem(`in Sent, but unknown: ${externalId}`);
    } else if (state !== 'accepted') problem(`stuck as ${state}: ${externalId}`);
    else if (times === 0) problem(`accepted, but not at the server: ${externalId}`);
  }
  return { sent: rows.length, resolved: countResolved(db), unknownAtServer, unknownNeverThere };
}

function countResolved(db: Database.Database): Findings['resolved'] {
  const resolved = db
    .prepare<[], { interrupted: number }>(
      `SELECT EXISTS (SELECT 1 FROM attempt WHERE outbox_id = json_extract(journal.payload, '$.outboxId')
         AND outcome = 'unknown' AND code = 'interrupted') AS interrupted
       FROM journal WHERE kind = 'incident.letter-settled' AND json_extract(payload, '$.by') = 'found-in-sent'`,
    )
    .all();
  const afterKill = resolved.filter(({ interrupted }) => interrupted === 1).length;
  return { afterKill, afterSilence: resolved.length - afterKill };
}

/** A copy placed just before a kill is found by the next start and not placed again. */
async function checkOwnCopies({ db, mail, problem }: Look): Promise<number> {
  const inSent = (await mail.dovecot.uids(crashAccounts.own, mail.dovecot.sentFolder)).length;
  const known = db
    .prepare<[string], number>(
      `SELECT count(*) FROM outbox o JOIN account a ON a.id = o.account_id
       WHERE a.address = ? AND o.sent_copy IN ('appended', 'found')`,
    )
    .pluck()
    .get(crashAccounts.own);
  if (known !== inSent) problem(`${inSent} copies in Sent, ${known} known`);
  return inSent;
}

/** What must not exist in a desk at rest; each query counts the offenders. */
const untidy: Readonly<Record<string, string>> = {
  'attempts without an end': 'SELECT count(*) FROM attempt WHERE ended_at IS NULL',
  'letters on a lease': 'SELECT count(*) FROM outbox WHERE lease_until IS NOT NULL',
  'incidents without a clock':
    'SELECT count(*) FROM incident WHERE id NOT IN (SELECT incident_id FROM incident_clock)',
  'incidents nobody was given': 'SELECT count(*) FROM incident WHERE assignee_id IS NULL',
  'conversations without letters':
    'SELECT count(*) FROM conversation WHERE id NOT IN (SELECT conversation_id FROM message)',
  'incidents not opened once': `SELECT count(*) FROM incident WHERE 1 <> (SELECT count(*) FROM journal
     WHERE kind = 'incident.opened' AND subject_kind = 'incident' AND subject_id = incident.id)`,
  'letters joined twice': `SELECT count(*) FROM (SELECT 1 FROM journal WHERE kind = 'incident.letter-joined'
     GROUP BY json_extract(payload, '$.messageId') HAVING count(*) > 1)`,
  'letters accepted twice': `SELECT count(*) FROM (SELECT 1 FROM journal
     WHERE kind IN ('incident.letter-accepted', 'incident.letter-settled')
     GROUP BY json_extract(payload, '$.outboxId') HAVING count(*) > 1)`,
};

function checkTidy({ db, problem }: Look): void {
  for (const [words, sql] of Object.entries(untidy)) {
    const count = db.prepare<[], number>(sql).pluck().get();
    if (count !== 0) problem(`${words}: ${count}`);
  }
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { createChainCheck, type ChainFault } from '../../src/core/journal/chain-check.ts';
import type { JournalRow } from '../../src/core/db/journal-store.ts';
import { dataFolder, databaseFile, openReading } from './open-reading.ts';
import { verifyFiles } from './verify-files.ts';

export type Check = { readonly name: string; readonly ok: boolean; readonly text: string };

type Options = {
  readonly path: string;
  readonly files: boolean;
  /** `sequence:hash` that was kept outside. */
  readonly head: string | undefined;
  readonly progress: (text: string) => void;
};

const progressEvery = 20_000;
/** Of one check; the first tells where to look, thousands tell nothing more. */
const mostFaults = 10;
const columns = `sequence, uuid, at, workstation, actor_id AS actorId, subject_kind AS subjectKind,
  subject_id AS subjectId, kind, payload, previous_hash AS previousHash, hash`;

/** Everything that can be proved by the files alone. */
export async function verifyData({ path, files, head, progress }: Options): Promise<readonly Check[]> {
  const file = databaseFile(path);
  const { database, close } = openReading(file);
  try {
    const chain = walkChain(database, progress);
    const checks = [chain.check, countCheck(database, chain.last), ...keptHead(database, head)];
    checks.push(backupHeads(database, file));
    if (files) checks.push(...(await verifyFiles(database, dataFolder(file), progress)));
    return checks;
  } finally {
    close();
  }
}

function walkChain(database: Database.Database, progress: Options['progress']) {
  const total = database.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0;
  const rows = database.prepare<[], JournalRow>(`SELECT ${columns} FROM journal ORDER BY sequence`);
  const chain = createChainCheck();
  const faults: ChainFault[] = [];
  for (const row of rows.iterate()) {
    const fault = chain.take(row);
    if (fault && faults.length < mostFaults) faults.push(fault);
    if (chain.count() % progressEvery === 0) progress(`journal ${chain.count()} of ${total}`);
  }
  const last = chain.head();
  const text =
    faults.length === 0
      ? `${chain.count()} entries, each follows from the one before; head ${last.sequence}:${last.hash}`
      : faults.map(faultText).join('; ');
  return { last, check: { name: 'chain', ok: faults.length === 0, text } };
}

const faultWords: Readonly<Record<ChainFault['fault'], string>> = {
  gap: 'the entries before it are missing',
  unlinked: 'it does not follow the entry before it',
  altered: 'it does not say what was written',
};

function faultText({ sequence, fault }: ChainFault): string {
  return `entry ${sequence}: ${faultWords[fault]}`;
}

/** A chain whose end was cut off is whole in itself: the database keeps the number of the last entry apart. */
function countCheck(database: Database.Database, last: { readonly sequence: number }): Check {
  const written = database
    .prepare<[], number>("SELECT value FROM counter WHERE name = 'journal-sequence'")
    .pluck()
    .get();
  const name = 'end';
  if (written === undefined) return { name, ok: true, text: 'no count kept: made by an older version' };
  const ok = last.sequence >= written;
  const missing = `entries ${last.sequence + 1} to ${written} are gone`;
  return { name, ok, text: ok ? `the last entry is ${written}, as was counted` : missing };
}

/** Whoever can write the database can rewrite all of it, counter included: only a head kept elsewhere shows that. */
function keptHead(database: Database.Database, head: string | undefined): Check[] {
  if (head === undefined) return [];
  const [sequence = '', hash = ''] = head.split(':');
  const ok = hash !== '' && hashAt(database, Number(sequence)) === hash;
  const text = ok
    ? `entry ${sequence} is the one that was kept`
    : `entry ${sequence} is another one, or gone`;
  return [{ name: 'kept head', ok, text }];
}

/** Each backup holds the head of its moment; what was rewritten or cut since then does not carry it any more. */
function backupHeads(database: Database.Database, file: string): Check {
  const folder = join(dataFolder(file), 'backups');
  const names = readNames(folder).filter((name) => name.endsWith('.db') && join(folder, name) !== file);
  const faults: string[] = [];
  let compared = 0;
  for (const name of names) {
    const head = headOf(join(folder, name));
    if (!head) continue;
    compared += 1;
    if (hashAt(database, head.sequence) === head.hash || wasRestoredAfter(database, head.at)) continue;
    faults.push(`entry ${head.sequence} is not the one of ${name}`);
  }
  const ok = faults.length === 0;
  const text = ok ? `${compared} carried on by the journal` : faults.slice(0, mostFaults).join('; ');
  return { name: 'heads of backups', ok, text };
}

/** What came between a backup and a restore of an older one is lost by a person's will, and the journal says so. */
function wasRestoredAfter(database: Database.Database, at: number): boolean {
  const found = database.prepare("SELECT 1 FROM journal WHERE kind = 'desk.restored' AND at >= ? LIMIT 1");
  return found.get(at) !== undefined;
}

function hashAt(database: Database.Database, sequence: number): string | undefined {
  return database
    .prepare<[number], string>('SELECT hash FROM journal WHERE sequence = ?')
    .pluck()
    .get(sequence);
}

function headOf(
  file: string,
): { readonly sequence: number; readonly hash: string; readonly at: number } | undefined {
  try {
    const { database, close } = openReading(file);
    try {
      return database
        .prepare<[], { sequence: number; hash: string; at: number }>(
          'SELECT sequence, hash, at FROM journal ORDER BY sequence DESC LIMIT 1',
        )
        .get();
    } finally {
      close();
    }
  } catch {
    // No database: a damaged or foreign file in the folder of backups proves nothing either way.
    return undefined;
  }
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A file that lies alone has no backups beside it.
    return [];
  }
}

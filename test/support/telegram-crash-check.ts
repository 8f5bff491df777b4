import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { CrashPage } from './crash-page.ts';
import type { Written } from './telegram-crash-desk.ts';
import type { TelegramControl } from './telegram-dc/control-client.ts';
import type { LogEntry } from './telegram-dc/operations.ts';
import { irina } from './telegram-dc/sample-world.ts';

/** What a kill left, seen on a copy, so that the host meets its files as they are. */
export type Remains = {
  readonly isSound: boolean;
  /** State in the outbox by text; what is missing was never taken. */
  readonly states: ReadonlyMap<string, string>;
};

export function inspectOutbox(db: string, copy: string): Remains {
  for (const end of ['', '-wal']) if (existsSync(db + end)) copyFileSync(db + end, copy + end);
  const file = new Database(copy);
  try {
    const rows = file
      .prepare<[], { text: string; state: string }>(
        'SELECT m.text, o.state FROM outbox o JOIN message m ON m.id = o.message_id',
      )
      .all();
    const isSound = file.pragma('integrity_check', { simple: true }) === 'ok';
    return { isSound, states: new Map(rows.map(({ text, state }) => [text, state])) };
  } finally {
    file.close();
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}

/** How many of them have not left, or have no number yet. */
export function countWaiting(db: string): number {
  const file = new Database(db, { readonly: true });
  try {
    const sql = `SELECT (SELECT count(*) FROM outbox WHERE state <> 'accepted')
      + (SELECT count(*) FROM chat_message WHERE random_id IS NOT NULL AND server_id IS NULL)`;
    return file.prepare<[], number>(sql).pluck().get() ?? 0;
  } finally {
    file.close();
  }
}

type Row = { readonly randomId: string; readonly serverId: number | null; readonly text: string };

/** Compares messages that have left with the servers; each broken promise in words. */
export async function checkSent(
  written: readonly Written[],
  parts: { readonly db: string; readonly rpc: CrashPage['rpc']; readonly control: TelegramControl },
): Promise<readonly string[]> {
  const log = await parts.control.log({ account: irina.account });
  const file = new Database(parts.db, { readonly: true });
  try {
    const rowsOf = file.prepare<[string], Row>(
      `SELECT random_id AS randomId, server_id AS serverId, c.text FROM chat_message c
       JOIN message m ON m.id = c.message_id WHERE m.text = ? ORDER BY c.id`,
    );
    const findings = await Promise.all(
      written.map(async (one) => [
        ...compare(one, log, rowsOf.all(one.text)),
        ...(await compareScreen(one, parts.rpc)),
      ]),
    );
    return findings.flat();
  } finally {
    file.close();
  }
}

function compare({ text, chat, files }: Written, log: readonly LogEntry[], rows: readonly Row[]): string[] {
  const problems: string[] = [];
  const there = log.filter((entry) => entry.chat === chat && entry.text === text);
  if (there.length !== 1) problems.push(`${there.length} times on the server: ${text}`);
  for (const sha256 of files) {
    const times = log.filter((entry) => entry.file?.sha256 === sha256).length;
    if (times !== 1) problems.push(`a file ${times} times on the server: ${text}`);
  }
  const expected = Math.max(1, files.length);
  if (rows.length !== expected) problems.push(`${rows.length} rows in the desk: ${text}`);
  for (const { randomId, serverId } of rows) {
    const same = log.filter((entry) => entry.randomId === randomId);
    if (same.length !== 1) problems.push(`${same.length} times by its random id: ${text}`);
    else if (same[0]?.id !== serverId) problems.push(`${serverId} here, ${same[0]?.id} there: ${text}`);
  }
  return problems;
}

/** What the dispatcher sees: once, and sent. */
async function compareScreen({ text, chatId }: Written, { chats }: CrashPage['rpc']): Promise<string[]> {
  const { messages } = await chats.history({ id: chatId, limit: 200 });
  const shown = messages.filter((message) => message.text === text);
  const states = shown.map(({ outbox, serverId }) => (serverId === null ? 'waits' : outbox?.state));
  return states.join(' ') === 'accepted' ? [] : [`shown as "${states.join(' ')}": ${text}`];
}

/** Of a stopped desk. */
export function checkTidy(db: string): readonly string[] {
  const file = new Database(db, { readonly: true });
  try {
    const count = (sql: string) => file.prepare<[], number>(sql).pluck().get() ?? 0;
    const offenders = {
      'rows that point nowhere': (file.pragma('foreign_key_check') as unknown[]).length,
      'attempts without an end': count('SELECT count(*) FROM attempt WHERE ended_at IS NULL'),
      'messages on a lease': count('SELECT count(*) FROM outbox WHERE lease_until IS NOT NULL'),
      'messages not sent': count("SELECT count(*) FROM outbox WHERE state <> 'accepted'"),
      'rows of one server number': count(
        `SELECT count(*) FROM (SELECT 1 FROM chat_message WHERE server_id IS NOT NULL
         GROUP BY chat_id, server_id HAVING count(*) > 1)`,
      ),
    };
    const found = Object.entries(offenders).filter(([, times]) => times > 0);
    const sound = file.pragma('integrity_check', { simple: true });
    return [
      ...found.map(([what, times]) => `${times} ${what}`),
      ...(sound === 'ok' ? [] : [`integrity_check: ${String(sound)}`]),
    ];
  } finally {
    file.close();
  }
}

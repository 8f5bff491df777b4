import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ChatMessage } from '../../src/shared/contract/chats.ts';
import type { CrashPage } from './crash-page.ts';
import type { Written } from './telegram-crash-desk.ts';
import type { TelegramControl } from './telegram-dc/control-client.ts';
import type { LogEntry } from './telegram-dc/operations.ts';
import { irina } from './telegram-dc/sample-world.ts';

/** What a kill left, seen on a copy, so that the host meets its files as they are. */
export type Remains = {
  readonly isSound: boolean;
  /** State in the outbox by text, the last that was said; what is missing was never taken. */
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

type Row = { readonly randomId: string; readonly serverId: number | null };

type Known = { readonly times: number; readonly log: readonly LogEntry[]; readonly rows: readonly Row[] };

type CheckParts = {
  readonly db: string;
  readonly rpc: CrashPage['rpc'];
  readonly control: TelegramControl;
  /** Everything so far, for words that were said more than once. */
  readonly all: readonly Written[];
};

/** Compares messages that have left with the servers; each broken promise in words. */
export async function checkSent(written: readonly Written[], parts: CheckParts): Promise<readonly string[]> {
  const log = await parts.control.log({ account: irina.account });
  const file = new Database(parts.db, { readonly: true });
  try {
    const rowsOf = file.prepare<[string, number], Row>(
      `SELECT random_id AS randomId, server_id AS serverId FROM chat_message c
       JOIN message m ON m.id = c.message_id WHERE m.text = ? AND c.chat_id = ? ORDER BY c.id`,
    );
    const findings = await Promise.all(
      written.map(async (one) => {
        const times = parts.all.filter(({ text, chat }) => text === one.text && chat === one.chat).length;
        const rows = rowsOf.all(one.text, one.chatId);
        return [...compare(one, { times, log, rows }), ...(await compareScreen(one, times, parts.rpc))];
      }),
    );
    return [...new Set(findings.flat())];
  } finally {
    file.close();
  }
}

function compare({ text, chat, files }: Written, { times, log, rows }: Known): string[] {
  const problems: string[] = [];
  const there = log.filter((entry) => entry.chat === chat && entry.text === text);
  if (there.length !== times) problems.push(`${there.length} times on the server, not ${times}: ${text}`);
  for (const sha256 of files) {
    const copies = log.filter((entry) => entry.file?.sha256 === sha256).length;
    if (copies !== 1) problems.push(`a file ${copies} times on the server: ${text}`);
  }
  const expected = times * Math.max(1, files.length);
  if (rows.length !== expected) problems.push(`${rows.length} rows in the desk: ${text}`);
  for (const { randomId, serverId } of rows) {
    const same = log.filter((entry) => entry.randomId === randomId);
    if (same.length !== 1) problems.push(`${same.length} times by its random id: ${text}`);
    else if (same[0]?.id !== serverId) problems.push(`${serverId} here, ${same[0]?.id} there: ${text}`);
  }
  return problems;
}

/** What the dispatcher sees: as often as it was written, and sent. */
async function compareScreen(
  { text, chatId }: Written,
  times: number,
  { chats }: CrashPage['rpc'],
): Promise<string[]> {
  const shown = (await readChat(chats, chatId)).filter((message) => message.text === text);
  const states = shown.map(({ outbox, serverId }) => (serverId === null ? 'waits' : outbox?.state));
  const isRight = states.length === times && states.every((state) => state === 'accepted');
  return isRight ? [] : [`shown as "${states.join(' ')}": ${text}`];
}

async function readChat(chats: CrashPage['rpc']['chats'], id: number): Promise<readonly ChatMessage[]> {
  const all: ChatMessage[] = [];
  for (;;) {
    const page = await chats.history({ id, limit: 200, before: all.at(0)?.position ?? null });
    all.unshift(...page.messages);
    if (!page.older) return all;
  }
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

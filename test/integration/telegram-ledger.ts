import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { TelegramDc } from '../support/telegram-dc/telegram-dc.ts';
import { at } from './telegram-whole-desk.ts';

type Key = ReturnType<TelegramDc['log']>[number]['chat'];
type Stored = {
  readonly peer: string;
  readonly id: number | null;
  readonly text: string;
  readonly direction: 'in' | 'out';
  readonly announced: number;
};

/** The newest number of each chat when the desk began to listen. */
export type Beginning = ReadonlyMap<Key, number>;

export type Comparison = {
  /** In words; empty when the desk has what the servers have. */
  readonly problems: readonly string[];
  /** How many messages since the beginning were compared. */
  readonly messages: number;
};

export function newestNumbers(dc: TelegramDc): Beginning {
  return new Map(dc.log(at).map(({ chat, id }) => [chat, id]));
}

/**
 * The desk's database beside the servers' own log, chat by chat: number, hash of the text and order. Of what was said
 * before the desk listened, it must have nothing that the servers have not.
 */
export function compareLogs(dc: TelegramDc, database: string, since: Beginning): Comparison {
  const truth = Map.groupBy(dc.log(at), ({ chat }) => chat);
  const desk = Map.groupBy(readMessages(database), ({ peer }) => peer);
  const problems: string[] = [];
  let messages = 0;
  for (const chat of new Set([...truth.keys(), ...desk.keys()]) as Set<Key>) {
    const from = since.get(chat) ?? 0;
    const isNew = ({ id }: { readonly id: number | null }) => id === null || id > from;
    const all = truth.get(chat) ?? [];
    const told = all.filter(isNew).map(({ id, sha256 }) => `${id} ${isMasked(chat) ? '' : sha256}`);
    const rows = desk.get(chat) ?? [];
    const known = rows
      .filter(isNew)
      .map(({ id, text }) => `${id ?? 'unsent'} ${isMasked(chat) ? '' : hashOf(text)}`);
    messages += told.length;
    const wordsOf = (entry: string) => `${chat} ${entry.split(' ', 1)[0] ?? ''}`;
    problems.push(...lacking(told, known).map((entry) => `lost: ${wordsOf(entry)}`));
    problems.push(...lacking(known, told).map((entry) => `not there: ${wordsOf(entry)}`));
    if (problems.length === 0 && told.join('\n') !== known.join('\n')) problems.push(`out of order: ${chat}`);
    const texts = new Map(all.map(({ id, sha256 }) => [id, sha256]));
    for (const { id, text } of rows) {
      if (isMasked(chat)) continue;
      if (id !== null && id <= from && texts.get(id) !== hashOf(text)) problems.push(`stale: ${chat} ${id}`);
    }
    for (const { id, direction, announced } of rows.filter(isNew)) {
      if (direction === 'in' && announced === 0) problems.push(`never told: ${chat} ${id}`);
    }
  }
  return { problems, messages };
}

/** Telegram's own account, which sends login codes: no code is stored in clear. */
function isMasked(chat: Key): boolean {
  return chat === 'user:777000';
}

/** How often an entry of one list is missing in the other: twice there and once here counts as one. */
function lacking(wanted: readonly string[], found: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const entry of found) left.set(entry, (left.get(entry) ?? 0) + 1);
  return wanted.filter((entry) => {
    const count = left.get(entry) ?? 0;
    left.set(entry, count - 1);
    return count <= 0;
  });
}

/** In the order of the page; what was deleted stays on the desk and is no part of the chat. */
function readMessages(file: string): readonly Stored[] {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database
      .prepare<[], Stored>(
        `SELECT c.peer_id AS peer, m.server_id AS id, m.text, m.direction, m.announced
         FROM chat_message m JOIN chat c ON c.id = m.chat_id
         WHERE m.deleted_at IS NULL ORDER BY m.chat_id, m.position`,
      )
      .all();
    return rows.map((row) => ({ ...row, peer: keyOf(row.peer) }));
  } finally {
    database.close();
  }
}

const kinds: Readonly<Record<string, string>> = { u: 'user', g: 'chat', c: 'channel' };

function keyOf(peer: string): string {
  return `${kinds[peer.slice(0, 1)]}:${peer.slice(1)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export type Letters = {
  /** Numbers of messages that are there and no letter of any incident. */
  readonly missed: readonly number[];
  /** How many messages are a letter, and how many letters those are. */
  readonly taken: number;
  readonly letters: number;
};

/**
 * Of a chat all of whose messages open or join an incident. What was deleted may have gone before it was told, and what
 * the servers' clock dates to before the rule was made is none of the rule's.
 */
export function countLetters(file: string, peer: string, after: number): Letters {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database
      .prepare<
        [string, number],
        { readonly id: number; readonly letter: number | null; readonly deletedAt: number | null }
      >(
        `SELECT m.server_id AS id, m.message_id AS letter, m.deleted_at AS deletedAt
         FROM chat_message m JOIN chat c ON c.id = m.chat_id
         WHERE c.peer_id = ? AND m.server_id > ? AND m.direction = 'in' AND (m.message_id IS NOT NULL
           OR m.sent_at >= (SELECT min(r.created_at) - 60000 FROM chat_rule r WHERE r.chat_id = c.id))`,
      )
      .all(peer, after);
    const letters = rows.flatMap(({ letter }) => letter ?? []);
    return {
      missed: rows.flatMap(({ id, letter, deletedAt }) => ((letter ?? deletedAt) === null ? [id] : [])),
      taken: letters.length,
      letters: new Set(letters).size,
    };
  } finally {
    database.close();
  }
}

import type { Db } from './open.ts';

export type RowCounts = Readonly<Record<string, number>>;

const tables = [
  'incident',
  'message',
  'raw_message',
  'attachment',
  'outbox',
  'journal',
  'account',
  'person',
  'telegram_account',
  'chat',
  'chat_message',
  'asset',
] as const;

/** How large a desk is, by its tables. */
export function countRows(db: Db): RowCounts {
  return Object.fromEntries(
    tables.map((table) => [
      table,
      db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0,
    ]),
  );
}

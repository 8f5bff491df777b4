import type { OutboxState } from './outbox-store.ts';
import type { Db } from './open.ts';

export type ChatNoticeRecord = {
  readonly key: string;
  readonly outboxId: number;
  readonly chatId: number;
  readonly writtenAt: number;
  /** State of the outbox that its delivery has heard of; '' before any. */
  readonly told: string;
  readonly settled: number;
};

export type ChatNoticeStore = {
  find(key: string): ChatNoticeRecord | undefined;
  ofOutbox(outboxId: number): ChatNoticeRecord | undefined;
  /** In the place of one of the same key that was taken back. */
  put(notice: Pick<ChatNoticeRecord, 'key' | 'outboxId' | 'chatId' | 'writtenAt'>): void;
  /** Those whose outbox has moved on since it was told, oldest first, at most 200. */
  untold(): (ChatNoticeRecord & { readonly state: OutboxState })[];
  markTold(key: string, state: OutboxState, isSettled: boolean): void;
  /** Nothing more is expected of what is older. */
  settleBefore(at: number): void;
  /** Messages of the other side after this row, in chats written to since `from`, oldest first. */
  saidAfter(id: number, from: number, limit: number): number[];
  newestMessage(): number;
  /** The notice that the last message of ours before this position is. */
  lastSaid(chatId: number, position: number): ChatNoticeRecord | undefined;
};

const columns = `n.key, n.outbox_id AS outboxId, n.chat_id AS chatId, n.written_at AS writtenAt, n.told, n.settled`;

export function createChatNoticeStore(db: Db): ChatNoticeStore {
  const byKey = db.prepare<[string], ChatNoticeRecord>(
    `SELECT ${columns} FROM chat_notice n WHERE n.key = ?`,
  );
  const byOutbox = db.prepare<[number], ChatNoticeRecord>(
    `SELECT ${columns} FROM chat_notice n WHERE n.outbox_id = ?`,
  );
  const put = db.prepare<[object], void>(
    `INSERT INTO chat_notice (key, outbox_id, chat_id, written_at) VALUES (:key, :outboxId, :chatId, :writtenAt)
     ON CONFLICT (key) DO UPDATE SET outbox_id = :outboxId, chat_id = :chatId, written_at = :writtenAt, told = '',
       settled = 0`,
  );
  const untold = db.prepare<[], ChatNoticeRecord & { readonly state: OutboxState }>(
    `SELECT ${columns}, o.state FROM chat_notice n INDEXED BY chat_notice_open JOIN outbox o ON o.id = n.outbox_id
     WHERE n.settled = 0 AND o.state <> n.told ORDER BY n.written_at LIMIT 200`,
  );
  const told = db.prepare<[string, number, string], void>(
    'UPDATE chat_notice SET told = ?, settled = ? WHERE key = ?',
  );
  const settle = db.prepare<[number], void>(
    'UPDATE chat_notice SET settled = 1 WHERE settled = 0 AND written_at < ?',
  );
  const said = db
    .prepare<[number, number, number], number>(
      `SELECT m.id FROM chat_message m WHERE m.id > ? AND m.direction = 'in' AND m.deleted_at IS NULL
         AND EXISTS (SELECT 1 FROM chat_notice n WHERE n.chat_id = m.chat_id AND n.written_at >= ?)
       ORDER BY m.id LIMIT ?`,
    )
    .pluck();
  const newest = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM chat_message').pluck();
  const lastSaid = db.prepare<[number, number], ChatNoticeRecord>(
    `SELECT ${columns} FROM (
       SELECT m.message_id FROM chat_message m WHERE m.chat_id = ? AND m.position < ? AND m.direction = 'out'
         AND m.deleted_at IS NULL ORDER BY m.position DESC LIMIT 1) last
     JOIN outbox o ON o.message_id = last.message_id JOIN chat_notice n ON n.outbox_id = o.id`,
  );
  return {
    find: (key) => byKey.get(key),
    ofOutbox: (outboxId) => byOutbox.get(outboxId),
    put: (notice) => void put.run(notice),
    untold: () => untold.all(),
    markTold: (key, state, isSettled) => void told.run(state, isSettled ? 1 : 0, key),
    settleBefore: (at) => void settle.run(at),
    saidAfter: (id, from, limit) => said.all(id, from, limit),
    newestMessage: () => newest.get() ?? 0,
    lastSaid: (chatId, position) => lastSaid.get(chatId, position),
  };
}

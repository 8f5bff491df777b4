import type { Db } from './open.ts';

export type ChatRange = { readonly from: number; readonly to: number };

/** Which stretches of a chat's history are stored without a hole. */
export type ChatRangeStore = {
  /** From and to are stored, and so is everything between them: stretches that touch become one. */
  cover(chatId: number, from: number, to: number): void;
  /** The stretch that holds this message. */
  around(chatId: number, serverId: number): ChatRange | undefined;
  /** The highest stretch that ends below this message. */
  below(chatId: number, serverId: number): ChatRange | undefined;
  newest(chatId: number): ChatRange | undefined;
};

export function createChatRangeStore(db: Db): ChatRangeStore {
  const columns = 'from_id AS "from", to_id AS "to"';
  const touching = db.prepare<[number, number, number], ChatRange>(
    `SELECT ${columns} FROM chat_range WHERE chat_id = ? AND from_id <= ? AND to_id >= ?`,
  );
  const remove = db.prepare<[number, number], void>(
    'DELETE FROM chat_range WHERE chat_id = ? AND from_id = ?',
  );
  const insert = db.prepare<[number, number, number], void>(
    'INSERT INTO chat_range (chat_id, from_id, to_id) VALUES (?, ?, ?)',
  );
  const extend = db.prepare<[number, number, number], void>(
    'UPDATE chat_range SET to_id = ? WHERE chat_id = ? AND from_id = ?',
  );
  const below = db.prepare<[number, number], ChatRange>(
    `SELECT ${columns} FROM chat_range WHERE chat_id = ? AND to_id < ? ORDER BY from_id DESC LIMIT 1`,
  );
  const newest = db.prepare<[number], ChatRange>(
    `SELECT ${columns} FROM chat_range WHERE chat_id = ? ORDER BY from_id DESC LIMIT 1`,
  );
  return {
    cover(chatId, from, to) {
      // Neighbours by number are neighbours: no message can stand between them.
      const found = touching.all(chatId, to + 1, from - 1);
      const [only] = found;
      if (found.length === 1 && only !== undefined && only.from <= from) {
        if (only.to < to) extend.run(to, chatId, only.from);
        return;
      }
      for (const range of found) remove.run(chatId, range.from);
      const lowest = Math.min(from, ...found.map((range) => range.from));
      const highest = Math.max(to, ...found.map((range) => range.to));
      insert.run(chatId, lowest, highest);
    },
    around: (chatId, serverId) => touching.get(chatId, serverId, serverId),
    below: (chatId, serverId) => below.get(chatId, serverId),
    newest: (chatId) => newest.get(chatId),
  };
}

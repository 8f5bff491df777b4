import type { ChatRule } from '../../shared/contract/chats.ts';
import type { Db } from './open.ts';

export type ChatRuleRecord = ChatRule & { readonly createdAt: number };

export type ChatRuleStore = {
  ofChat(chatId: number): ChatRuleRecord[];
  find(id: number): ChatRuleRecord | undefined;
  insert(
    rule: Omit<ChatRuleRecord, 'id' | 'hits'> & { readonly createdBy: number | null },
    revision: number,
  ): number;
  /** All but chat and hits. */
  update(rule: Omit<ChatRule, 'hits'>, revision: number): void;
  remove(id: number): void;
  countHit(id: number): void;
};

type Row = Omit<ChatRuleRecord, 'active'> & { readonly active: number };

const columns =
  'id, chat_id AS chatId, kind, value, type_id AS typeId, active, hits, created_at AS createdAt';

export function createChatRuleStore(db: Db): ChatRuleStore {
  const ofChat = db.prepare<[number], Row>(`SELECT ${columns} FROM chat_rule WHERE chat_id = ? ORDER BY id`);
  const find = db.prepare<[number], Row>(`SELECT ${columns} FROM chat_rule WHERE id = ?`);
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO chat_rule (chat_id, kind, value, type_id, active, created_by, created_at, revision)
       VALUES (:chatId, :kind, :value, :typeId, :active, :createdBy, :createdAt, :revision) RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE chat_rule SET kind = :kind, value = :value, type_id = :typeId, active = :active, revision = :revision
     WHERE id = :id`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM chat_rule WHERE id = ?');
  const countHit = db.prepare<[number], void>('UPDATE chat_rule SET hits = hits + 1 WHERE id = ?');
  return {
    ofChat: (chatId) => ofChat.all(chatId).map(toRule),
    find(id) {
      const row = find.get(id);
      return row && toRule(row);
    },
    insert: (rule, revision) => Number(insert.get({ ...rule, active: rule.active ? 1 : 0, revision })),
    update: ({ id, kind, value, typeId, active }, revision) =>
      void update.run({ id, kind, value, typeId, active: active ? 1 : 0, revision }),
    remove: (id) => void remove.run(id),
    countHit: (id) => void countHit.run(id),
  };
}

function toRule(row: Row): ChatRuleRecord {
  return { ...row, active: row.active === 1 };
}

import type { ChatFilter, ChatRow } from '../../shared/contract/chats.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import type { Db } from './open.ts';

export type ChatPageInput = {
  readonly accountId: number | null;
  readonly filter: ChatFilter;
  readonly folderId: number | null;
  readonly text: string;
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
};

/** What the page shows of chats as a whole; single messages are `chat-history-store.ts`. */
export type ChatListStore = {
  page(input: ChatPageInput): {
    readonly total: number;
    /** Of everything that is not muted, whatever the page shows. */
    readonly unread: number;
    readonly chats: ChatRow[];
    readonly folders: { readonly accountId: number; readonly id: number; readonly title: string }[];
  };
  /** In the order of the ids; unknown ones are left out. */
  rows(ids: readonly number[]): ChatRow[];
  /** Who has written here lately, by number of messages. */
  senders(chatId: number): { readonly id: string; readonly name: string }[];
  /** Chats of the people whose mail address or phone this is. */
  ofApplicant(address: string, phone: string): number[];
};

type Record = Omit<
  ChatRow,
  'isSelf' | 'isService' | 'archived' | 'canSend' | 'hasRules' | 'last' | 'contact'
> & {
  readonly isSelf: number;
  readonly isService: number;
  readonly archived: number;
  readonly canSend: number;
  readonly hasRules: number;
  readonly last: string | null;
  readonly contact: string | null;
};

/** Beginning of a text in a row of the list. */
const excerpt = 200;
/** Messages looked through for the people of a chat. */
const senderReach = 1000;

const last = `(SELECT json_object('out', m.direction = 'out', 'sender', m.sender_name,
     'text', substr(coalesce(nullif(m.text, ''), m.extra ->> 'text', ''), 1, ${excerpt}),
     'what', coalesce((SELECT f.kind FROM chat_file f WHERE f.chat_message_id = m.id LIMIT 1),
       m.extra ->> 'kind'),
     'state', iif(m.direction = 'in', 'none', coalesce((SELECT o.state FROM outbox o WHERE o.message_id = m.message_id),
       iif(m.server_id <= c.read_outbox_max, 'read', 'accepted'))))
   FROM chat_message m WHERE m.chat_id = c.id AND m.deleted_at IS NULL ORDER BY m.position DESC LIMIT 1)`;

const rowColumns = `c.id, c.account_id AS accountId, c.kind, c.title, p.username, coalesce(p.is_self, 0) AS isSelf,
  coalesce(p.is_service, 0) AS isService, c.pinned, c.archived, c.muted_until AS mutedUntil, c.unread_count AS unread,
  c.can_send AS canSend, c.gone_at AS goneAt, c.last_message_at AS lastAt, ${last} AS last,
  (SELECT json_object('id', k.id, 'kind', k.kind, 'name', k.name) FROM contact k WHERE k.id = c.contact_id) AS contact,
  EXISTS (SELECT 1 FROM chat_rule r WHERE r.chat_id = c.id AND r.active = 1) AS hasRules`;

const peer = 'LEFT JOIN telegram_peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id';

/** The closed map from a filter to SQL. */
const conditions: Readonly<{ [K in ChatFilter]: string }> = {
  all: '1',
  unread: 'c.unread_count > 0',
  people: "c.kind = 'user'",
  groups: "c.kind IN ('group', 'supergroup')",
  channels: "c.kind = 'channel'",
  bots: "c.kind = 'bot'",
};

/** Telegram's own order: what is pinned in its order, then the newest; the archive and what was left come last. */
const order = 'c.gone_at IS NOT NULL, c.archived, c.pinned = 0, c.pinned, c.last_message_at DESC, c.id DESC';

const inFolder = `EXISTS (SELECT 1 FROM chat_folder d WHERE d.account_id = c.account_id AND d.folder_id = :folderId
  AND c.peer_id NOT IN (SELECT value FROM json_each(d.rule, '$.exclude'))
  AND (c.peer_id IN (SELECT value FROM json_each(d.rule, '$.include'))
    OR c.kind IN (SELECT value FROM json_each(d.rule, '$.kinds'))))`;

export function createChatListStore(db: Db): ChatListStore {
  const byIds = db.prepare<[string], Record>(
    `SELECT ${rowColumns} FROM json_each(?) wanted CROSS JOIN chat c ON c.id = wanted.value ${peer} ORDER BY wanted.key`,
  );
  const unread = db
    .prepare<[object], number>(
      `SELECT coalesce(sum(c.unread_count), 0) FROM chat c JOIN telegram_account a ON a.id = c.account_id
       WHERE a.removed_at IS NULL AND c.gone_at IS NULL AND c.archived = 0
         AND coalesce(c.muted_until, 0) <= :now AND (:accountId IS NULL OR c.account_id = :accountId)`,
    )
    .pluck();
  const folders = db.prepare<[object], { accountId: number; id: number; title: string }>(
    `SELECT d.account_id AS accountId, d.folder_id AS id, d.title FROM chat_folder d
     JOIN telegram_account a ON a.id = d.account_id
     WHERE a.removed_at IS NULL AND (:accountId IS NULL OR d.account_id = :accountId) ORDER BY d.account_id, d.position`,
  );
  const senders = db.prepare<[number], { id: string; name: string }>(
    `SELECT senderId AS id, name FROM (
       SELECT sender_id AS senderId, sender_name AS name, position FROM chat_message
       WHERE chat_id = ? AND direction = 'in' AND sender_id IS NOT NULL ORDER BY position DESC LIMIT ${senderReach})
     GROUP BY senderId HAVING max(position) ORDER BY count(*) DESC, name LIMIT 100`,
  );
  const ofApplicant = db
    .prepare<[object], number>(
      `SELECT c.id FROM contact k JOIN chat c ON c.contact_id = k.id
       WHERE k.active = 1 AND c.gone_at IS NULL AND ((:address <> '' AND lower(k.email) = :address)
         OR (:phone <> '' AND substr(replace(replace(replace(replace(k.phone, ' ', ''), '-', ''), '(', ''), ')', ''), -10) = :phone))
       ORDER BY c.last_message_at DESC`,
    )
    .pluck();
  const rows = (ids: readonly number[]) => byIds.all(JSON.stringify(ids)).map(toRow);
  return {
    page({ now, accountId, filter, folderId, text, offset, limit }) {
      const folded = foldText(text).replace(/^@/, '');
      const where = [
        'a.removed_at IS NULL',
        conditions[filter],
        // A name that is asked for finds a chat that was left, too: its history is here.
        folded === ''
          ? 'c.gone_at IS NULL'
          : "(instr(c.folded, :folded) > 0 OR instr(lower(coalesce(p.username, '')), :folded) > 0)",
        ...(accountId === null ? [] : ['c.account_id = :accountId']),
        ...(folderId === null ? [] : [inFolder]),
      ].join(' AND ');
      const ids = db
        .prepare<[object], number>(
          `SELECT c.id FROM chat c JOIN telegram_account a ON a.id = c.account_id ${peer} WHERE ${where} ORDER BY ${order}`,
        )
        .pluck()
        .all({ accountId, folderId, folded });
      return {
        total: ids.length,
        unread: unread.get({ accountId, now }) ?? 0,
        chats: rows(ids.slice(offset, offset + limit)),
        folders: folders.all({ accountId }),
      };
    },
    rows,
    senders: (chatId) => senders.all(chatId),
    ofApplicant: (address, phone) =>
      ofApplicant.all({ address: address.toLowerCase(), phone: phone.replaceAll(/\D/g, '').slice(-10) }),
  };
}

function toRow(record: Record): ChatRow {
  return {
    ...record,
    isSelf: record.isSelf === 1,
    isService: record.isService === 1,
    archived: record.archived === 1,
    canSend: record.canSend === 1,
    hasRules: record.hasRules === 1,
    last: record.last === null ? null : toLast(record.last),
    contact: record.contact === null ? null : (JSON.parse(record.contact) as ChatRow['contact']),
  };
}

function toLast(json: string): ChatRow['last'] {
  const { out, ...said } = JSON.parse(json) as Omit<NonNullable<ChatRow['last']>, 'out'> & { out: number };
  return { ...said, out: out === 1 };
}

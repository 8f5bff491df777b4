import type { ChatMessage } from '../../shared/contract/chats.ts';
import { chatFileColumns, toChatFile } from './chat-file-store.ts';
import { chatMessageColumns, toChatMessage } from './chat-message-store.ts';
import { waitingPosition, type ChatFileRecord } from './chat-records.ts';
import type { Db } from './open.ts';

export type HistoryInput = {
  readonly chatId: number;
  readonly before: number | null;
  readonly after: number | null;
  /** Row of the message to stand in the middle. */
  readonly around: number | null;
  readonly limit: number;
};

export type HistoryPage = {
  /** Oldest first. */
  readonly messages: ChatMessage[];
  readonly older: boolean;
  readonly newer: boolean;
  readonly gapBefore: boolean;
  readonly complete: boolean;
};

export type ChatHit = {
  readonly messageId: number;
  readonly chatId: number;
  readonly chatTitle: string;
  readonly sender: string;
  readonly sentAt: number;
  readonly text: string;
  /** Names of its files, one a line. */
  readonly fileNames: string;
};

/** Messages of chats as the page shows them, from what is stored. */
export type ChatHistoryStore = {
  /** A page ends where something between two messages is not stored: a hole is never shown as if it were none. */
  history(input: HistoryInput): HistoryPage;
  rows(ids: readonly number[]): ChatMessage[];
  /** Those the index gives for a question of FTS5, the newest first; null is every chat. */
  hits(match: string, chatId: number | null, limit: number): ChatHit[];
};

type Row = Parameters<typeof toChatMessage>[0] & {
  readonly answered: string | null;
  readonly incidentId: number | null;
  readonly code: string | null;
  readonly authorId: number | null;
  readonly readMax: number;
  readonly outboxId: number | null;
  readonly state: NonNullable<ChatMessage['outbox']>['state'];
  readonly notBefore: number;
  readonly errorCode: string | null;
};

type FileRow = Parameters<typeof toChatFile>[0];

const excerpt = 200;
/** Longer answers of the index are walked only for a chat of which they are a small part. */
const mostMatches = 5000;

const viewColumns = `${chatMessageColumns}, c.read_outbox_max AS readMax,
  (SELECT json_object('id', r.id, 'sender', r.sender_name, 'text', substr(r.text, 1, ${excerpt})) FROM chat_message r
   WHERE r.chat_id = m.chat_id AND r.server_id = m.reply_to) AS answered,
  i.id AS incidentId, i.code, l.author_id AS authorId,
  o.id AS outboxId, o.state, o.not_before AS notBefore, o.error_code AS errorCode`;

const viewJoins = `JOIN chat c ON c.id = m.chat_id LEFT JOIN message l ON l.id = m.message_id
  LEFT JOIN conversation v ON v.id = l.conversation_id LEFT JOIN incident i ON i.id = v.incident_id
  LEFT JOIN outbox o ON o.message_id = m.message_id`;

export function createChatHistoryStore(db: Db): ChatHistoryStore {
  const byIds = db.prepare<[string], Row>(
    `SELECT ${viewColumns} FROM json_each(?) wanted CROSS JOIN chat_message m ON m.id = wanted.value ${viewJoins}
     ORDER BY m.position, m.id`,
  );
  const filesOf = db.prepare<[string], FileRow>(
    `SELECT ${chatFileColumns} FROM json_each(?) wanted CROSS JOIN chat_file f ON f.chat_message_id = wanted.value
     ORDER BY f.id`,
  );
  const rows = (ids: readonly number[]): ChatMessage[] => {
    const wanted = JSON.stringify(ids);
    const files = Map.groupBy(filesOf.all(wanted).map(toChatFile), ({ chatMessageId }) => chatMessageId);
    return byIds.all(wanted).map((row) => toView(row, files.get(row.id) ?? []));
  };
  return { rows, history: createHistory(db, rows), hits: createHits(db) };
}

/** `isOurs`: written here, and Telegram's log has not come to it yet. */
type Place = { readonly id: number; readonly position: number; readonly isOurs: number };

const place = 'id, position, (random_id IS NOT NULL AND announced = 0) AS isOurs';

function createHistory(db: Db, rows: (ids: readonly number[]) => ChatMessage[]): ChatHistoryStore['history'] {
  const down = db.prepare<[number, number, number], Place>(
    `SELECT ${place} FROM chat_message WHERE chat_id = ? AND position < ? ORDER BY position DESC LIMIT ?`,
  );
  const up = db.prepare<[number, number, number], Place>(
    `SELECT ${place} FROM chat_message WHERE chat_id = ? AND position > ? ORDER BY position LIMIT ?`,
  );
  const find = db.prepare<[number, number], Place>(
    `SELECT ${place} FROM chat_message WHERE chat_id = ? AND id = ?`,
  );
  const range = db.prepare<[number, number], { from: number; to: number }>(
    `SELECT from_id AS "from", to_id AS "to" FROM chat_range WHERE chat_id = ? AND from_id <= ?
     ORDER BY from_id DESC LIMIT 1`,
  );
  const complete = db.prepare<[number], number>('SELECT complete FROM chat WHERE id = ?').pluck();

  /** Nothing is missing between the two, which are neighbours here. */
  function touch(chatId: number, older: Place, newer: Place): boolean {
    // What we have just written stands after all that is known: what came meanwhile is told in its turn.
    if (newer.position >= waitingPosition || newer.isOurs === 1) return true;
    const stretch = range.get(chatId, older.position);
    return stretch !== undefined && stretch.to >= newer.position;
  }

  /** From the first, as far as nothing is missing. */
  function unbroken(chatId: number, places: readonly Place[]): Place[] {
    const kept: Place[] = [];
    for (const place of places) {
      const previous = kept.at(-1);
      const [older, newer] =
        previous && previous.position > place.position ? [place, previous] : [previous, place];
      if (older && newer && !touch(chatId, older, newer)) break;
      kept.push(place);
    }
    return kept;
  }

  function pick({ chatId, before, after, around, limit }: HistoryInput): Place[] {
    const middle = around === null ? undefined : find.get(chatId, around);
    if (middle) {
      const half = Math.max(1, Math.floor(limit / 2));
      const older = unbroken(chatId, [middle, ...down.all(chatId, middle.position, half)]);
      const newer = unbroken(chatId, [middle, ...up.all(chatId, middle.position, half)]);
      return [...older.toReversed(), ...newer.slice(1)];
    }
    if (after !== null) return unbroken(chatId, up.all(chatId, after, limit));
    return unbroken(chatId, down.all(chatId, before ?? Number.MAX_SAFE_INTEGER, limit)).toReversed();
  }

  return (input) => {
    const { chatId } = input;
    const places = pick(input);
    const first = places.at(0);
    const lastPlace = places.at(-1);
    const isComplete = complete.get(chatId) === 1;
    const [older] = first ? down.all(chatId, first.position, 1) : [];
    const [newer] = lastPlace ? up.all(chatId, lastPlace.position, 1) : [];
    const gapBefore = first && older ? !touch(chatId, older, first) : !isComplete;
    return {
      messages: rows(places.map(({ id }) => id)),
      older: older !== undefined,
      newer: newer !== undefined,
      gapBefore,
      complete: isComplete && older === undefined,
    };
  };
}

function createHits(db: Db): ChatHistoryStore['hits'] {
  const columns = `m.id AS messageId, m.chat_id AS chatId, c.title AS chatTitle, m.sender_name AS sender,
    m.sent_at AS sentAt, m.text,
    coalesce((SELECT group_concat(f.file_name, char(10)) FROM chat_file f WHERE f.chat_message_id = m.id), '')
      AS fileNames`;
  const everywhere = db
    .prepare<[string, number], number>(
      'SELECT rowid FROM chat_word WHERE chat_word MATCH ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const inside = db
    .prepare<[string, number, number], number>(
      `SELECT m.id FROM chat_word CROSS JOIN chat_message m ON m.id = chat_word.rowid
       WHERE chat_word MATCH ? AND m.chat_id = ? ORDER BY chat_word.rowid DESC LIMIT ?`,
    )
    .pluck();
  const byIds = db.prepare<[string, number], ChatHit>(
    `SELECT ${columns} FROM json_each(?) wanted CROSS JOIN chat_message m ON m.id = wanted.value
     JOIN chat c ON c.id = m.chat_id ORDER BY m.sent_at DESC, m.id DESC LIMIT ?`,
  );
  // Rows are numbered as they were stored, and history read later is older: the times decide among the newest rows.
  return (match, chatId, limit) => {
    const ids = chatId === null ? everywhere.all(match, mostMatches) : inside.all(match, chatId, mostMatches);
    return byIds.all(JSON.stringify(ids), limit);
  };
}

function toView(row: Row, files: readonly ChatFileRecord[]): ChatMessage {
  const message = toChatMessage(row);
  const { answered, incidentId, code, outboxId, state, notBefore, errorCode } = row;
  const isOut = message.direction === 'out';
  const isSeen = message.serverId !== null && message.serverId <= row.readMax;
  return {
    id: message.id,
    chatId: message.chatId,
    serverId: message.serverId,
    position: message.position,
    out: isOut,
    senderId: message.senderId,
    sender: message.senderName,
    text: message.text,
    entities: message.entities.map((entity) => ({ ...entity })),
    replyTo: toReply(answered, message.replyTo),
    forward: message.forward,
    groupedId: message.groupedId,
    extra: message.extra,
    files: files.map(toFileView),
    reactions: message.reactions.map((reaction) => ({ ...reaction })),
    sentAt: message.sentAt,
    editedAt: message.editedAt,
    deletedAt: message.deletedAt,
    incident: incidentId === null || code === null ? null : { id: incidentId, code },
    outbox: outboxId === null ? null : { id: outboxId, state, notBefore, errorCode },
    isRead: isOut && (isSeen || state === 'read'),
    authorId: row.authorId,
  };
}

/** The answered message may be older than what is stored. */
function toReply(answered: string | null, replyTo: number | null): ChatMessage['replyTo'] {
  if (answered !== null) return JSON.parse(answered) as ChatMessage['replyTo'];
  return replyTo === null ? null : { id: null, sender: '', text: '' };
}

function toFileView(file: ChatFileRecord): ChatMessage['files'][number] {
  const { id, kind, fileName, mimeType, size, width, height, duration, sha256, preview } = file;
  const address =
    preview === null ? null : `data:image/jpeg;base64,${Buffer.from(preview).toString('base64')}`;
  return { id, kind, fileName, mimeType, size, width, height, duration, sha256, preview: address };
}

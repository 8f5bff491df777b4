import type { LinkEvidence, MessageView } from '../../shared/contract/incidents.ts';
import type { Address } from '../../shared/contract/common.ts';
import type { Db } from './open.ts';

export type AttachmentFile = {
  readonly sha256: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
};

/** What an answer to a letter must say in its headers. */
export type ReplySource = {
  readonly messageId: number;
  readonly accountId: number | null;
  readonly externalId: string | null;
  /** Oldest first, the letter itself not among them. */
  readonly references: readonly string[];
};

export type MessageViewStore = {
  find(id: number): MessageView | undefined;
  /**
   * The latest letters of an incident before a moment, oldest first, without those taken back. Letters of the very same moment are never
   * parted, so a page may hold a few more than `limit`.
   */
  timeline(incidentId: number, before: number | null, limit: number): MessageView[];
  html(messageId: number): string | undefined;
  /** The part a `cid:` source of the letter means. */
  inlinePart(messageId: number, contentId: string): AttachmentFile | undefined;
  /** By what name the bytes were sent; undefined when no letter, call or message carries them. */
  file(sha256: string): AttachmentFile | undefined;
  /** The raw letter this message came from. */
  raw(messageId: number): { readonly sha256: string; readonly size: number } | undefined;
  /** A raw copy of this message was stored in one of our mailboxes at that moment or later. */
  wasSeenSince(messageId: number, at: number): boolean;
  replySource(messageId: number): ReplySource | undefined;
  /** The newest letter of a person in the incident: what "answer" answers. A chat is answered where it was said. */
  latestIncoming(incidentId: number): number | undefined;
  incidentOf(messageId: number): number | null | undefined;
};

type Row = {
  readonly id: number;
  readonly conversationId: number;
  readonly direction: 'in' | 'out';
  readonly channel: MessageView['channel'];
  readonly chat: string | null;
  readonly party: MessageView['party'];
  readonly accountId: number | null;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly text: string;
  readonly textExpiredAt: number | null;
  readonly hasHtml: number;
  readonly hasRemote: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly automatic: MessageView['automatic'];
  readonly automaticEvidence: string | null;
  readonly notes: string;
  readonly link: string;
  readonly authorId: number | null;
  readonly recipients: string;
  readonly attachments: string;
  readonly hasRaw: number;
  readonly outboxId: number | null;
  readonly state: NonNullable<MessageView['outbox']>['state'];
  readonly notBefore: number;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly acceptedAt: number | null;
};

/** The message of a chat it is; of an album the first. */
type Said = NonNullable<MessageView['chat']> & { readonly deletedAt: number | null };

/** A picture or background that would be fetched from somebody's server; the sanitiser writes attributes in double quotes. */
const remote = `(instr(h.html, 'src="http') OR instr(h.html, 'src="//') OR instr(h.html, 'background="http')
  OR instr(h.html, 'srcset="http') OR instr(h.html, 'url(http') OR instr(h.html, 'url(''http') OR instr(h.html, 'url(&quot;http')
  OR instr(h.html, 'url(//')) > 0`;

const viewColumns = `m.id, m.conversation_id AS conversationId,
  (SELECT party FROM conversation WHERE id = m.conversation_id) AS party, m.direction, m.channel, m.account_id AS accountId,
  (SELECT json_object('id', t.id, 'title', t.title, 'messageId', s.id, 'deletedAt', s.deleted_at)
   FROM chat_message s JOIN chat t ON t.id = s.chat_id WHERE s.message_id = m.id ORDER BY s.id LIMIT 1) AS chat, m.subject,
  m.from_name AS fromName, m.from_address AS fromAddress, m.text, m.text_expired_at AS textExpiredAt, h.html IS NOT NULL AS hasHtml,
  coalesce(${remote}, 0) AS hasRemote, m.sent_at AS sentAt, m.received_at AS receivedAt, m.automatic_kind AS automatic,
  m.automatic_evidence AS automaticEvidence, m.notes, m.link, m.author_id AS authorId,
  (SELECT json_group_array(json_object('kind', r.kind, 'name', r.name, 'address', r.address) ORDER BY r.position)
   FROM message_recipient r WHERE r.message_id = m.id) AS recipients,
  (SELECT json_group_array(json_object('id', a.id, 'sha256', a.sha256, 'fileName', a.file_name, 'mimeType', a.mime_type,
     'size', a.size, 'contentId', a.content_id, 'inline', a.inline, 'expiredAt', a.expired_at) ORDER BY a.position)
   FROM attachment a WHERE a.message_id = m.id) AS attachments,
  EXISTS (SELECT 1 FROM raw_message w WHERE w.message_id = m.id AND w.expired_at IS NULL) AS hasRaw,
  o.id AS outboxId, o.state, o.not_before AS notBefore, o.error_code AS errorCode, o.error_detail AS errorDetail,
  o.accepted_at AS acceptedAt`;
const viewJoins = 'LEFT JOIN message_html h ON h.message_id = m.id LEFT JOIN outbox o ON o.message_id = m.id';
const fileColumns = 'sha256, file_name AS fileName, mime_type AS mimeType, size';

export function createMessageViewStore(db: Db): MessageViewStore {
  return { ...createViews(db), ...createParts(db) };
}

function createViews(db: Db): Pick<MessageViewStore, 'find' | 'timeline'> {
  const find = db.prepare<[number], Row>(`SELECT ${viewColumns} FROM message m ${viewJoins} WHERE m.id = ?`);
  const moments = db.prepare<[number, number, number], { id: number; at: number }>(
    `SELECT m.id, m.received_at AS at FROM conversation c JOIN message m ON m.conversation_id = c.id
     LEFT JOIN outbox o ON o.message_id = m.id
     WHERE c.incident_id = ? AND m.received_at < ? AND o.state IS NOT 'cancelled' ORDER BY m.received_at DESC, m.id DESC LIMIT ?`,
  );
  const sameMoment = db
    .prepare<[number, number], number>(
      `SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       LEFT JOIN outbox o ON o.message_id = m.id
       WHERE c.incident_id = ? AND m.received_at = ? AND o.state IS NOT 'cancelled'`,
    )
    .pluck();
  const byIds = db.prepare<[string], Row>(
    `SELECT ${viewColumns} FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value ${viewJoins}
     ORDER BY m.received_at, m.id`,
  );
  return {
    find(id) {
      const row = find.get(id);
      return row && toView(row);
    },
    timeline(incidentId, before, limit) {
      const page = moments.all(incidentId, before ?? Number.MAX_SAFE_INTEGER, limit);
      const ids = new Set(page.map(({ id }) => id));
      const oldest = page.at(-1);
      if (oldest && page.length === limit) {
        for (const id of sameMoment.all(incidentId, oldest.at)) ids.add(id);
      }
      return byIds.all(JSON.stringify([...ids])).map(toView);
    },
  };
}

function createParts(db: Db): Omit<MessageViewStore, 'find' | 'timeline'> {
  const html = db.prepare<[number], string>('SELECT html FROM message_html WHERE message_id = ?').pluck();
  const inlinePart = db.prepare<[number, string], AttachmentFile>(
    `SELECT ${fileColumns} FROM attachment WHERE message_id = ? AND content_id = ? ORDER BY position LIMIT 1`,
  );
  const tables = ['attachment', 'call_file', 'answer_file', 'notification_file'];
  const file = db.prepare<[object], AttachmentFile>(
    `${tables.map((table) => `SELECT ${fileColumns} FROM ${table} WHERE sha256 = :sha256`).join(' UNION ALL ')} LIMIT 1`,
  );
  const raw = db.prepare<[number], { sha256: string; size: number }>(
    'SELECT sha256, size FROM raw_message WHERE message_id = ? ORDER BY id LIMIT 1',
  );
  const seenSince = db.prepare<[number, number], { one: number }>(
    'SELECT 1 AS one FROM raw_message WHERE message_id = ? AND stored_at >= ? LIMIT 1',
  );
  const source = db.prepare<[number], Omit<ReplySource, 'references'> & { inReplyTo: string | null }>(
    `SELECT id AS messageId, account_id AS accountId, external_id AS externalId, in_reply_to AS inReplyTo
     FROM message WHERE id = ?`,
  );
  const ancestors = db
    .prepare<[number], string>(
      `SELECT r.external_id FROM message_reference r LEFT JOIN message m ON m.external_id = r.external_id
       WHERE r.message_id = ? GROUP BY r.external_id ORDER BY min(m.sent_at) IS NULL, min(m.sent_at)`,
    )
    .pluck();
  const latestIncoming = db
    .prepare<[number], number>(
      `SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND m.direction = 'in' AND m.channel = 'mail' AND m.automatic_kind IS NOT 'bounce' AND m.automatic_kind IS NOT 'auto-reply'
       ORDER BY m.received_at DESC, m.id DESC LIMIT 1`,
    )
    .pluck();
  const incidentOf = db
    .prepare<[number], number | null>(
      'SELECT c.incident_id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?',
    )
    .pluck();
  return {
    html: (messageId) => html.get(messageId),
    inlinePart: (messageId, contentId) => inlinePart.get(messageId, contentId),
    file: (sha256) => file.get({ sha256 }),
    raw: (messageId) => raw.get(messageId),
    wasSeenSince: (messageId, at) => seenSince.get(messageId, at) !== undefined,
    replySource(messageId) {
      const row = source.get(messageId);
      if (!row) return undefined;
      const { inReplyTo, ...rest } = row;
      const older = ancestors.all(messageId).filter((id) => id !== inReplyTo);
      return { ...rest, references: inReplyTo === null ? older : [...older, inReplyTo] };
    },
    latestIncoming: (incidentId) => latestIncoming.get(incidentId),
    incidentOf: (messageId) => incidentOf.get(messageId),
  };
}

function toView(row: Row): MessageView {
  const recipients = JSON.parse(row.recipients) as (Address & { kind: string })[];
  const of = (kind: string): Address[] =>
    recipients.filter((recipient) => recipient.kind === kind).map(({ name, address }) => ({ name, address }));
  const attachments = JSON.parse(row.attachments) as (Omit<MessageView['attachments'][number], 'inline'> & {
    inline: number;
  })[];
  const notes = JSON.parse(row.notes) as string[];
  const said = row.chat === null ? null : (JSON.parse(row.chat) as Said);
  return {
    kind: 'message',
    id: row.id,
    conversationId: row.conversationId,
    party: row.party,
    direction: row.direction,
    channel: row.channel,
    chat: said && { id: said.id, title: said.title, messageId: said.messageId },
    accountId: row.accountId,
    subject: row.subject,
    from: { name: row.fromName, address: row.fromAddress },
    to: of('to'),
    cc: of('cc'),
    bcc: of('bcc'),
    replyTo: of('reply-to'),
    text: row.text,
    textExpiredAt: row.textExpiredAt,
    hasHtml: row.hasHtml === 1,
    hasRemote: row.hasRemote === 1,
    sentAt: row.sentAt,
    receivedAt: row.receivedAt,
    automatic: row.automatic,
    automaticEvidence: row.automaticEvidence,
    notes: said?.deletedAt ? [...notes, 'chat-deleted'] : notes,
    link: JSON.parse(row.link) as LinkEvidence,
    authorId: row.authorId,
    attachments: attachments.map((attachment) => ({ ...attachment, inline: attachment.inline === 1 })),
    hasRaw: row.hasRaw === 1,
    outbox: toOutbox(row),
  };
}

function toOutbox(row: Row): MessageView['outbox'] {
  if (row.outboxId === null) return null;
  const { state, notBefore, errorCode, errorDetail, acceptedAt } = row;
  return { id: row.outboxId, state, notBefore, errorCode, errorDetail, acceptedAt };
}

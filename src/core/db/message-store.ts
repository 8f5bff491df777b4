import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import type { MessageChannel } from '../../shared/domain/channels.ts';
import type { InboundAttachment, MessageAddress } from '../platform/inbound-message.ts';
import type { Db } from './open.ts';

export type RecipientKind = 'to' | 'cc' | 'bcc' | 'reply-to';

export type NewMessage = {
  readonly uuid: string;
  readonly conversationId: number;
  readonly direction: 'in' | 'out';
  readonly channel: MessageChannel;
  readonly accountId: number | null;
  readonly externalId: string | null;
  readonly contentHash: string | null;
  readonly likeness: string | null;
  readonly inReplyTo: string | null;
  readonly subject: string;
  readonly from: MessageAddress;
  readonly text: string;
  readonly html: string | null;
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly listId: string | null;
  readonly automaticKind: 'bounce' | 'auto-reply' | 'bulk' | null;
  readonly automaticEvidence: string | null;
  readonly notes: readonly string[];
  readonly link: LinkEvidence;
  readonly authorId: number | null;
  readonly recipients: readonly (MessageAddress & { readonly kind: RecipientKind })[];
  /** Every Message-ID this letter refers to, In-Reply-To included. */
  readonly references: readonly string[];
  readonly attachments: readonly InboundAttachment[];
};

/** Where a letter stands. */
export type Place = {
  readonly messageId: number;
  readonly conversationId: number;
  readonly incidentId: number | null;
  readonly direction: 'in' | 'out';
  readonly subject: string;
  readonly fromAddress: string;
};

export type MessageStore = {
  insert(message: NewMessage, revision: number): number;
  byContentHash(contentHash: string): Place | undefined;
  /** Message-IDs are not unique: newest first, at most ten. */
  byExternalId(externalId: string): Place[];
  /** The newest three letters of each of these Message-IDs, in the order of the ids: one question for a whole thread. */
  ofExternalIds(externalIds: readonly string[]): (Place & { readonly externalId: string })[];
  /** Letters that refer to this Message-ID, oldest first, at most 100. */
  referringTo(externalId: string): Place[];
  /** The latest letter of an open incident that is this one again, sent between the two times. */
  alike(likeness: string, sentAfter: number, sentBefore: number): Place | undefined;
  /** The letter that opened the incident, if a letter did. */
  opening(incidentId: number): { readonly messageId: number; readonly sentAt: number } | undefined;
  refersTo(messageId: number, externalId: string): boolean;
  /** Whether this address wrote or was written to in the incident. */
  knowsAddress(incidentId: number, address: string): boolean;
  /** The latest letter we sent in the incident to one of these addresses. */
  latestOutgoingTo(incidentId: number, addresses: readonly string[]): Place | undefined;
  setLink(messageId: number, link: LinkEvidence, revision: number): void;
  /** A chat message was changed where it was said; words that went by their time do not come back. */
  setText(messageId: number, text: string, revision: number): void;
  /** The bytes came after the letter; the same file twice is one. False when it is there. */
  addAttachment(messageId: number, attachment: InboundAttachment, revision: number): boolean;
};

const placeColumns = `m.id AS messageId, m.conversation_id AS conversationId, c.incident_id AS incidentId, m.direction,
  m.subject, m.from_address AS fromAddress`;
const placed = 'message m JOIN conversation c ON c.id = m.conversation_id';

export function createMessageStore(db: Db): MessageStore {
  const insertRows = createInsert(db);
  const byContentHash = db.prepare<[string], Place>(
    `SELECT ${placeColumns} FROM ${placed} WHERE m.content_hash = ? ORDER BY m.id LIMIT 1`,
  );
  const byExternalId = db.prepare<[string], Place>(
    `SELECT ${placeColumns} FROM ${placed} WHERE m.external_id = ? ORDER BY m.id DESC LIMIT 10`,
  );
  const ofExternalIds = db.prepare<[string], Place & { externalId: string }>(
    `SELECT ${placeColumns}, m.external_id AS externalId FROM json_each(?) wanted CROSS JOIN ${placed}
     WHERE m.id IN (SELECT id FROM message WHERE external_id = wanted.value ORDER BY id DESC LIMIT 3)
     ORDER BY wanted.key, m.id DESC`,
  );
  const referringTo = db.prepare<[string], Place>(
    `SELECT ${placeColumns} FROM message_reference r JOIN message m ON m.id = r.message_id
     JOIN conversation c ON c.id = m.conversation_id WHERE r.external_id = ? ORDER BY r.message_id LIMIT 100`,
  );
  const alike = db.prepare<[string, number, number], Place>(
    `SELECT ${placeColumns} FROM ${placed} JOIN incident i ON i.id = c.incident_id
     WHERE m.likeness = ? AND m.sent_at BETWEEN ? AND ? AND i.finished_at IS NULL AND i.dismissed_at IS NULL
     ORDER BY m.sent_at DESC LIMIT 1`,
  );
  const opening = db.prepare<[number], { messageId: number; sentAt: number }>(
    `SELECT m.id AS messageId, m.sent_at AS sentAt FROM conversation c JOIN message m ON m.conversation_id = c.id
     WHERE c.incident_id = ? AND m.link ->> 'by' = 'opened' ORDER BY m.sent_at LIMIT 1`,
  );
  const refersTo = db
    .prepare<[number, string], number>(
      'SELECT 1 FROM message_reference WHERE message_id = ? AND external_id = ?',
    )
    .pluck();
  const knowsAddress = db
    .prepare<[{ incidentId: number; address: string }], number>(
      `SELECT 1 FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = :incidentId AND (lower(m.from_address) = :address OR EXISTS (
         SELECT 1 FROM message_recipient r WHERE r.message_id = m.id AND lower(r.address) = :address)) LIMIT 1`,
    )
    .pluck();
  const latestOutgoingTo = db.prepare<[number, string], Place>(
    `SELECT ${placeColumns} FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND m.direction = 'out' AND EXISTS (SELECT 1 FROM message_recipient r
         WHERE r.message_id = m.id AND r.kind <> 'reply-to' AND lower(r.address) IN (SELECT value FROM json_each(?)))
       ORDER BY m.sent_at DESC, m.id DESC LIMIT 1`,
  );
  const setLink = db.prepare<[string, number, number], void>(
    'UPDATE message SET link = ?, revision = ? WHERE id = ?',
  );
  return {
    ...createChanges(db),
    insert: insertRows,
    byContentHash: (contentHash) => byContentHash.get(contentHash),
    byExternalId: (externalId) => byExternalId.all(externalId),
    ofExternalIds: (ids) => (ids.length === 0 ? [] : ofExternalIds.all(JSON.stringify(ids))),
    referringTo: (externalId) => referringTo.all(externalId),
    alike: (likeness, after, before) => alike.get(likeness, after, before),
    opening: (incidentId) => opening.get(incidentId),
    refersTo: (messageId, externalId) => refersTo.get(messageId, externalId) === 1,
    knowsAddress: (incidentId, address) =>
      knowsAddress.get({ incidentId, address: address.toLowerCase() }) === 1,
    latestOutgoingTo: (incidentId, addresses) =>
      latestOutgoingTo.get(incidentId, JSON.stringify(addresses.map((address) => address.toLowerCase()))),
    setLink: (messageId, link, revision) => void setLink.run(JSON.stringify(link), revision, messageId),
  };
}

function createChanges(db: Db): Pick<MessageStore, 'setText' | 'addAttachment'> {
  const setText = db.prepare<[string, number, number], void>(
    'UPDATE message SET text = ?, revision = ? WHERE id = ? AND text_expired_at IS NULL',
  );
  const addAttachment = db.prepare<[object], void>(
    `INSERT INTO attachment (message_id, position, sha256, file_name, mime_type, size, content_id, inline)
     SELECT :messageId, (SELECT coalesce(max(position) + 1, 0) FROM attachment WHERE message_id = :messageId), :sha256,
       :fileName, :mimeType, :size, NULL, 0
     WHERE NOT EXISTS (
       SELECT 1 FROM attachment WHERE message_id = :messageId AND sha256 = :sha256 AND file_name = :fileName)`,
  );
  const touch = db.prepare<[number, number], void>('UPDATE message SET revision = ? WHERE id = ?');
  return {
    setText: (messageId, text, revision) => void setText.run(text, revision, messageId),
    addAttachment(messageId, { sha256, fileName, mimeType, size }, revision) {
      const isNew = addAttachment.run({ messageId, sha256, fileName, mimeType, size }).changes === 1;
      if (isNew) touch.run(revision, messageId);
      return isNew;
    },
  };
}

/** One letter with everything that hangs on it. */
function createInsert(db: Db): MessageStore['insert'] {
  const insert = db.prepare<[object], void>(
    `INSERT INTO message (uuid, conversation_id, direction, channel, account_id, external_id, content_hash, likeness,
       in_reply_to, subject, from_name, from_address, text, sent_at, received_at, list_id, automatic_kind,
       automatic_evidence, notes, link, author_id, revision)
     VALUES (:uuid, :conversationId, :direction, :channel, :accountId, :externalId, :contentHash, :likeness,
       :inReplyTo, :subject, :fromName, :fromAddress, :text, :sentAt, :receivedAt, :listId, :automaticKind,
       :automaticEvidence, :notes, :link, :authorId, :revision)`,
  );
  const insertHtml = db.prepare<[number, string], void>(
    'INSERT INTO message_html (message_id, html) VALUES (?, ?)',
  );
  const insertRecipient = db.prepare<[number, number, string, string, string], void>(
    'INSERT INTO message_recipient (message_id, position, kind, name, address) VALUES (?, ?, ?, ?, ?)',
  );
  const insertReference = db.prepare<[number, string], void>(
    'INSERT OR IGNORE INTO message_reference (message_id, external_id) VALUES (?, ?)',
  );
  const insertAttachment = db.prepare<[object], void>(
    `INSERT INTO attachment (message_id, position, sha256, file_name, mime_type, size, content_id, inline)
     VALUES (:messageId, :position, :sha256, :fileName, :mimeType, :size, :contentId, :inline)`,
  );
  return (message, revision) => {
    const { html, from, recipients, references, attachments, notes, link, ...columns } = message;
    const result = insert.run({
      ...columns,
      fromName: from.name,
      fromAddress: from.address,
      notes: JSON.stringify(notes),
      link: JSON.stringify(link),
      revision,
    });
    const messageId = Number(result.lastInsertRowid);
    if (html !== null) insertHtml.run(messageId, html);
    recipients.forEach(({ kind, name, address }, position) => {
      insertRecipient.run(messageId, position, kind, name, address);
    });
    for (const reference of references) insertReference.run(messageId, reference);
    attachments.forEach((attachment, position) => {
      const { sha256, fileName, mimeType, size, contentId, inline } = attachment;
      insertAttachment.run({
        messageId,
        position,
        sha256,
        fileName,
        mimeType,
        size,
        contentId: contentId ?? null,
        inline: inline ? 1 : 0,
      });
    });
    return messageId;
  };
}

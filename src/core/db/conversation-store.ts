import type { MessageChannel } from '../../shared/domain/channels.ts';
import type { Party } from '../../shared/domain/letter-parties.ts';
import type { Db } from './open.ts';

export type NewConversation = {
  /** With whom; the applicant unless told otherwise. */
  readonly party?: Party;
  readonly uuid: string;
  readonly channel: MessageChannel;
  readonly accountId: number | null;
  /** null: letters that belong to no incident. */
  readonly incidentId: number | null;
  readonly createdAt: number;
};

export type ConversationLetter = {
  readonly id: number;
  readonly externalId: string | null;
  readonly direction: 'in' | 'out';
  readonly receivedAt: number;
};

export type ConversationStore = {
  insert(conversation: NewConversation): number;
  find(id: number): Omit<NewConversation, 'uuid' | 'createdAt' | 'party'> | undefined;
  /** Where a letter stands; undefined when there is no such letter. */
  ofMessage(messageId: number): { readonly id: number; readonly incidentId: number | null } | undefined;
  setIncident(id: number, incidentId: number | null): void;
  letters(id: number): ConversationLetter[];
  /** Message-IDs each letter of the conversation refers to. */
  references(id: number): { readonly messageId: number; readonly externalId: string }[];
  /** Puts these letters into another conversation. */
  moveLetters(messageIds: readonly number[], to: number, revision: number): void;
};

export function createConversationStore(db: Db): ConversationStore {
  const insert = db.prepare<[Required<NewConversation>], void>(
    `INSERT INTO conversation (uuid, channel, account_id, incident_id, created_at, party)
     VALUES (:uuid, :channel, :accountId, :incidentId, :createdAt, :party)`,
  );
  const find = db.prepare<[number], Omit<NewConversation, 'uuid' | 'createdAt' | 'party'>>(
    'SELECT channel, incident_id AS incidentId, account_id AS accountId FROM conversation WHERE id = ?',
  );
  const ofMessage = db.prepare<[number], { id: number; incidentId: number | null }>(
    `SELECT c.id, c.incident_id AS incidentId FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.id = ?`,
  );
  const setIncident = db.prepare<[number | null, number], void>(
    'UPDATE conversation SET incident_id = ? WHERE id = ?',
  );
  const letters = db.prepare<[number], ConversationLetter>(
    `SELECT id, external_id AS externalId, direction, received_at AS receivedAt FROM message
     WHERE conversation_id = ? ORDER BY received_at, id`,
  );
  const references = db.prepare<[number], { messageId: number; externalId: string }>(
    `SELECT r.message_id AS messageId, r.external_id AS externalId
     FROM message m JOIN message_reference r ON r.message_id = m.id WHERE m.conversation_id = ?`,
  );
  const move = db.prepare<[number, number, string], void>(
    `UPDATE message SET conversation_id = ?, revision = ? WHERE id IN (SELECT value FROM json_each(?))`,
  );
  return {
    insert: (conversation) => Number(insert.run({ party: 'applicant', ...conversation }).lastInsertRowid),
    find: (id) => find.get(id),
    ofMessage: (messageId) => ofMessage.get(messageId),
    setIncident: (id, incidentId) => void setIncident.run(incidentId, id),
    letters: (id) => letters.all(id),
    references: (id) => references.all(id),
    moveLetters: (ids, to, revision) => void move.run(to, revision, JSON.stringify(ids)),
  };
}

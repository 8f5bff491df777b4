import type { StoredFile } from '../../shared/contract/common.ts';
import type { AnswerVerb, HeardBack, Party, ReachChannel } from '../../shared/domain/reaching.ts';
import type { Db } from './open.ts';

export type AnswerRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly channel: ReachChannel | 'hand';
  readonly routeId: number | null;
  readonly eventId: string;
  readonly address: string;
  readonly party: Party | null;
  readonly notificationId: number | null;
  readonly callId: number | null;
  readonly verb: AnswerVerb | null;
  readonly text: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly at: number;
  readonly takenAt: number;
  readonly files: readonly StoredFile[];
  readonly revision: number;
};

export type SaidTo = HeardBack & { readonly verb: AnswerVerb | null };

export type ReceiptRecord = {
  readonly deliveryId: number;
  readonly eventId: string;
  readonly status: 'accepted' | 'delivered' | 'read' | 'acknowledged' | 'failed';
  readonly raw: string;
  readonly at: number;
  readonly takenAt: number;
};

/** What comes back: receipts of providers, words of people. */
export type ReplyStore = {
  /** false: it was told before. */
  insertReceipt(receipt: ReceiptRecord): boolean;
  receipts(deliveryId: number): ReceiptRecord[];
  /** undefined: it was told before. */
  insertAnswer(answer: Omit<AnswerRecord, 'id'>): AnswerRecord | undefined;
  findAnswer(id: number): AnswerRecord | undefined;
  /** What was said back to an event; undefined: it was not told yet. */
  saidTo(channel: ReachChannel, routeId: number, eventId: string): SaidTo | undefined;
  setSaid(id: number, said: HeardBack): void;
  /** The place of an answer that had one. Returns its call, null without one; undefined: no such answer. */
  movedTo(
    channel: ReachChannel,
    routeId: number,
    eventId: string,
    place: { readonly latitude: number; readonly longitude: number; readonly revision: number },
  ): number | null | undefined;
  /** How many from an address belonged to nothing since; no more than `most` are counted. */
  lostSince(channel: ReachChannel, address: string, since: number, most: number): number;
  ofNotification(notificationId: number): AnswerRecord[];
  ofCall(callId: number): AnswerRecord[];
  /** A person says what it answers; the rest of an answer never changes. */
  place(
    id: number,
    place: {
      readonly party: Party | null;
      readonly notificationId: number | null;
      readonly callId: number | null;
    },
    revision: number,
  ): void;
};

type Row = Omit<AnswerRecord, 'party' | 'files'> & {
  readonly contactId: number | null;
  readonly personId: number | null;
};

const columns = `id, uuid, channel, route_id AS routeId, event_id AS eventId, address, contact_id AS contactId,
  person_id AS personId, notification_id AS notificationId, call_id AS callId, verb, text, latitude, longitude, at,
  taken_at AS takenAt, revision`;

export function createReplyStore(db: Db): ReplyStore {
  const insertReceipt = db.prepare<[ReceiptRecord], void>(
    `INSERT INTO receipt (delivery_id, event_id, status, raw, at, taken_at)
     VALUES (:deliveryId, :eventId, :status, :raw, :at, :takenAt) ON CONFLICT (delivery_id, event_id) DO NOTHING`,
  );
  const receipts = db.prepare<[number], ReceiptRecord>(
    `SELECT delivery_id AS deliveryId, event_id AS eventId, status, raw, at, taken_at AS takenAt FROM receipt
     WHERE delivery_id = ? ORDER BY id`,
  );
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO answer (uuid, channel, route_id, event_id, address, contact_id, person_id, notification_id, call_id,
         verb, text, latitude, longitude, at, taken_at, revision)
       VALUES (:uuid, :channel, :routeId, :eventId, :address, :contactId, :personId, :notificationId, :callId, :verb,
         :text, :latitude, :longitude, :at, :takenAt, :revision)
       ON CONFLICT (channel, coalesce(route_id, 0), event_id) DO NOTHING RETURNING id`,
    )
    .pluck();
  const addFile = db.prepare<[object], void>(
    `INSERT INTO answer_file (answer_id, position, sha256, file_name, mime_type, size)
     VALUES (:id, :position, :sha256, :fileName, :mimeType, :size)`,
  );
  const files = db.prepare<[number], StoredFile>(
    `SELECT sha256, file_name AS fileName, mime_type AS mimeType, size FROM answer_file
     WHERE answer_id = ? ORDER BY position`,
  );
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM answer WHERE id = ?`);
  const saidTo = db.prepare<[string, number, string], Omit<SaidTo, 'isHeeded'> & { readonly heeded: 0 | 1 }>(
    'SELECT verb, reply, heeded FROM answer WHERE channel = ? AND coalesce(route_id, 0) = ? AND event_id = ?',
  );
  const moved = db
    .prepare<[object], number | null>(
      `UPDATE answer SET latitude = :latitude, longitude = :longitude, revision = :revision
       WHERE channel = :channel AND coalesce(route_id, 0) = :routeId AND event_id = :eventId AND latitude IS NOT NULL
       RETURNING call_id`,
    )
    .pluck();
  const setSaid = db.prepare<[object], void>(
    'UPDATE answer SET reply = :reply, heeded = :heeded WHERE id = :id',
  );
  const lost = db
    .prepare<[string, string, number, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM answer
         WHERE channel = ? AND address = ? AND taken_at > ? AND notification_id IS NULL LIMIT ?)`,
    )
    .pluck();
  const ofNotification = db.prepare<[number], Row>(
    `SELECT ${columns} FROM answer WHERE notification_id = ? ORDER BY id`,
  );
  const ofCall = db.prepare<[number], Row>(`SELECT ${columns} FROM answer WHERE call_id = ? ORDER BY id`);
  const place = db.prepare<[object], void>(
    `UPDATE answer SET contact_id = :contactId, person_id = :personId, notification_id = :notificationId,
       call_id = :callId, revision = :revision WHERE id = :id`,
  );
  const toAnswer = ({ contactId, personId, ...row }: Row): AnswerRecord => ({
    ...row,
    party: partyOf(contactId, personId),
    files: files.all(row.id),
  });
  const one = (row: Row | undefined) => row && toAnswer(row);
  return {
    insertReceipt: (receipt) => insertReceipt.run(receipt).changes > 0,
    receipts: (deliveryId) => receipts.all(deliveryId),
    insertAnswer({ files: attached, party, ...answer }) {
      const id = insert.get({ ...answer, ...idsOf(party) });
      if (id === undefined) return undefined;
      for (const [position, file] of attached.entries()) addFile.run({ ...file, id, position });
      return { ...answer, party, files: attached, id };
    },
    findAnswer: (id) => one(byId.get(id)),
    saidTo(channel, routeId, eventId) {
      const found = saidTo.get(channel, routeId, eventId);
      return found && { verb: found.verb, reply: found.reply, isHeeded: found.heeded === 1 };
    },
    setSaid: (id, { reply, isHeeded }) => void setSaid.run({ id, reply, heeded: isHeeded ? 1 : 0 }),
    movedTo: (channel, routeId, eventId, { latitude, longitude, revision }) =>
      moved.get({ channel, routeId, eventId, latitude, longitude, revision }),
    lostSince: (channel, address, since, most) => lost.get(channel, address, since, most) ?? 0,
    ofNotification: (id) => ofNotification.all(id).map(toAnswer),
    ofCall: (id) => ofCall.all(id).map(toAnswer),
    place: (id, { party, notificationId, callId }, revision) =>
      void place.run({ id, ...idsOf(party), notificationId, callId, revision }),
  };
}

function idsOf(party: Party | null) {
  return {
    contactId: party?.kind === 'contact' ? party.id : null,
    personId: party?.kind === 'person' ? party.id : null,
  };
}

function partyOf(contactId: number | null, personId: number | null): Party | null {
  if (contactId !== null) return { kind: 'contact', id: contactId };
  return personId === null ? null : { kind: 'person', id: personId };
}

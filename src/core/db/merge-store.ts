import type { Db } from './open.ts';

/** How the merged incident stood, and what the other took from it: all that taking apart needs. */
export type MergeBefore = {
  readonly finishedAt: number | null;
  readonly postponedUntil: number | null;
  readonly autoCloseAt: number | null;
  /** Assets offered to the other that it had not known. */
  readonly assetIds: readonly number[];
};

export type MergeRecord = {
  readonly id: number;
  readonly incidentId: number;
  readonly intoId: number;
  readonly mergedAt: number;
  readonly before: MergeBefore;
  readonly partedAt: number | null;
};

/** Of an incident, from its own letters. */
export type LetterCount = { readonly count: number; readonly lastAt: number | null };

export type MergeStore = {
  insert(merge: Omit<MergeRecord, 'id' | 'partedAt'>, conversationIds: readonly number[]): number;
  /** The merge by which this incident stands in another. */
  standing(incidentId: number): MergeRecord | undefined;
  setParted(id: number, at: number): void;
  /** Those that stand in this incident directly, oldest first. */
  into(intoId: number): MergeRecord[];
  conversationsOf(incidentId: number): number[];
  /** Those of the merge that stand in the given incident still. */
  conversationsIn(mergeId: number, incidentId: number): number[];
  /** Which of the incident's conversations came with a merged one: the first it belonged to. */
  origins(incidentId: number): { readonly conversationId: number; readonly incidentId: number }[];
  countLetters(incidentId: number): LetterCount;
  lettersOf(conversationIds: readonly number[]): number[];
  /** Letters of an incident that joined it by another's code. */
  joinedByCode(incidentId: number, code: string): number[];
  /** The newest letter from this address in the incident. */
  latestFrom(incidentId: number, address: string): number | undefined;
};

type Row = Omit<MergeRecord, 'before'> & { readonly before: string };

const columns =
  'id, incident_id AS incidentId, into_id AS intoId, merged_at AS mergedAt, before, parted_at AS partedAt';

export function createMergeStore(db: Db): MergeStore {
  return { ...createMerges(db), ...createLetters(db) };
}

function createMerges(db: Db): Pick<MergeStore, 'insert' | 'standing' | 'setParted' | 'into' | 'origins'> {
  const insert = db.prepare<[number, number, number, string], void>(
    'INSERT INTO incident_merge (incident_id, into_id, merged_at, before) VALUES (?, ?, ?, ?)',
  );
  const insertConversation = db.prepare<[number, number], void>(
    'INSERT INTO incident_merge_conversation (merge_id, conversation_id) VALUES (?, ?)',
  );
  const standing = db.prepare<[number], Row>(
    `SELECT ${columns} FROM incident_merge WHERE incident_id = ? AND parted_at IS NULL`,
  );
  const setParted = db.prepare<[number, number], void>(
    'UPDATE incident_merge SET parted_at = ? WHERE id = ?',
  );
  const into = db.prepare<[number], Row>(
    `SELECT ${columns} FROM incident_merge WHERE into_id = ? AND parted_at IS NULL ORDER BY id`,
  );
  const origins = db.prepare<[number], { conversationId: number; incidentId: number }>(
    `SELECT c.id AS conversationId, g.incident_id AS incidentId
     FROM conversation c JOIN incident_merge_conversation gc ON gc.conversation_id = c.id
     JOIN incident_merge g ON g.id = gc.merge_id AND g.parted_at IS NULL
     WHERE c.incident_id = ? GROUP BY c.id HAVING g.id = min(g.id)`,
  );
  return {
    insert({ incidentId, intoId, mergedAt, before }, conversationIds) {
      const id = Number(insert.run(incidentId, intoId, mergedAt, JSON.stringify(before)).lastInsertRowid);
      for (const conversationId of conversationIds) insertConversation.run(id, conversationId);
      return id;
    },
    standing(incidentId) {
      const row = standing.get(incidentId);
      return row && toRecord(row);
    },
    setParted: (id, at) => void setParted.run(at, id),
    into: (intoId) => into.all(intoId).map(toRecord),
    origins: (incidentId) => origins.all(incidentId),
  };
}

function createLetters(db: Db): Omit<MergeStore, 'insert' | 'standing' | 'setParted' | 'into' | 'origins'> {
  const conversations = db
    .prepare<[number], number>('SELECT id FROM conversation WHERE incident_id = ? ORDER BY id')
    .pluck();
  const conversationsIn = db
    .prepare<[number, number], number>(
      `SELECT c.id FROM incident_merge_conversation gc JOIN conversation c ON c.id = gc.conversation_id
       WHERE gc.merge_id = ? AND c.incident_id = ? ORDER BY c.id`,
    )
    .pluck();
  const count = db.prepare<[number], LetterCount>(
    `SELECT count(*) AS count, max(m.received_at) AS lastAt FROM conversation c
     JOIN message m ON m.conversation_id = c.id LEFT JOIN outbox o ON o.message_id = m.id
     WHERE c.incident_id = ? AND o.state IS NOT 'cancelled'`,
  );
  const lettersOf = db
    .prepare<[string], number>(
      `SELECT m.id FROM json_each(?) wanted JOIN message m ON m.conversation_id = wanted.value ORDER BY m.id`,
    )
    .pluck();
  const byCode = db
    .prepare<[number, string], number>(
      `SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND m.link ->> 'by' = 'code' AND m.link ->> 'detail' = ?
       ORDER BY m.received_at, m.id`,
    )
    .pluck();
  const latestFrom = db
    .prepare<[number, string], number>(
      `SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id
       WHERE c.incident_id = ? AND m.direction = 'in' AND m.channel = 'mail' AND m.automatic_kind IS NULL
         AND m.from_address = ? COLLATE NOCASE ORDER BY m.received_at DESC, m.id DESC LIMIT 1`,
    )
    .pluck();
  return {
    conversationsOf: (incidentId) => conversations.all(incidentId),
    conversationsIn: (mergeId, incidentId) => conversationsIn.all(mergeId, incidentId),
    countLetters: (incidentId) => count.get(incidentId) ?? { count: 0, lastAt: null },
    lettersOf: (ids) => lettersOf.all(JSON.stringify(ids)),
    joinedByCode: (incidentId, code) => byCode.all(incidentId, code),
    latestFrom: (incidentId, address) => latestFrom.get(incidentId, address),
  };
}

function toRecord(row: Row): MergeRecord {
  return { ...row, before: JSON.parse(row.before) as MergeBefore };
}

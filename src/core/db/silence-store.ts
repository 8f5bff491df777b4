import type { Db } from './open.ts';

export type ChannelWatchRecord = {
  readonly source: string;
  readonly enabled: number;
  readonly bound: number | null;
  readonly minMinutes: number | null;
  /** Rows up to this id are counted. */
  readonly countedId: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly revision: number;
};

export type SilenceRecord = {
  readonly id: number;
  readonly source: string;
  readonly why: 'silent' | 'down';
  readonly incidentId: number;
  readonly sinceAt: number;
  readonly openedAt: number;
};

/** Something that came: its row, and when the other side took it, never later than it reached us. */
export type ArrivalRow = { readonly id: number; readonly at: number };

export type SilenceStore = {
  watch(source: string): ChannelWatchRecord | undefined;
  saveWatch(record: ChannelWatchRecord): void;
  count(source: string, hour: number, by: number): void;
  /** Of the hours named, the count of each; 0 where nothing came. */
  counts(source: string, hours: readonly number[]): number[];
  forgetHours(before: number): void;
  /** After a row, in the order of rows. */
  lettersAfter(accountId: number, id: number, limit: number): ArrivalRow[];
  chatMessagesAfter(accountId: number, id: number, limit: number): ArrivalRow[];
  /** Of the newest row of any account. */
  newestId(kind: 'mail' | 'telegram'): number;
  running(source: string): SilenceRecord | undefined;
  /** Throws when one is running already: a channel is silent once at a time. */
  begin(silence: Omit<SilenceRecord, 'id'> & { readonly revision: number }): void;
  end(id: number, at: number, revision: number): void;
};

export function createSilenceStore(db: Db): SilenceStore {
  const watch = db.prepare<[string], ChannelWatchRecord>(
    `SELECT source, enabled, bound, min_minutes AS minMinutes, counted_id AS countedId, first_at AS firstAt,
       last_at AS lastAt, revision FROM channel_watch WHERE source = ?`,
  );
  const saveWatch = db.prepare<[ChannelWatchRecord], void>(
    `INSERT INTO channel_watch (source, enabled, bound, min_minutes, counted_id, first_at, last_at, revision)
     VALUES (:source, :enabled, :bound, :minMinutes, :countedId, :firstAt, :lastAt, :revision)
     ON CONFLICT (source) DO UPDATE SET enabled = excluded.enabled, bound = excluded.bound,
       min_minutes = excluded.min_minutes, counted_id = excluded.counted_id, first_at = excluded.first_at,
       last_at = excluded.last_at, revision = excluded.revision`,
  );
  const count = db.prepare<[string, number, number], void>(
    `INSERT INTO channel_hour (source, hour, count) VALUES (?, ?, ?)
     ON CONFLICT (source, hour) DO UPDATE SET count = count + excluded.count`,
  );
  const counted = db
    .prepare<[string, number], number>('SELECT count FROM channel_hour WHERE source = ? AND hour = ?')
    .pluck();
  const forget = db.prepare<[number], void>('DELETE FROM channel_hour WHERE hour < ?');
  // A server's clock may run ahead of ours.
  const letters = db.prepare<[number, number, number], ArrivalRow>(
    `SELECT r.id, min(r.received_at, r.stored_at) AS at FROM raw_message r
     JOIN mail_folder f ON f.id = r.folder_id AND f.role = 'inbox'
     WHERE r.id > ? AND r.account_id = ? ORDER BY r.id LIMIT ?`,
  );
  const messages = db.prepare<[number, number, number], ArrivalRow>(
    `SELECT m.id, m.sent_at AS at FROM chat_message m JOIN chat c ON c.id = m.chat_id
     WHERE m.id > ? AND c.account_id = ? AND m.direction = 'in' ORDER BY m.id LIMIT ?`,
  );
  const newestLetter = db.prepare<[], number | null>('SELECT max(id) FROM raw_message').pluck();
  const newestMessage = db.prepare<[], number | null>('SELECT max(id) FROM chat_message').pluck();
  const running = db.prepare<[string], SilenceRecord>(
    `SELECT id, source, why, incident_id AS incidentId, since_at AS sinceAt, opened_at AS openedAt
     FROM silence WHERE source = ? AND ended_at IS NULL`,
  );
  const begin = db.prepare<[object], void>(
    `INSERT INTO silence (source, why, incident_id, since_at, opened_at, revision)
     VALUES (:source, :why, :incidentId, :sinceAt, :openedAt, :revision)`,
  );
  const end = db.prepare<[number, number, number], void>(
    'UPDATE silence SET ended_at = max(opened_at, ?), revision = ? WHERE id = ?',
  );
  return {
    watch: (source) => watch.get(source),
    saveWatch: (record) => void saveWatch.run(record),
    count: (source, hour, by) => void count.run(source, hour, by),
    counts: (source, hours) => hours.map((hour) => counted.get(source, hour) ?? 0),
    forgetHours: (before) => void forget.run(before),
    lettersAfter: (accountId, id, limit) => letters.all(id, accountId, limit),
    chatMessagesAfter: (accountId, id, limit) => messages.all(id, accountId, limit),
    newestId: (kind) => (kind === 'mail' ? newestLetter : newestMessage).get() ?? 0,
    running: (source) => running.get(source),
    begin: (silence) => void begin.run(silence),
    end: (id, at, revision) => void end.run(at, revision, id),
  };
}

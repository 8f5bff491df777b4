import type { NotificationFilter, NotificationRow, StepMark } from '../../shared/contract/notifications.ts';
import { withoutCheckCode } from '../../shared/domain/check-code.ts';
import { parseQuery } from '../../shared/domain/search-text.ts';
import { all, among, behind, filterCondition, worded, type Condition } from './notification-filter.ts';
import type { Db } from './open.ts';

/** What the screen shows of notifications; the engine's own rows are `notification-store.ts`. */
export type NotificationViewStore = {
  /** Newest first, those behind `before` in that order. */
  page(input: {
    readonly filter: NotificationFilter;
    readonly before: number | null;
    readonly limit: number;
  }): { readonly rows: NotificationRow[]; readonly next: number | null; readonly total: number | null };
  /** In the order of the ids; deleted ones are left out. */
  rows(ids: readonly number[]): NotificationRow[];
  /** All of them, oldest first: for a file. */
  ids(filter: NotificationFilter): number[];
  /** Of an incident, oldest first; and how many there are besides. */
  ofIncident(incidentId: number, limit: number): { readonly ids: number[]; readonly more: number };
  counts(): {
    readonly open: number;
    readonly unknown: number;
    readonly alarms: number;
    readonly answers: number;
  };
};

type RowRecord = Omit<NotificationRow, 'party' | 'incident' | 'call' | 'steps'> & {
  readonly party: string | null;
  readonly incident: string | null;
  readonly call: string | null;
  readonly steps: string;
};

/** Of hits that a page is looked for among; the page behind it looks further back. */
const mostHits = 5000;
/** Beyond it the screen says "more than". */
const mostCounted = 10_000;
/** As much of the words as a row of the list can show. */
const excerpt = 160;

const columns = `n.id, n.kind, n.urgency, n.title, substr(n.text, 1, ${excerpt}) AS text, n.state, n.held_by AS heldBy,
  CASE WHEN c.id IS NOT NULL THEN json_object('kind', 'contact', 'id', c.id, 'name', c.name)
    WHEN p.id IS NOT NULL THEN json_object('kind', 'person', 'id', p.id, 'name', p.name) END AS party,
  CASE WHEN i.id IS NOT NULL THEN json_object('id', i.id, 'code', i.code) END AS incident,
  CASE WHEN k.id IS NOT NULL THEN json_object('id', k.id, 'number', k.number) END AS call,
  n.created_at AS createdAt, n.created_by AS createdBy, n.started_at AS startedAt, n.ended_at AS endedAt,
  n.due_at AS dueAt, n.acknowledged_at AS acknowledgedAt, n.acknowledged_by AS acknowledgedBy,
  (SELECT json_group_array(json_object('channel', d.channel, 'state', d.state,
      'at', coalesce(d.acknowledged_at, d.read_at, d.delivered_at, d.failed_at, d.accepted_at, d.wrote_at, d.due_at)))
    FROM (SELECT * FROM delivery WHERE notification_id = n.id ORDER BY round, step) d) AS steps,
  coalesce(json_array_length(n.ladder, '$.steps'), 0) AS ladderLength,
  coalesce((SELECT sum(a.cost) FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id
    WHERE d.notification_id = n.id), 0) AS cost,
  n.previous_id AS previousId, (SELECT f.id FROM notification f WHERE f.previous_id = n.id LIMIT 1) AS nextId`;

const joins = `LEFT JOIN contact c ON c.id = n.contact_id LEFT JOIN person p ON p.id = n.person_id
  LEFT JOIN incident i ON i.id = n.incident_id LEFT JOIN call k ON k.id = n.call_id`;

export function createNotificationViewStore(db: Db): NotificationViewStore {
  const byIds = db.prepare<[string], RowRecord>(
    `SELECT ${columns} FROM json_each(?) wanted CROSS JOIN notification n ON n.id = wanted.value ${joins}
     ORDER BY wanted.key`,
  );
  const hitsBefore = db
    .prepare<[string, number, number], number>(
      'SELECT rowid FROM notification_word WHERE notification_word MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const goneBy = db
    .prepare<[string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM delivery WHERE channel IN (SELECT value FROM json_each(?)) LIMIT ?)`,
    )
    .pluck();
  const ofIncident = db
    .prepare<[number], number>('SELECT id FROM notification WHERE incident_id = ? ORDER BY id')
    .pluck();
  const rows = (ids: readonly number[]) => byIds.all(JSON.stringify(ids)).map(toRow);
  const conditionOf = (filter: NotificationFilter): Condition => {
    const { channels } = filter;
    const isRare = channels.length > 0 && (goneBy.get(JSON.stringify(channels), mostHits) ?? 0) < mostHits;
    return filterCondition(filter, isRare);
  };
  const idsOf = ({ sql, parameters }: Condition, order: 'ASC' | 'DESC', limit: number): number[] =>
    db
      .prepare<[object], number>(
        `SELECT n.id FROM notification n WHERE ${sql} ORDER BY n.created_at ${order}, n.id ${order} LIMIT :limit`,
      )
      .pluck()
      .all({ ...parameters, limit });

  /** null when there are too many. */
  function count({ sql, parameters }: Condition): number | null {
    const found =
      db
        .prepare<[object], number>(
          `SELECT count(*) FROM (SELECT 1 FROM notification n WHERE ${sql} LIMIT ${mostCounted + 1})`,
        )
        .pluck()
        .get(parameters) ?? 0;
    return found > mostCounted ? null : found;
  }

  return {
    page({ filter, before, limit }) {
      const match = matchOf(filter.text);
      const hits =
        match === undefined ? undefined : hitsBefore.all(match, before ?? Number.MAX_SAFE_INTEGER, mostHits);
      const wanted = all([conditionOf(filter), hits && among(hits)]);
      const ids = idsOf(all([wanted, before === null ? undefined : behind(before)]), 'DESC', limit + 1);
      const shown = ids.slice(0, limit);
      const isCut = hits?.length === mostHits;
      const further = isCut ? (hits.at(-1) ?? null) : null;
      return {
        rows: rows(shown),
        next: ids.length > limit ? (shown.at(-1) ?? null) : further,
        // What is counted with the first page need not be counted with each behind it.
        total: before !== null || isCut ? null : count(wanted),
      };
    },
    rows,
    ids(filter) {
      const match = matchOf(filter.text);
      const wanted = all([conditionOf(filter), match === undefined ? undefined : worded(match)]);
      return idsOf(wanted, 'ASC', Number.MAX_SAFE_INTEGER);
    },
    ofIncident(incidentId, limit) {
      const ids = ofIncident.all(incidentId);
      return { ids: ids.slice(-limit), more: Math.max(0, ids.length - limit) };
    },
    counts: createCounts(db),
  };
}

function createCounts(db: Db): NotificationViewStore['counts'] {
  const one = (sql: string) => {
    const statement = db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck();
    return () => statement.get() ?? 0;
  };
  const open = one("notification WHERE state IN ('waiting', 'climbing')");
  const unknown = one("delivery WHERE state = 'unknown'");
  const alarms = one('reach_alarm WHERE acknowledged_at IS NULL');
  const answers = one('answer WHERE notification_id IS NULL AND call_id IS NULL AND settled_at IS NULL');
  return () => ({ open: open(), unknown: unknown(), alarms: alarms(), answers: answers() });
}

function matchOf(text: string): string | undefined {
  return text.trim() === '' ? undefined : parseQuery(text)?.match;
}

function toRow(record: RowRecord): NotificationRow {
  const parse = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));
  return {
    ...record,
    text: withoutCheckCode(record.kind, record.text),
    party: parse(record.party),
    incident: parse(record.incident),
    call: parse(record.call),
    steps: JSON.parse(record.steps) as StepMark[],
  };
}

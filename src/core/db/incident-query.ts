import type { IncidentRow, QueueFilter, QueueSort } from '../../shared/contract/incidents.ts';
import type { Db } from './open.ts';

/** A condition over `incident i`, with its named parameters. */
export type Fragment = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
};

export type IncidentQuery = {
  /** Who asks decides what is unread, starred and sounding; nobody in particular has no star and has read nothing. */
  page(input: {
    filter: QueueFilter;
    sort: QueueSort;
    offset: number;
    limit: number;
    now: number;
    personId?: number;
    /** Floods that are listed whole; the others by their most urgent incident. Absent or null folds nothing. */
    unfolded?: readonly number[] | null;
  }): {
    total: number;
    rows: IncidentRow[];
  };
  rows(ids: readonly number[], personId?: number): IncidentRow[];
  counts(
    personId: number,
    now: number,
  ): {
    open: number;
    mine: number;
    unassigned: number;
    atRisk: number;
    overdue: number;
    unread: number;
    postponed: number;
  };
};

type RowRecord = Omit<IncidentRow, 'unread' | 'clock' | 'alarms'> & {
  readonly unread: number;
  readonly alarms: string;
  readonly clockKind: string | null;
  readonly clockName: string | null;
  readonly clockNameEn: string | null;
  readonly startedAt: number;
  readonly targetMs: number | null;
  readonly riskAt: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly remainingMs: number | null;
  readonly pauseReason: string | null;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
};

/** Ids of people begin with 1. */
const nobody = 0;

/** Few, and asked for once: whether an incident is one of them is then looked up beside the rows. */
const starred = 'SELECT incident_id FROM favourite WHERE person_id = :personId';
const notStarred = `i.id NOT IN (${starred})`;

/** Newer than what the person has read of it. */
const isUnread = `coalesce(i.last_inbound_at, 0) > coalesce(
    (SELECT r.read_at FROM incident_read r WHERE r.person_id = :personId AND r.incident_id = i.id), 0)`;
const ownFavourite =
  '(SELECT f.level FROM favourite f WHERE f.person_id = :personId AND f.incident_id = i.id)';

const rowColumns = `i.id, i.code, i.title, i.status_id AS statusId, i.type_id AS typeId, i.priority, i.channel,
  i.registered_at AS registeredAt, i.opened_at AS openedAt, i.finished_at AS finishedAt, i.dismissed_at AS dismissedAt,
  i.assignee_id AS assigneeId, i.asset, coalesce(nullif(i.applicant_name, ''), nullif(i.applicant_address, ''), i.applicant_phone) AS applicant,
  ${isUnread} AS unread, ${ownFavourite} AS favourite, i.postponed_until AS postponedUntil, i.auto_close_at AS autoCloseAt, i.late_letters AS lateLetters, i.message_count AS messageCount, i.last_message_at AS lastMessageAt,
  i.merged_into_id AS mergedIntoId, i.flood_id AS floodId, i.revision,
  c.kind AS clockKind, coalesce(k.name, c.kind) AS clockName, coalesce(k.name_en, c.kind) AS clockNameEn, c.started_at AS startedAt, c.target_ms AS targetMs, c.risk_at AS riskAt, c.due_at AS dueAt,
  c.paused_at AS pausedAt, c.remaining_ms AS remainingMs, c.pause_reason AS pauseReason, c.ended_at AS endedAt, c.ended_by AS endedBy,
  (SELECT json_group_array(a.kind) FROM alarm a
    WHERE a.incident_id = i.id AND a.acknowledged_at IS NULL
      AND (a.person_id IS NULL OR a.person_id = :personId)) AS alarms`;

/** Of an incident's clocks the queue shows the one that governs it. */
const clockJoin = 'LEFT JOIN incident_clock c ON c.id = i.clock_id LEFT JOIN clock_rule k ON k.key = c.kind';

/** Clocks in a state; each can walk an index of incident_clock. */
const clockConditions: Readonly<Record<QueueFilter['clockStates'][number], string>> = {
  'no-target': 'c.ended_at IS NULL AND c.target_ms IS NULL AND c.paused_at IS NULL',
  running: 'c.ended_at IS NULL AND c.risk_at > :now',
  'at-risk': 'c.ended_at IS NULL AND c.risk_at <= :now AND c.due_at >= :now',
  overdue: 'c.ended_at IS NULL AND c.due_at < :now',
  paused: 'c.ended_at IS NULL AND c.paused_at IS NOT NULL',
  // What went into another was neither kept nor broken.
  met: "c.ended_at IS NOT NULL AND c.ended_by IS NOT 'merged' AND (c.due_at IS NULL OR c.ended_at <= c.due_at)",
  breached: "c.ended_at IS NOT NULL AND c.ended_by IS NOT 'merged' AND c.ended_at > c.due_at",
};

const scopes: Readonly<Record<QueueFilter['scope'], string>> = {
  open: 'i.finished_at IS NULL AND i.dismissed_at IS NULL',
  finished: 'i.finished_at IS NOT NULL AND i.dismissed_at IS NULL',
  dismissed: 'i.dismissed_at IS NOT NULL',
  all: 'i.dismissed_at IS NULL',
};

/**
 * Left alone SQLite walks the index of all incidents for the open ones, and a queue shorter than its page then costs a
 * look at every finished incident there ever was.
 */
const sources: Readonly<Record<QueueFilter['scope'], string>> = {
  open: 'INDEXED BY incident_open_by_urgency',
  finished: '',
  dismissed: '',
  all: '',
};

const sortKeys: Readonly<Record<QueueSort['key'], string>> = {
  urgency: 'i.urgency_at',
  code: 'i.number',
  title: 'i.title',
  status: '(SELECT position FROM status WHERE id = i.status_id)',
  type: '(SELECT position FROM incident_type WHERE id = i.type_id)',
  due: '(SELECT due_at FROM incident_clock WHERE id = i.clock_id)',
  assignee: '(SELECT name FROM person WHERE id = i.assignee_id)',
  registered: 'i.registered_at',
  asset: 'i.asset',
  channel: 'i.channel',
  lastMessage: 'i.last_message_at',
  favourite: `CASE WHEN i.id IN (${starred} AND level = 'important') THEN 0 WHEN i.id IN (${starred}) THEN 1 ELSE 2 END`,
};

export function createIncidentQuery(db: Db): IncidentQuery {
  const byIds = db.prepare<[{ ids: string; personId: number }], RowRecord>(
    `SELECT ${rowColumns} FROM json_each(:ids) wanted JOIN incident i ON i.id = wanted.value ${clockJoin} ORDER BY wanted.key`,
  );
  const countOpen = db.prepare<
    [{ personId: number }],
    { open: number; mine: number; unassigned: number; unread: number; postponed: number }
  >(
    `SELECT count(*) AS open, coalesce(sum(assignee_id = :personId), 0) AS mine,
       coalesce(sum(assignee_id IS NULL), 0) AS unassigned, coalesce(sum(${isUnread}), 0) AS unread,
       count(postponed_until) AS postponed
     FROM incident i WHERE ${scopes.open}`,
  );
  const countClock = (state: 'at-risk' | 'overdue') =>
    db
      .prepare<[{ now: number }], number>(
        `SELECT count(*) FROM incident_clock c CROSS JOIN incident i ON i.id = c.incident_id AND i.clock_id = c.id
         WHERE ${clockConditions[state]}`,
      )
      .pluck();
  const countAtRisk = countClock('at-risk');
  const countOverdue = countClock('overdue');

  const rowsOf = (ids: readonly number[], personId = nobody) =>
    byIds.all({ ids: JSON.stringify(ids), personId }).map(toRow);

  return {
    page({ filter, sort, offset, limit, now, personId = nobody, unfolded = null }) {
      const all = queueFragment(filter, now, personId);
      const { sql, parameters } = unfolded === null || filter.scope !== 'open' ? all : folded(all, unfolded);
      const total =
        db
          .prepare<[object], number>(`SELECT count(*) FROM incident i WHERE ${sql}`)
          .pluck()
          .get(parameters) ?? 0;
      const direction = sort.descending ? 'DESC' : 'ASC';
      const order = `ORDER BY ${sortKeys[sort.key]} ${direction}, i.id ${direction}`;
      const ids = db
        .prepare<[object], number>(
          `SELECT i.id FROM incident i ${sources[filter.scope]} WHERE ${sql} ${order} LIMIT :limit OFFSET :offset`,
        )
        .pluck()
        .all({ ...parameters, personId, limit, offset });
      return { total, rows: rowsOf(ids, personId) };
    },
    rows: rowsOf,
    counts(personId, now) {
      const open = countOpen.get({ personId }) ?? {
        open: 0,
        mine: 0,
        unassigned: 0,
        unread: 0,
        postponed: 0,
      };
      return { ...open, atRisk: countAtRisk.get({ now }) ?? 0, overdue: countOverdue.get({ now }) ?? 0 };
    },
  };
}

/** Of each flood the most urgent of those the filter lets through stands for all of them. */
function folded({ sql, parameters }: Fragment, unfolded: readonly number[]): Fragment {
  return {
    sql: `${sql} AND (i.flood_id IS NULL OR i.flood_id IN (SELECT value FROM json_each(:unfolded)) OR i.id IN (
      SELECT id FROM (SELECT i.id, row_number() OVER (PARTITION BY i.flood_id ORDER BY i.urgency_at, i.id) AS place
        FROM incident i INDEXED BY incident_open_by_flood WHERE i.flood_id IS NOT NULL AND ${sql}) WHERE place = 1))`,
    parameters: { ...parameters, unfolded: JSON.stringify(unfolded) },
  };
}

/** The closed map from a filter to SQL: no text of the page ever becomes SQL. */
export function queueFragment(filter: QueueFilter, now: number, personId = nobody): Fragment {
  const parts = [scopes[filter.scope]];
  const parameters: Record<string, string | number> = {};
  const anyOf = (column: string, name: string, values: readonly (number | string | null)[]) => {
    if (values.length === 0) return;
    parameters[name] = JSON.stringify(values.filter((value) => value !== null));
    const inside = `${column} IN (SELECT value FROM json_each(:${name}))`;
    parts.push(values.includes(null) ? `(${inside} OR ${column} IS NULL)` : inside);
  };
  anyOf('i.status_id', 'statusIds', filter.statusIds);
  anyOf('i.type_id', 'typeIds', filter.typeIds);
  anyOf('i.assignee_id', 'assigneeIds', filter.assigneeIds);
  anyOf('i.channel', 'channels', filter.channels);
  if (filter.categoryIds.length > 0) {
    parameters['categoryIds'] = JSON.stringify(filter.categoryIds);
    parts.push(
      'i.id IN (SELECT incident_id FROM incident_category WHERE category_id IN (SELECT value FROM json_each(:categoryIds)))',
    );
  }
  if (filter.clockStates.length > 0) {
    const conditions = filter.clockStates.map((state) => clockConditions[state]);
    parts.push(clockFragment(filter.clockStates));
    if (conditions.some((condition) => condition.includes(':now'))) parameters['now'] = now;
  }
  if (filter.postponed) parts.push('i.postponed_until IS NOT NULL');
  if (filter.unread) parts.push(isUnread);
  // Few are starred: their own index leads, not a look at every incident there is.
  const levels = filter.favourites.filter((level) => level !== null);
  if (levels.length > 0) {
    parameters['favourites'] = JSON.stringify(levels);
    parts.push(orNone(filter.favourites.includes(null)));
  } else if (filter.favourites.includes(null)) parts.push(notStarred);
  if (filter.unread || filter.favourites.length > 0) parameters['personId'] = personId;
  if (filter.asset !== '') {
    parameters['asset'] = filter.asset;
    parts.push('instr(i.asset, :asset) > 0');
  }
  if (filter.registeredFrom !== null) {
    parameters['registeredFrom'] = filter.registeredFrom;
    parts.push('i.registered_at >= :registeredFrom');
  }
  if (filter.registeredTo !== null) {
    parameters['registeredTo'] = filter.registeredTo;
    parts.push('i.registered_at < :registeredTo');
  }
  return { sql: parts.join(' AND '), parameters };
}

function orNone(withNone: boolean): string {
  const own = `i.id IN (${starred} AND level IN (SELECT value FROM json_each(:favourites)))`;
  return withNone ? `(${own} OR ${notStarred})` : own;
}

/** Of what runs there is little, so it is listed; of what has ended there is a year, so each incident is asked. */
function clockFragment(states: QueueFilter['clockStates']): string {
  const [ended, open] = [true, false].map((isEnded) =>
    states
      .filter((state) => (state === 'met' || state === 'breached') === isEnded)
      .map((state) => clockConditions[state]),
  );
  const lists = (open ?? []).map((condition) => `SELECT c.id FROM incident_clock c WHERE ${condition}`);
  const ways = [
    ...(lists.length > 0 ? [`i.clock_id IN (${lists.join(' UNION ')})`] : []),
    ...(ended ?? []).map(
      (condition) => `EXISTS (SELECT 1 FROM incident_clock c WHERE c.id = i.clock_id AND ${condition})`,
    ),
  ];
  return `(${ways.join(' OR ')})`;
}

function toRow(record: RowRecord): IncidentRow {
  const {
    clockKind,
    clockName,
    clockNameEn,
    startedAt,
    targetMs,
    riskAt,
    dueAt,
    pausedAt,
    remainingMs,
    pauseReason,
    endedAt,
    endedBy,
    ...row
  } = record;
  const clock =
    clockKind === null
      ? null
      : {
          kind: clockKind,
          name: clockName ?? clockKind,
          nameEn: clockNameEn ?? clockKind,
          startedAt,
          targetMs,
          riskAt,
          dueAt,
          pausedAt,
          remainingMs,
          pauseReason,
          endedAt,
          merged: endedBy === 'merged',
        };
  return {
    ...row,
    unread: record.unread === 1,
    alarms: JSON.parse(record.alarms) as IncidentRow['alarms'],
    clock,
  };
}

import type { IncidentRow, QueueFilter, QueueSort } from '../../shared/contract/incidents.ts';
import type { Db } from './open.ts';

/** A condition over `incident i`, with its named parameters. */
export type Fragment = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
};

export type IncidentQuery = {
  page(input: { filter: QueueFilter; sort: QueueSort; offset: number; limit: number; now: number }): {
    total: number;
    rows: IncidentRow[];
  };
  rows(ids: readonly number[]): IncidentRow[];
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
  };
};

type RowRecord = Omit<IncidentRow, 'unread' | 'clock' | 'alarms'> & {
  readonly unread: number;
  readonly alarms: string;
  readonly clockKind: 'sla' | null;
  readonly startedAt: number;
  readonly targetMs: number | null;
  readonly riskAt: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly remainingMs: number | null;
  readonly pauseReason: string | null;
  readonly endedAt: number | null;
};

const rowColumns = `i.id, i.code, i.title, i.status_id AS statusId, i.type_id AS typeId, i.priority, i.channel,
  i.registered_at AS registeredAt, i.opened_at AS openedAt, i.finished_at AS finishedAt, i.dismissed_at AS dismissedAt,
  i.assignee_id AS assigneeId, i.asset, coalesce(nullif(i.applicant_name, ''), nullif(i.applicant_address, ''), i.applicant_phone) AS applicant,
  i.unread, i.late_letters AS lateLetters, i.message_count AS messageCount, i.last_message_at AS lastMessageAt, i.revision,
  c.kind AS clockKind, c.started_at AS startedAt, c.target_ms AS targetMs, c.risk_at AS riskAt, c.due_at AS dueAt,
  c.paused_at AS pausedAt, c.remaining_ms AS remainingMs, c.pause_reason AS pauseReason, c.ended_at AS endedAt,
  (SELECT json_group_array(a.kind) FROM alarm a
    WHERE a.incident_id = i.id AND a.acknowledged_at IS NULL AND a.person_id IS NULL) AS alarms`;

const clockJoin = "LEFT JOIN incident_clock c ON c.incident_id = i.id AND c.kind = 'sla'";

/** Ids of clocks in a state; each can walk an index of incident_clock. */
const clockConditions: Readonly<Record<QueueFilter['clockStates'][number], string>> = {
  'no-target':
    'SELECT incident_id FROM incident_clock WHERE ended_at IS NULL AND target_ms IS NULL AND paused_at IS NULL',
  running: 'SELECT incident_id FROM incident_clock WHERE ended_at IS NULL AND risk_at > :now',
  'at-risk':
    'SELECT incident_id FROM incident_clock WHERE ended_at IS NULL AND risk_at <= :now AND due_at >= :now',
  overdue: 'SELECT incident_id FROM incident_clock WHERE ended_at IS NULL AND due_at < :now',
  paused: 'SELECT incident_id FROM incident_clock WHERE ended_at IS NULL AND paused_at IS NOT NULL',
  met: 'SELECT incident_id FROM incident_clock WHERE ended_at IS NOT NULL AND (due_at IS NULL OR ended_at <= due_at)',
  breached: 'SELECT incident_id FROM incident_clock WHERE ended_at IS NOT NULL AND ended_at > due_at',
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
  due: '(SELECT due_at FROM incident_clock WHERE incident_id = i.id)',
  assignee: '(SELECT name FROM person WHERE id = i.assignee_id)',
  registered: 'i.registered_at',
  asset: 'i.asset',
  channel: 'i.channel',
  lastMessage: 'i.last_message_at',
};

export function createIncidentQuery(db: Db): IncidentQuery {
  const byIds = db.prepare<[string], RowRecord>(
    `SELECT ${rowColumns} FROM json_each(?) wanted JOIN incident i ON i.id = wanted.value ${clockJoin} ORDER BY wanted.key`,
  );
  const countOpen = db.prepare<
    [{ personId: number }],
    { open: number; mine: number; unassigned: number; unread: number }
  >(
    `SELECT count(*) AS open, coalesce(sum(assignee_id = :personId), 0) AS mine,
       coalesce(sum(assignee_id IS NULL), 0) AS unassigned, coalesce(sum(unread), 0) AS unread
     FROM incident i WHERE ${scopes.open}`,
  );
  const countClock = (state: 'at-risk' | 'overdue') =>
    db.prepare<[{ now: number }], number>(`SELECT count(*) FROM (${clockConditions[state]})`).pluck();
  const countAtRisk = countClock('at-risk');
  const countOverdue = countClock('overdue');

  const rowsOf = (ids: readonly number[]) => byIds.all(JSON.stringify(ids)).map(toRow);

  return {
    page({ filter, sort, offset, limit, now }) {
      const { sql, parameters } = queueFragment(filter, now);
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
        .all({ ...parameters, limit, offset });
      return { total, rows: rowsOf(ids) };
    },
    rows: rowsOf,
    counts(personId, now) {
      const open = countOpen.get({ personId }) ?? { open: 0, mine: 0, unassigned: 0, unread: 0 };
      return { ...open, atRisk: countAtRisk.get({ now }) ?? 0, overdue: countOverdue.get({ now }) ?? 0 };
    },
  };
}

/** The closed map from a filter to SQL: no text of the page ever becomes SQL. */
export function queueFragment(filter: QueueFilter, now: number): Fragment {
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
    parts.push(`i.id IN (${conditions.join(' UNION ')})`);
    if (conditions.some((condition) => condition.includes(':now'))) parameters['now'] = now;
  }
  if (filter.unread) parts.push('i.unread = 1');
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

function toRow(record: RowRecord): IncidentRow {
  const {
    clockKind,
    startedAt,
    targetMs,
    riskAt,
    dueAt,
    pausedAt,
    remainingMs,
    pauseReason,
    endedAt,
    ...row
  } = record;
  const clock =
    clockKind === null
      ? null
      : { kind: clockKind, startedAt, targetMs, riskAt, dueAt, pausedAt, remainingMs, pauseReason, endedAt };
  return {
    ...row,
    unread: record.unread === 1,
    alarms: JSON.parse(record.alarms) as IncidentRow['alarms'],
    clock,
  };
}

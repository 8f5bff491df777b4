import type { NotificationFilter } from '../../shared/contract/notifications.ts';

/** A condition over `notification n`, with its named parameters. */
export type Condition = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
};

/** The closed map from a filter to SQL, without its words: those are looked up in their own index. */
export function filterCondition(filter: NotificationFilter, isRareChannel: boolean): Condition {
  const { party, incidentId, callId, from, before, states, urgencies, channels, unknown } = filter;
  return all([
    states.length > 0 ? plain(inState(states)) : undefined,
    urgencies.length > 0 ? plain(listed('n.urgency', urgencies)) : undefined,
    channels.length > 0 ? plain(triedBy(channels, isRareChannel)) : undefined,
    unknown ? plain("n.id IN (SELECT notification_id FROM delivery WHERE state = 'unknown')") : undefined,
    party ? { sql: `n.${party.kind}_id = :partyId`, parameters: { partyId: party.id } } : undefined,
    incidentId === null ? undefined : { sql: 'n.incident_id = :incidentId', parameters: { incidentId } },
    callId === null ? undefined : { sql: 'n.call_id = :callId', parameters: { callId } },
    from === null ? undefined : { sql: 'n.created_at >= :from', parameters: { from } },
    before === null ? undefined : { sql: 'n.created_at < :before', parameters: { before } },
  ]);
}

/** All of them at once; those that are not there ask for nothing. */
export function all(conditions: readonly (Condition | undefined)[]): Condition {
  const given = conditions.filter((condition) => condition !== undefined);
  return {
    sql: given.length === 0 ? '1' : given.map(({ sql }) => sql).join(' AND '),
    parameters: Object.assign({}, ...given.map(({ parameters }) => parameters)) as Condition['parameters'],
  };
}

/** Behind another notification in the order of the list. */
export function behind(id: number): Condition {
  return {
    sql: '(n.created_at, n.id) < ((SELECT created_at FROM notification WHERE id = :behind), :behind)',
    parameters: { behind: id },
  };
}

export function among(ids: readonly number[]): Condition {
  return { sql: 'n.id IN (SELECT value FROM json_each(:hits))', parameters: { hits: JSON.stringify(ids) } };
}

/** Every notification with these words, however many. */
export function worded(match: string): Condition {
  return {
    sql: 'n.id IN (SELECT rowid FROM notification_word WHERE notification_word MATCH :match)',
    parameters: { match },
  };
}

function plain(sql: string): Condition {
  return { sql, parameters: {} };
}

/**
 * One state is read in the order of the list, the open ones are few; a mixture of others would be sorted as a whole, so
 * the list is walked instead (`+` keeps the planner off the index).
 */
function inState(states: NotificationFilter['states']): string {
  const isWalked = states.length > 1 && states.some((state) => state !== 'waiting' && state !== 'climbing');
  return listed(isWalked ? '+n.state' : 'n.state', states);
}

/** Of a rare channel the few are looked up; of a common one each row is asked, and a page of them is soon full. */
function triedBy(channels: readonly string[], isRare: boolean): string {
  const these = listed('d.channel', channels);
  return isRare
    ? `n.id IN (SELECT d.notification_id FROM delivery d WHERE ${these})`
    : `EXISTS (SELECT 1 FROM delivery d WHERE d.notification_id = n.id AND ${these})`;
}

/** Written into the text, so that the planner sees how few they are: the contract lets only known words through. */
function listed(column: string, values: readonly string[]): string {
  return `${column} IN (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
}

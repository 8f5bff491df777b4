import type { Db } from './open.ts';

type Waiting = { readonly id: number; readonly at: number };

/** What waits for its moment: postponed incidents and those that silence closes. */
export type LifeStore = {
  /** The nearest moment of any of them, or undefined. */
  nextAt(): number | undefined;
  /** Postponed ones whose time has come, earliest first. */
  wakingUp(now: number, limit: number): readonly Waiting[];
  closing(now: number, limit: number): readonly Waiting[];
  /**
   * Operator groups of the assets the incident is bound to, with the delay each asks for; null where a group leaves it
   * to the desk.
   */
  autoCloseDelays(incidentId: number): readonly { readonly group: string; readonly minutes: number | null }[];
};

/** What was set aside or merged waits for nothing. */
const living = 'finished_at IS NULL AND dismissed_at IS NULL AND merged_into_id IS NULL';
const postponed = `postponed_until IS NOT NULL AND ${living}`;
const armed = `auto_close_at IS NOT NULL AND ${living}`;

export function createLifeStore(db: Db): LifeStore {
  const nextWake = db
    .prepare<[], number | null>(
      `SELECT min(postponed_until) FROM incident INDEXED BY incident_postponed WHERE ${postponed}`,
    )
    .pluck();
  const nextClose = db
    .prepare<[], number | null>(
      `SELECT min(auto_close_at) FROM incident INDEXED BY incident_auto_close WHERE ${armed}`,
    )
    .pluck();
  const wakingUp = db.prepare<[number, number], Waiting>(
    `SELECT id, postponed_until AS at FROM incident INDEXED BY incident_postponed WHERE ${postponed} AND postponed_until <= ?
     ORDER BY postponed_until, id LIMIT ?`,
  );
  const closing = db.prepare<[number, number], Waiting>(
    `SELECT id, auto_close_at AS at FROM incident INDEXED BY incident_auto_close WHERE ${armed} AND auto_close_at <= ?
     ORDER BY auto_close_at, id LIMIT ?`,
  );
  const delays = db.prepare<[number], { group: string; minutes: number | null }>(
    `SELECT DISTINCT g.name AS "group", g.auto_close_minutes AS minutes
     FROM incident_asset b JOIN asset_operator ao ON ao.asset_id = b.asset_id
     JOIN operator o ON o.id = ao.operator_id JOIN operator_group g ON g.id = o.group_id
     WHERE b.incident_id = ? AND b.state = 'bound' ORDER BY g.name`,
  );
  return {
    nextAt() {
      const moments = [nextWake.get() ?? undefined, nextClose.get() ?? undefined].filter(
        (moment) => moment !== undefined,
      );
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    wakingUp: (now, limit) => wakingUp.all(now, limit),
    closing: (now, limit) => closing.all(now, limit),
    autoCloseDelays: (incidentId) => delays.all(incidentId),
  };
}

import type { Db } from './open.ts';

export type DeliveryOutcome = 'accepted' | 'refused' | 'not-sent' | 'unknown';

export type DeliveryAttemptRecord = {
  readonly id: number;
  readonly deliveryId: number;
  readonly routeId: number | null;
  readonly routeName: string;
  readonly startedAt: number;
  readonly wroteAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: DeliveryOutcome | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly providerId: string | null;
  readonly cost: number;
  readonly segments: number | null;
};

export type AttemptEnd = Pick<
  DeliveryAttemptRecord,
  'endedAt' | 'outcome' | 'code' | 'detail' | 'providerId' | 'cost' | 'segments'
>;

export type DeliveryAttemptStore = {
  begin(attempt: Pick<DeliveryAttemptRecord, 'deliveryId' | 'routeId' | 'routeName' | 'startedAt'>): number;
  /** The message may leave from now on, and this much of the day's money is taken for it. */
  wrote(id: number, at: number, money: { readonly cost: number; readonly segments: number | null }): void;
  end(id: number, end: AttemptEnd): void;
  /** What the provider says it cost, of the attempt by which it left. */
  setCost(id: number, cost: number, segments: number | null): void;
  /** The one a crash interrupted. */
  open(deliveryId: number): DeliveryAttemptRecord | undefined;
  last(deliveryId: number): DeliveryAttemptRecord | undefined;
  of(deliveryId: number): DeliveryAttemptRecord[];
  /** Of a message that belongs to no delivery. */
  trial(routeId: number, at: number, cost: number): void;
  /** Hundredths, of everything that may have left by the route since. */
  spentSince(routeId: number, since: number): number;
};

const columns = `id, delivery_id AS deliveryId, route_id AS routeId, route_name AS routeName, started_at AS startedAt,
  wrote_at AS wroteAt, ended_at AS endedAt, outcome, code, detail, provider_id AS providerId, cost, segments`;

export function createDeliveryAttemptStore(db: Db): DeliveryAttemptStore {
  const begin = db
    .prepare<[object], number>(
      `INSERT INTO delivery_attempt (delivery_id, route_id, route_name, started_at)
       VALUES (:deliveryId, :routeId, :routeName, :startedAt) RETURNING id`,
    )
    .pluck();
  const wrote = db.prepare<[object], void>(
    'UPDATE delivery_attempt SET wrote_at = :at, cost = :cost, segments = :segments WHERE id = :id',
  );
  const end = db.prepare<[object], void>(
    `UPDATE delivery_attempt SET ended_at = :endedAt, outcome = :outcome, code = :code, detail = :detail,
       provider_id = :providerId, cost = :cost, segments = :segments WHERE id = :id`,
  );
  const setCost = db.prepare<[object], void>(
    'UPDATE delivery_attempt SET cost = :cost, segments = coalesce(:segments, segments) WHERE id = :id',
  );
  const all = db.prepare<[number], DeliveryAttemptRecord>(
    `SELECT ${columns} FROM delivery_attempt WHERE delivery_id = ? ORDER BY id`,
  );
  const last = db.prepare<[number], DeliveryAttemptRecord>(
    `SELECT ${columns} FROM delivery_attempt WHERE delivery_id = ? ORDER BY id DESC LIMIT 1`,
  );
  const spent = db
    .prepare<[number, number], number | null>(
      'SELECT sum(cost) FROM delivery_attempt WHERE route_id = ? AND wrote_at >= ? AND cost > 0',
    )
    .pluck();
  const trial = db.prepare<[number, number, number], void>(
    'INSERT INTO trial_cost (route_id, at, cost) VALUES (?, ?, ?)',
  );
  const tried = db
    .prepare<[number, number], number | null>(
      'SELECT sum(cost) FROM trial_cost WHERE route_id = ? AND at >= ?',
    )
    .pluck();
  return {
    begin: (attempt) => Number(begin.get(attempt)),
    wrote: (id, at, money) => void wrote.run({ id, at, ...money }),
    end: (id, ended) => void end.run({ id, ...ended }),
    setCost: (id, cost, segments) => void setCost.run({ id, cost, segments }),
    open(deliveryId) {
      const attempt = last.get(deliveryId);
      return attempt?.endedAt === null ? attempt : undefined;
    },
    last: (deliveryId) => last.get(deliveryId),
    of: (deliveryId) => all.all(deliveryId),
    trial: (routeId, at, cost) => void trial.run(routeId, at, cost),
    spentSince: (routeId, since) => (spent.get(routeId, since) ?? 0) + (tried.get(routeId, since) ?? 0),
  };
}

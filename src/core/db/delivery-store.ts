import type { DeliveryState, ReachChannel } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type DeliveryRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly notificationId: number;
  readonly round: number;
  readonly step: number;
  readonly channel: ReachChannel;
  /** Where it goes by the route whose turn it is; empty when there is nowhere. */
  readonly address: string;
  readonly state: DeliveryState;
  /** 0 critical, 1 urgent, 2 normal. */
  readonly rank: number;
  readonly dueAt: number;
  readonly notBefore: number;
  readonly leaseUntil: number | null;
  readonly wroteAt: number | null;
  /** Whose turn it is, then by which it went. */
  readonly routeId: number | null;
  readonly providerId: string | null;
  readonly providerStatus: string | null;
  readonly cost: number | null;
  readonly segments: number | null;
  readonly attempts: number;
  /** Times that every route has been tried in vain. */
  readonly tries: number;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly failedAt: number | null;
  readonly nextPollAt: number | null;
  readonly polls: number;
  readonly revision: number;
};

export type DeliveryStore = {
  insert(delivery: Omit<DeliveryRecord, 'id'>): number;
  save(delivery: DeliveryRecord): void;
  find(id: number): DeliveryRecord | undefined;
  /** Throws `not-found` (reason `delivery`). */
  require(id: number): DeliveryRecord;
  /** Rounds and steps in order. */
  ofNotification(notificationId: number): DeliveryRecord[];
  /** What a route may take now: the most urgent first, then whoever has waited longest. */
  queued(routeId: number | null, now: number, limit: number): DeliveryRecord[];
  /** When the route has something to take next. */
  nextQueuedAt(routeId: number | null): number | undefined;
  /** Of routes that have anything queued; null: nobody has its turn. */
  queuedRoutes(): (number | null)[];
  sending(): DeliveryRecord[];
  polled(now: number, limit: number): DeliveryRecord[];
  nextPollAt(): number | undefined;
  byProvider(routeId: number, providerId: string): DeliveryRecord | undefined;
  byUuid(uuid: string): DeliveryRecord | undefined;
  /** The newest that went to an address by a channel since. */
  toAddress(channel: ReachChannel, address: string, limit: number): DeliveryRecord[];
  counts(): { readonly queued: number; readonly sending: number; readonly unknown: number };
};

const columns = `id, uuid, notification_id AS notificationId, round, step, channel, address, state, rank,
  due_at AS dueAt, not_before AS notBefore, lease_until AS leaseUntil, wrote_at AS wroteAt, route_id AS routeId,
  provider_id AS providerId, provider_status AS providerStatus, cost, segments, attempts, tries,
  error_code AS errorCode, error_detail AS errorDetail, accepted_at AS acceptedAt, delivered_at AS deliveredAt,
  read_at AS readAt, acknowledged_at AS acknowledgedAt, failed_at AS failedAt, next_poll_at AS nextPollAt, polls,
  revision`;

const ranks = [0, 1, 2] as const;

export function createDeliveryStore(db: Db): DeliveryStore {
  const insert = db
    .prepare<[Omit<DeliveryRecord, 'id'>], number>(
      `INSERT INTO delivery (uuid, notification_id, round, step, channel, address, state, rank, due_at, not_before,
         lease_until, wrote_at, route_id, provider_id, provider_status, cost, segments, attempts, tries, error_code,
         error_detail, accepted_at, delivered_at, read_at, acknowledged_at, failed_at, next_poll_at, polls, revision)
       VALUES (:uuid, :notificationId, :round, :step, :channel, :address, :state, :rank, :dueAt, :notBefore,
         :leaseUntil, :wroteAt, :routeId, :providerId, :providerStatus, :cost, :segments, :attempts, :tries, :errorCode,
         :errorDetail, :acceptedAt, :deliveredAt, :readAt, :acknowledgedAt, :failedAt, :nextPollAt, :polls, :revision)
       RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[DeliveryRecord], void>(
    `UPDATE delivery SET address = :address, state = :state, not_before = :notBefore, lease_until = :leaseUntil,
       wrote_at = :wroteAt, route_id = :routeId, provider_id = :providerId, provider_status = :providerStatus,
       cost = :cost, segments = :segments, attempts = :attempts, tries = :tries, error_code = :errorCode,
       error_detail = :errorDetail, accepted_at = :acceptedAt, delivered_at = :deliveredAt, read_at = :readAt,
       acknowledged_at = :acknowledgedAt, failed_at = :failedAt, next_poll_at = :nextPollAt, polls = :polls,
       revision = :revision WHERE id = :id`,
  );
  const byId = db.prepare<[number], DeliveryRecord>(`SELECT ${columns} FROM delivery WHERE id = ?`);
  const ofNotification = db.prepare<[number], DeliveryRecord>(
    `SELECT ${columns} FROM delivery WHERE notification_id = ? ORDER BY round, step`,
  );
  const byProvider = db.prepare<[number, string], DeliveryRecord>(
    `SELECT ${columns} FROM delivery WHERE route_id = ? AND provider_id = ? ORDER BY id DESC LIMIT 1`,
  );
  const byUuid = db.prepare<[string], DeliveryRecord>(`SELECT ${columns} FROM delivery WHERE uuid = ?`);
  const toAddress = db.prepare<[string, string, number], DeliveryRecord>(
    `SELECT ${columns} FROM delivery WHERE channel = ? AND address = ? ORDER BY id DESC LIMIT ?`,
  );
  const sending = db.prepare<[], DeliveryRecord>(
    // Asked with every look: ten thousand queued ones must not be read for it.
    `SELECT ${columns} FROM delivery INDEXED BY delivery_sending WHERE state = 'sending' ORDER BY id`,
  );
  const counts = db.prepare<[], { queued: number; sending: number; unknown: number }>(
    `SELECT coalesce(sum(state = 'queued'), 0) AS queued, coalesce(sum(state = 'sending'), 0) AS sending,
       coalesce(sum(state = 'unknown'), 0) AS unknown
     FROM delivery WHERE state IN ('queued', 'sending', 'unknown')`,
  );
  return {
    insert: (delivery) => Number(insert.get(delivery)),
    save: (delivery) => void save.run(delivery),
    find: (id) => byId.get(id),
    require(id) {
      const delivery = byId.get(id);
      if (!delivery) throw new AppError('not-found', { details: { reason: 'delivery', id } });
      return delivery;
    },
    ofNotification: (notificationId) => ofNotification.all(notificationId),
    byProvider: (routeId, providerId) => byProvider.get(routeId, providerId),
    byUuid: (uuid) => byUuid.get(uuid),
    toAddress: (channel, address, limit) => toAddress.all(channel, address, limit),
    sending: () => sending.all(),
    counts: () => counts.get() ?? { queued: 0, sending: 0, unknown: 0 },
    ...createQueue(db),
    ...createPolled(db),
  };
}

function createQueue(db: Db): Pick<DeliveryStore, 'queued' | 'nextQueuedAt' | 'queuedRoutes'> {
  const queued = db.prepare<[number | null, number, number, number], DeliveryRecord>(
    `SELECT ${columns} FROM delivery INDEXED BY delivery_queued
     WHERE state = 'queued' AND route_id IS ? AND rank = ? AND not_before <= ? ORDER BY not_before, id LIMIT ?`,
  );
  const nextAt = db
    .prepare<[number | null, number], number | null>(
      `SELECT min(not_before) FROM delivery INDEXED BY delivery_queued
       WHERE state = 'queued' AND route_id IS ? AND rank = ?`,
    )
    .pluck();
  // The first of each, one seek a route: among ten thousand queued ones a plain DISTINCT would read them all.
  const routes = db
    .prepare<[], number | null>(
      `SELECT id FROM (SELECT id FROM route UNION ALL SELECT NULL) r WHERE EXISTS (
         SELECT 1 FROM delivery d INDEXED BY delivery_queued WHERE d.state = 'queued' AND d.route_id IS r.id)`,
    )
    .pluck();
  return {
    queued(routeId, now, limit) {
      const found: DeliveryRecord[] = [];
      for (const rank of ranks) {
        if (found.length < limit) found.push(...queued.all(routeId, rank, now, limit - found.length));
      }
      return found;
    },
    nextQueuedAt(routeId) {
      const times = ranks.map((rank) => nextAt.get(routeId, rank)).filter((at) => typeof at === 'number');
      return times.length === 0 ? undefined : Math.min(...times);
    },
    queuedRoutes: () => routes.all(),
  };
}

function createPolled(db: Db): Pick<DeliveryStore, 'polled' | 'nextPollAt'> {
  const polled = db.prepare<[number, number], DeliveryRecord>(
    `SELECT ${columns} FROM delivery WHERE next_poll_at <= ? ORDER BY next_poll_at, id LIMIT ?`,
  );
  const next = db
    .prepare<[], number | null>('SELECT min(next_poll_at) FROM delivery WHERE next_poll_at IS NOT NULL')
    .pluck();
  return {
    polled: (now, limit) => polled.all(now, limit),
    nextPollAt: () => next.get() ?? undefined,
  };
}

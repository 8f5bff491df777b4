import type { ReachChannel } from '../../shared/domain/reaching.ts';
import type { RouteKind } from '../../shared/domain/route-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type RouteRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly kind: RouteKind;
  readonly channel: ReachChannel;
  readonly name: string;
  /** Among those of its channel. */
  readonly position: number;
  /** 0 or 1. */
  readonly enabled: number;
  /** JSON of the fields that are no secrets. */
  readonly settings: string;
  /** JSON of the secret ones under the desk's key. */
  readonly sealed: string | null;
  readonly proxy: string;
  readonly timeoutMs: number;
  readonly perMinute: number;
  /** Hundredths of the currency. */
  readonly price: number;
  readonly dailyLimit: number | null;
  readonly createdAt: number;
  readonly revision: number;
};

export type RouteStore = {
  insert(route: Omit<RouteRecord, 'id'>): number;
  /** All but the cursor, which only listening moves. */
  save(route: RouteRecord): void;
  remove(id: number): void;
  find(id: number): RouteRecord | undefined;
  /** Throws `not-found` (reason `route`). */
  require(id: number): RouteRecord;
  /** By channel, then in the order they are tried. */
  all(): RouteRecord[];
  /** Those switched on, in the order they are tried. */
  ofChannel(channel: ReachChannel): RouteRecord[];
  cursor(id: number): string;
  saveCursor(id: number, cursor: string): void;
};

const columns = `id, uuid, kind, channel, name, position, enabled, settings, sealed, proxy, timeout_ms AS timeoutMs,
  per_minute AS perMinute, price, daily_limit AS dailyLimit, created_at AS createdAt, revision`;

export function createRouteStore(db: Db): RouteStore {
  const insert = db
    .prepare<[Omit<RouteRecord, 'id'>], number>(
      `INSERT INTO route (uuid, kind, channel, name, position, enabled, settings, sealed, proxy, timeout_ms, per_minute,
         price, daily_limit, created_at, revision)
       VALUES (:uuid, :kind, :channel, :name, :position, :enabled, :settings, :sealed, :proxy, :timeoutMs, :perMinute,
         :price, :dailyLimit, :createdAt, :revision) RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[RouteRecord], void>(
    `UPDATE route SET name = :name, position = :position, enabled = :enabled, settings = :settings, sealed = :sealed,
       proxy = :proxy, timeout_ms = :timeoutMs, per_minute = :perMinute, price = :price, daily_limit = :dailyLimit,
       revision = :revision WHERE id = :id`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM route WHERE id = ?');
  const byId = db.prepare<[number], RouteRecord>(`SELECT ${columns} FROM route WHERE id = ?`);
  const all = db.prepare<[], RouteRecord>(`SELECT ${columns} FROM route ORDER BY channel, position, id`);
  const ofChannel = db.prepare<[string], RouteRecord>(
    `SELECT ${columns} FROM route WHERE channel = ? AND enabled = 1 ORDER BY position, id`,
  );
  const cursor = db.prepare<[number], string>('SELECT cursor FROM route WHERE id = ?').pluck();
  const saveCursor = db.prepare<[string, number], void>('UPDATE route SET cursor = ? WHERE id = ?');
  return {
    insert: (route) => Number(insert.get(route)),
    save: (route) => void save.run(route),
    remove: (id) => void remove.run(id),
    find: (id) => byId.get(id),
    require(id) {
      const route = byId.get(id);
      if (!route) throw new AppError('not-found', { details: { reason: 'route', id } });
      return route;
    },
    all: () => all.all(),
    ofChannel: (channel) => ofChannel.all(channel),
    cursor: (id) => cursor.get(id) ?? '',
    saveCursor: (id, text) => void saveCursor.run(text, id),
  };
}

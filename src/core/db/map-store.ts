import type { Db } from './open.ts';

export type MapAssetRow = {
  readonly id: number;
  readonly kind: 'pole' | 'station' | 'machine' | 'site';
  readonly latitude: number;
  readonly longitude: number;
};

export type MapIncidentRow = {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly assetId: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Of the clock with the nearest deadline; null without one. */
  readonly riskAt: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
};

export type MapStore = {
  /** Assets that have a place, after an id. */
  assets(afterId: number, limit: number): MapAssetRow[];
  /** Every open incident; a place of its own goes before that of its assets. */
  incidents(limit: number): MapIncidentRow[];
};

export function createMapStore(db: Db): MapStore {
  const assets = db.prepare<[number, number], MapAssetRow>(
    `SELECT id, kind, latitude, longitude FROM asset
     WHERE id > ? AND gone_at IS NULL AND latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY id LIMIT ?`,
  );
  const incidents = db.prepare<[number], MapIncidentRow>(
    `SELECT i.id, i.code, i.title, a.id AS assetId, coalesce(i.latitude, a.latitude) AS latitude,
       coalesce(i.longitude, a.longitude) AS longitude, c.risk_at AS riskAt, c.due_at AS dueAt, c.paused_at AS pausedAt
     FROM incident i INDEXED BY incident_open_by_urgency
       LEFT JOIN asset a ON a.id = (SELECT b.asset_id FROM incident_asset b JOIN asset p ON p.id = b.asset_id
         WHERE b.incident_id = i.id AND b.state = 'bound' ORDER BY p.latitude IS NULL, p.kind <> 'pole', p.id LIMIT 1)
       LEFT JOIN incident_clock c ON c.id = i.clock_id AND c.ended_at IS NULL
     WHERE i.finished_at IS NULL AND i.dismissed_at IS NULL ORDER BY i.urgency_at, i.id LIMIT ?`,
  );
  return {
    assets: (afterId, limit) => assets.all(afterId, limit),
    incidents: (limit) => incidents.all(limit),
  };
}

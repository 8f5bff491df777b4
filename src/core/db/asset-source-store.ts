import type { ImportMapping } from '../../shared/contract/assets.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type AssetSourceRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly kind: 'file' | 'http';
  readonly name: string;
  readonly mapping: ImportMapping;
  readonly url: string;
  readonly authHeader: string;
  readonly authSealed: string | null;
  readonly etag: string;
  readonly everyMinutes: number | null;
  readonly nextAt: number | null;
  readonly failures: number;
  readonly shape: string;
  readonly active: boolean;
};

export type AssetSourceStore = {
  all(): AssetSourceRecord[];
  find(id: number): AssetSourceRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): AssetSourceRecord;
  byName(name: string): AssetSourceRecord | undefined;
  /** The file source last imported with these headings. */
  byShape(shape: string): AssetSourceRecord | undefined;
  insert(source: Omit<AssetSourceRecord, 'id'>, revision: number): number;
  update(source: AssetSourceRecord, revision: number): void;
  due(now: number): AssetSourceRecord[];
  /** The soonest moment one is due. */
  nextAt(): number | undefined;
};

type Row = Omit<AssetSourceRecord, 'mapping' | 'active'> & {
  readonly mapping: string;
  readonly active: number;
};

const columns = `s.id, s.uuid, s.kind, s.name, s.mapping, s.url, s.auth_header AS authHeader, s.auth_sealed AS authSealed,
  s.etag, s.every_min AS everyMinutes, s.next_at AS nextAt, s.failures, s.shape, s.active`;

export function createAssetSourceStore(db: Db): AssetSourceStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM asset_source s ORDER BY s.name`);
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM asset_source s WHERE s.id = ?`);
  const byName = db.prepare<[string], Row>(`SELECT ${columns} FROM asset_source s WHERE s.name = ?`);
  const byShape = db.prepare<[string], Row>(
    `SELECT ${columns} FROM asset_source s WHERE s.shape = ? AND s.kind = 'file'
     ORDER BY (SELECT max(r.id) FROM asset_import r WHERE r.source_id = s.id) DESC, s.id DESC LIMIT 1`,
  );
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO asset_source (uuid, kind, name, mapping, url, auth_header, auth_sealed, etag, every_min, next_at,
         failures, shape, active, revision)
       VALUES (:uuid, :kind, :name, :mapping, :url, :authHeader, :authSealed, :etag, :everyMinutes, :nextAt,
         :failures, :shape, :active, :revision) RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE asset_source SET name = :name, mapping = :mapping, url = :url, auth_header = :authHeader,
       auth_sealed = :authSealed, etag = :etag, every_min = :everyMinutes, next_at = :nextAt, failures = :failures,
       shape = :shape, active = :active, revision = :revision WHERE id = :id`,
  );
  const due = db.prepare<[number], Row>(
    `SELECT ${columns} FROM asset_source s WHERE s.active = 1 AND s.next_at IS NOT NULL AND s.next_at <= ?
     ORDER BY s.next_at, s.id`,
  );
  const nextAt = db
    .prepare<[], number | null>(
      'SELECT min(next_at) FROM asset_source WHERE active = 1 AND next_at IS NOT NULL',
    )
    .pluck();
  const find = (id: number) => toRecord(byId.get(id));
  return {
    all: () => all.all().flatMap((row) => toRecord(row) ?? []),
    find,
    require(id) {
      const source = find(id);
      if (!source) throw new AppError('not-found', { details: { reason: 'asset-source', id } });
      return source;
    },
    byName: (name) => toRecord(byName.get(name)),
    byShape: (shape) => toRecord(byShape.get(shape)),
    insert: (source, revision) => Number(insert.get({ ...toRow(source), revision })),
    update: (source, revision) => void update.run({ ...toRow(source), revision }),
    due: (now) => due.all(now).flatMap((row) => toRecord(row) ?? []),
    nextAt: () => nextAt.get() ?? undefined,
  };
}

function toRow(source: Omit<AssetSourceRecord, 'id'>) {
  return { ...source, mapping: JSON.stringify(source.mapping), active: source.active ? 1 : 0 };
}

function toRecord(row: Row | undefined): AssetSourceRecord | undefined {
  return row && { ...row, mapping: JSON.parse(row.mapping) as ImportMapping, active: row.active === 1 };
}

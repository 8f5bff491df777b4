import { foldCode, numberKeys } from '../../shared/domain/asset-code.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type AssetRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly kind: AssetKind;
  /** null when a person entered it. */
  readonly sourceId: number | null;
  readonly externalId: string;
  readonly code: string;
  readonly name: string;
  readonly state: string;
  /** A station's pole. */
  readonly parentId: number | null;
  readonly regionId: number | null;
  readonly contractorId: number | null;
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly manager: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly ownContacts: boolean;
  readonly sourceHash: string;
  readonly goneAt: number | null;
  readonly revision: number;
};

export type AssetAlias = { readonly spelling: string; readonly byHand: boolean };

/** As much as an import needs to know what changed. */
export type AssetMark = {
  readonly id: number;
  readonly kind: AssetKind;
  readonly externalId: string;
  readonly sourceHash: string;
  readonly gone: 0 | 1;
};

export type AssetStore = {
  find(id: number): AssetRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): AssetRecord;
  insert(record: Omit<AssetRecord, 'id'>): number;
  update(record: AssetRecord): void;
  operators(id: number): number[];
  setOperators(id: number, operatorIds: readonly number[]): void;
  aliases(id: number): AssetAlias[];
  /** What the asset is found by: its code, its number's other spellings, its aliases, and any piece of them. */
  setKeys(asset: Pick<AssetRecord, 'id' | 'kind' | 'code' | 'name'>, aliases: readonly AssetAlias[]): void;
  bySource(sourceId: number | null, kind: AssetKind, externalId: string): AssetRecord | undefined;
  /** Present ones whose code folds to that key. */
  idsByCode(
    kind: AssetKind,
    code: string,
  ): readonly { readonly id: number; readonly sourceId: number | null }[];
  /** Stations that stand on the pole and are still there. */
  stations(poleId: number): AssetRecord[];
  /** Of one source in the order of ids, after the id given. */
  marks(sourceId: number, afterId: number, limit: number): AssetMark[];
  markGone(ids: readonly number[], goneAt: number, revision: number): void;
  total(): number;
};

type Row = Omit<AssetRecord, 'emails' | 'phones' | 'ownContacts'> & {
  readonly emails: string;
  readonly phones: string;
  readonly ownContacts: number;
};

const columns = `id, uuid, kind, source_id AS sourceId, external_id AS externalId, code, name, state,
  parent_id AS parentId, region_id AS regionId, contractor_id AS contractorId, address, latitude, longitude, manager,
  emails, phones, own_contacts AS ownContacts, source_hash AS sourceHash, gone_at AS goneAt, revision`;

export function createAssetStore(db: Db): AssetStore {
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM asset WHERE id = ?`);
  const bySource = db.prepare<[number, string, string], Row>(
    `SELECT ${columns} FROM asset WHERE coalesce(source_id, 0) = ? AND kind = ? AND external_id = ?`,
  );
  const stations = db.prepare<[number], Row>(
    `SELECT ${columns} FROM asset WHERE parent_id = ? AND gone_at IS NULL ORDER BY code, id`,
  );
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO asset (uuid, kind, source_id, external_id, code, name, state, parent_id, region_id, contractor_id,
         address, latitude, longitude, manager, emails, phones, own_contacts, source_hash, gone_at, revision)
       VALUES (:uuid, :kind, :sourceId, :externalId, :code, :name, :state, :parentId, :regionId, :contractorId,
         :address, :latitude, :longitude, :manager, :emails, :phones, :ownContacts, :sourceHash, :goneAt, :revision)
       RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE asset SET kind = :kind, external_id = :externalId, code = :code, name = :name, state = :state,
       parent_id = :parentId, region_id = :regionId, contractor_id = :contractorId, address = :address,
       latitude = :latitude, longitude = :longitude, manager = :manager, emails = :emails, phones = :phones,
       own_contacts = :ownContacts, source_hash = :sourceHash, gone_at = :goneAt, revision = :revision WHERE id = :id`,
  );
  const marks = db.prepare<[number, number, number], AssetMark>(
    `SELECT id, kind, external_id AS externalId, source_hash AS sourceHash, gone_at IS NOT NULL AS gone FROM asset
     WHERE id > ? AND source_id = ? ORDER BY id LIMIT ?`,
  );
  const markGone = db.prepare<[number, number, string], void>(
    'UPDATE asset SET gone_at = ?, revision = ? WHERE id IN (SELECT value FROM json_each(?)) AND gone_at IS NULL',
  );
  const total = db.prepare<[], number>('SELECT count(*) FROM asset WHERE gone_at IS NULL').pluck();
  const find = (id: number) => toRecord(byId.get(id));
  return {
    ...createOperators(db),
    ...createKeys(db),
    find,
    require(id) {
      const record = find(id);
      if (!record) throw new AppError('not-found', { details: { reason: 'asset', id } });
      return record;
    },
    insert: (record) => Number(insert.get(toRow(record))),
    update: (record) => void update.run(toRow(record)),
    bySource: (sourceId, kind, externalId) => toRecord(bySource.get(sourceId ?? 0, kind, externalId)),
    stations: (poleId) => stations.all(poleId).flatMap((row) => toRecord(row) ?? []),
    marks: (sourceId, afterId, limit) => marks.all(afterId, sourceId, limit),
    markGone: (ids, goneAt, revision) => void markGone.run(goneAt, revision, JSON.stringify(ids)),
    total: () => total.get() ?? 0,
  };
}

function createOperators(db: Db): Pick<AssetStore, 'operators' | 'setOperators'> {
  const operators = db
    .prepare<[number], number>(
      'SELECT operator_id FROM asset_operator WHERE asset_id = ? ORDER BY operator_id',
    )
    .pluck();
  const clear = db.prepare<[number], void>('DELETE FROM asset_operator WHERE asset_id = ?');
  const add = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO asset_operator (asset_id, operator_id) VALUES (?, ?)',
  );
  return {
    operators: (id) => operators.all(id),
    setOperators(id, operatorIds) {
      clear.run(id);
      for (const operatorId of operatorIds) add.run(id, operatorId);
    },
  };
}

function createKeys(db: Db): Pick<AssetStore, 'aliases' | 'setKeys' | 'idsByCode'> {
  const aliases = db.prepare<[number], { spelling: string; byHand: number }>(
    `SELECT spelling, by_hand AS byHand FROM asset_key WHERE asset_id = ? AND origin = 'alias' ORDER BY spelling`,
  );
  const clear = db.prepare<[number], void>('DELETE FROM asset_key WHERE asset_id = ?');
  const add = db.prepare<[string, number, string, string, number], void>(
    'INSERT OR IGNORE INTO asset_key (key, asset_id, origin, spelling, by_hand) VALUES (?, ?, ?, ?, ?)',
  );
  const clearPieces = db.prepare<[number], void>('DELETE FROM asset_piece WHERE rowid = ?');
  const addPieces = db.prepare<[number, string], void>('INSERT INTO asset_piece (rowid, text) VALUES (?, ?)');
  const idsByCode = db.prepare<[string, string], { id: number; sourceId: number | null }>(
    `SELECT a.id, a.source_id AS sourceId FROM asset_key k JOIN asset a ON a.id = k.asset_id
     WHERE k.key = ? AND k.origin = 'code' AND a.kind = ? AND a.gone_at IS NULL ORDER BY a.id`,
  );
  return {
    aliases: (id) => aliases.all(id).map(({ spelling, byHand }) => ({ spelling, byHand: byHand === 1 })),
    setKeys({ id, kind, code, name }, given) {
      const key = foldCode(code);
      clear.run(id);
      add.run(key, id, 'code', '', 0);
      if (kind === 'station') for (const number of numberKeys(code)) add.run(number, id, 'number', '', 0);
      for (const { spelling, byHand } of given) {
        const alias = foldCode(spelling);
        if (alias !== '' && alias !== key) add.run(alias, id, 'alias', spelling, byHand ? 1 : 0);
      }
      const pieces = [key, foldCode(name), ...given.map(({ spelling }) => foldCode(spelling))].join('\n');
      // A virtual table flushes what it gathered at every statement after it: as the last step a chunk costs one write.
      db.beforeCommit(() => {
        clearPieces.run(id);
        addPieces.run(id, pieces);
      });
    },
    idsByCode: (kind, code) => idsByCode.all(foldCode(code), kind),
  };
}

function toRow({ emails, phones, ownContacts, ...rest }: Omit<AssetRecord, 'id'>) {
  return {
    ...rest,
    emails: JSON.stringify(emails),
    phones: JSON.stringify(phones),
    ownContacts: ownContacts ? 1 : 0,
  };
}

function toRecord(row: Row | undefined): AssetRecord | undefined {
  return (
    row && {
      ...row,
      emails: JSON.parse(row.emails) as string[],
      phones: JSON.parse(row.phones) as string[],
      ownContacts: row.ownContacts === 1,
    }
  );
}

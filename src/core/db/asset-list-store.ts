import type { AssetRow } from '../../shared/contract/assets.ts';
import { foldCode } from '../../shared/domain/asset-code.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import type { Db } from './open.ts';

export type AssetFilter = {
  readonly text: string;
  readonly kinds: readonly AssetKind[];
  readonly regionIds: readonly number[];
  readonly contractorIds: readonly number[];
  readonly withOpenIncidents: boolean;
  readonly gone: boolean;
};

export type AssetListStore = {
  /** By code. With a text at most `mostFound` are found. */
  page(filter: AssetFilter, offset: number, limit: number): { total: number; rows: AssetRow[] };
  /** In the order of the ids. */
  rows(ids: readonly number[]): AssetRow[];
  /** Present assets by any piece of code, name or alias: the whole key first, then what begins so, then the rest. */
  complete(text: string, poleId: number | null, limit: number): number[];
  /** Keys of present assets that begin so, with whose they are. */
  keysFrom(start: string, limit: number): readonly KeyHit[];
  incidentsOf(
    assetId: number,
    limit: number,
  ): { id: number; code: string; title: string; registeredAt: number; open: boolean }[];
};

export type KeyHit = { readonly key: string; readonly id: number };

type RowRecord = Omit<AssetRow, 'operators'> & { readonly operators: string };

/** A longer list is no answer to a question: whoever asked writes another letter. */
const mostFound = 2000;
/** Greater than every key that goes on with something. */
const afterAll = '\u{10ffff}';

const rowColumns = `a.id, a.kind, a.code, a.name, a.state, a.address, coalesce(r.name, '') AS region,
  (SELECT json_group_array(o.name) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id WHERE ao.asset_id = a.id) AS operators,
  coalesce(c.name, '') AS contractor,
  (SELECT count(*) FROM incident_asset b JOIN incident i ON i.id = b.incident_id
   WHERE b.asset_id = a.id AND b.state = 'bound' AND i.finished_at IS NULL AND i.dismissed_at IS NULL) AS openIncidents,
  a.gone_at AS goneAt`;

export function createAssetListStore(db: Db): AssetListStore {
  const byIds = db.prepare<[string], RowRecord>(
    `SELECT ${rowColumns} FROM json_each(?) wanted CROSS JOIN asset a ON a.id = wanted.value
     LEFT JOIN region r ON r.id = a.region_id LEFT JOIN contact c ON c.id = a.contractor_id ORDER BY wanted.key`,
  );
  const incidentsOf = db.prepare<
    [number, number],
    { id: number; code: string; title: string; registeredAt: number; open: number }
  >(
    `SELECT i.id, i.code, i.title, i.registered_at AS registeredAt,
       i.finished_at IS NULL AND i.dismissed_at IS NULL AS open
     FROM incident_asset b JOIN incident i ON i.id = b.incident_id
     WHERE b.asset_id = ? AND b.state = 'bound' ORDER BY b.incident_id DESC LIMIT ?`,
  );
  const finding = createFinding(db);
  const rows = (ids: readonly number[]) => byIds.all(JSON.stringify(ids)).map(toRow);
  return {
    rows,
    page(filter, offset, limit) {
      const { sql, parameters } = conditionOf(filter);
      const found = filter.text.trim() === '' ? undefined : finding.find(filter.text, filter.gone);
      const from = found
        ? 'json_each(:found) wanted CROSS JOIN asset a ON a.id = wanted.value'
        : 'asset a INDEXED BY asset_by_code';
      const named = found ? { ...parameters, found: JSON.stringify(found) } : parameters;
      const total = db
        .prepare<[object], number>(`SELECT count(*) FROM ${from} WHERE ${sql}`)
        .pluck()
        .get(named);
      const ids = db
        .prepare<[object], number>(
          `SELECT a.id FROM ${from} WHERE ${sql} ORDER BY a.code, a.id LIMIT :limit OFFSET :offset`,
        )
        .pluck()
        .all({ ...named, limit, offset });
      return { total: total ?? 0, rows: rows(ids) };
    },
    complete: finding.complete,
    keysFrom: finding.keysFrom,
    incidentsOf: (assetId, limit) =>
      incidentsOf.all(assetId, limit).map((incident) => ({ ...incident, open: incident.open === 1 })),
  };
}

function createFinding(db: Db) {
  const keys = db.prepare<[string, string, number, number], KeyHit>(
    `SELECT k.key, k.asset_id AS id FROM asset_key k JOIN asset a ON a.id = k.asset_id
     WHERE k.key >= ? AND k.key < ? AND (a.gone_at IS NULL OR ?) ORDER BY k.key, k.asset_id LIMIT ?`,
  );
  const pieces = db
    .prepare<[string, number], number>('SELECT rowid FROM asset_piece WHERE asset_piece MATCH ? LIMIT ?')
    .pluck();
  const present = db
    .prepare<[string], number>(
      `SELECT a.id FROM json_each(?) wanted CROSS JOIN asset a ON a.id = wanted.value
       WHERE a.gone_at IS NULL ORDER BY a.code, a.id`,
    )
    .pluck();
  const onPole = db.prepare<[string, number, number], KeyHit>(
    `SELECT k.key, a.id FROM asset a JOIN asset_key k ON k.asset_id = a.id
     WHERE instr(k.key, ?) AND a.parent_id = ? AND a.gone_at IS NULL ORDER BY k.key LIMIT ?`,
  );
  const keysFrom = (start: string, limit: number, gone = false) =>
    keys.all(start, start + afterAll, gone ? 1 : 0, limit);
  const byPieces = (text: string, limit: number) => {
    const match = piecesOf(text);
    return match === undefined ? [] : pieces.all(match, limit);
  };
  return {
    keysFrom: (start: string, limit: number) => keysFrom(start, limit),
    find(text: string, gone: boolean): number[] {
      const begun = keysFrom(foldCode(text), mostFound, gone).map(({ id }) => id);
      return [...new Set([...begun, ...byPieces(text, mostFound)])].slice(0, mostFound);
    },
    complete(text: string, poleId: number | null, limit: number): number[] {
      const start = foldCode(text);
      if (poleId !== null) return distinct(onPole.all(start, poleId, limit * 3), limit);
      const begun = distinct(keysFrom(start, limit * 3), limit);
      if (begun.length >= limit) return begun;
      const rest = present.all(JSON.stringify(byPieces(text, limit * 10)));
      return [...new Set([...begun, ...rest])].slice(0, limit);
    },
  };
}

function distinct(hits: readonly KeyHit[], limit: number): number[] {
  return [...new Set(hits.map(({ id }) => id))].slice(0, limit);
}

/** Every word of three letters or more, each as a piece; shorter ones cannot be looked up. */
function piecesOf(text: string): string | undefined {
  const words = foldCode(text)
    .split(' ')
    .filter((word) => [...word].length >= 3)
    .slice(0, 8);
  if (words.length === 0) return undefined;
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
}

/** The closed map from a filter to SQL: no text of the page ever becomes SQL. */
function conditionOf({ kinds, regionIds, contractorIds, withOpenIncidents, gone }: AssetFilter) {
  const parts = [gone ? 'a.gone_at IS NOT NULL' : 'a.gone_at IS NULL'];
  const parameters: Record<string, string> = {};
  const anyOf = (column: string, name: string, values: readonly (number | string)[]) => {
    if (values.length === 0) return;
    parameters[name] = JSON.stringify(values);
    parts.push(`${column} IN (SELECT value FROM json_each(:${name}))`);
  };
  anyOf('a.kind', 'kinds', kinds);
  anyOf('a.region_id', 'regionIds', regionIds);
  anyOf('a.contractor_id', 'contractorIds', contractorIds);
  if (withOpenIncidents) {
    parts.push(`a.id IN (SELECT b.asset_id FROM incident i INDEXED BY incident_open_by_urgency
      CROSS JOIN incident_asset b ON b.incident_id = i.id
      WHERE i.finished_at IS NULL AND i.dismissed_at IS NULL AND b.state = 'bound')`);
  }
  return { sql: parts.join(' AND '), parameters };
}

function toRow(row: RowRecord): AssetRow {
  return { ...row, operators: JSON.parse(row.operators) as string[] };
}

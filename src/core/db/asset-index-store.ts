import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import type { Db } from './open.ts';

export type IndexedAsset = {
  readonly id: number;
  readonly kind: AssetKind;
  readonly code: string;
  readonly poleId: number | null;
  readonly operatorGroupIds: readonly number[];
};

/** The registry as finding codes in text asks it (core/assets/finding), and the texts it searches. */
export type AssetIndexStore = {
  byKey(key: string): (IndexedAsset & { readonly origin: 'code' | 'alias' | 'number' })[];
  /** Whether an alias is that folded word, or begins with it. */
  startsAlias(word: string): boolean;
  polesByStart(start: string, limit: number): IndexedAsset[];
  groupsByDomain(domain: string): number[];
  /** What was said in the incident before that message, newest first. */
  earlierTexts(incidentId: number, beforeMessageId: number, limit: number): string[];
};

type Row = Omit<IndexedAsset, 'operatorGroupIds'> & { readonly operatorGroupIds: string };
type KeyRow = Row & { readonly origin: 'code' | 'alias' | 'number' };

const columns = `a.id, a.kind, a.code, a.parent_id AS poleId,
  (SELECT json_group_array(DISTINCT o.group_id) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id
   WHERE ao.asset_id = a.id AND o.group_id IS NOT NULL) AS operatorGroupIds`;

/** A number that hundreds of assets share says nothing about which is meant. */
const mostOfKey = 200;
const longestText = 20_000;

export function createAssetIndexStore(db: Db): AssetIndexStore {
  const byKey = db.prepare<[string, number], KeyRow>(
    `SELECT ${columns}, k.origin FROM asset_key k JOIN asset a ON a.id = k.asset_id
     WHERE k.key = ? AND a.gone_at IS NULL ORDER BY a.id LIMIT ?`,
  );
  // Two statements: of one with OR SQLite walks every alias there is.
  const isAlias = db.prepare<[string], unknown>(
    "SELECT 1 FROM asset_key INDEXED BY asset_key_alias WHERE origin = 'alias' AND key = ? LIMIT 1",
  );
  const beginsAlias = db.prepare<[string, string], unknown>(
    "SELECT 1 FROM asset_key INDEXED BY asset_key_alias WHERE origin = 'alias' AND key >= ? AND key < ? LIMIT 1",
  );
  const byStart = db.prepare<[string, string, number], Row>(
    `SELECT ${columns} FROM asset_key k CROSS JOIN asset a ON a.id = k.asset_id
     WHERE k.key >= ? AND k.key < ? AND k.origin = 'code' AND a.kind = 'pole' AND a.gone_at IS NULL
     ORDER BY k.key LIMIT ?`,
  );
  const groups = db.prepare<[], { id: number; domains: string }>(
    "SELECT id, domains FROM operator_group WHERE domains <> '[]'",
  );
  const texts = db
    .prepare<[number, number, number, number], string>(
      `SELECT m.subject || char(10) || substr(m.text, 1, ?) FROM conversation v JOIN message m ON m.conversation_id = v.id
       WHERE v.incident_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`,
    )
    .pluck();
  return {
    byKey: (key) => byKey.all(key, mostOfKey).map(toIndexed),
    startsAlias: (word) =>
      isAlias.get(word) !== undefined || beginsAlias.get(`${word} `, `${word}!`) !== undefined,
    polesByStart: (start, limit) =>
      start === '' ? [] : byStart.all(start, `${start}\u{10ffff}`, limit).map(toIndexed),
    groupsByDomain(domain) {
      if (domain === '') return [];
      return groups
        .all()
        .filter(({ domains }) =>
          (JSON.parse(domains) as string[]).some((known) => domain === known || domain.endsWith(`.${known}`)),
        )
        .map(({ id }) => id);
    },
    earlierTexts: (incidentId, beforeMessageId, limit) =>
      texts.all(longestText, incidentId, beforeMessageId, limit),
  };
}

function toIndexed<T extends Row>(row: T): Omit<T, 'operatorGroupIds'> & IndexedAsset {
  return { ...row, operatorGroupIds: JSON.parse(row.operatorGroupIds) as number[] };
}

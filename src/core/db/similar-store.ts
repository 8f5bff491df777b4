import type { Db } from './open.ts';

export type Candidate = {
  readonly id: number;
  readonly title: string;
  readonly typeId: number | null;
  readonly applicantAddress: string;
  readonly registeredAt: number;
  readonly finishedAt: number | null;
};

export type AssetOfIncident = {
  readonly incidentId: number;
  readonly assetId: number;
  readonly code: string;
  /** The pole it hangs on, or the asset itself: what makes a family. */
  readonly lineId: number;
  readonly lineCode: string;
};

type Span = { readonly from: number; readonly to: number; readonly limit: number };

/** Every question walks an index and asks for no more than `limit`: hints must not cost what the queue costs. */
export type SimilarStore = {
  /** Incidents bound to one of these assets, or to another of their poles' families; the newest first. */
  byLines(lineIds: readonly number[], span: Span): number[];
  byApplicant(address: string, span: Span): number[];
  /** Words of titles, codes and applicants; the newest first among these ids. */
  byWords(
    match: string,
    ids: { readonly from: number; readonly to: number; readonly limit: number },
  ): number[];
  /** Ids given out around a time: the index of words knows ids, not times. */
  idsBetween(from: number, to: number): { readonly from: number; readonly to: number } | undefined;
  candidates(ids: readonly number[]): Candidate[];
  /** Bound ones. */
  assetsOf(incidentIds: readonly number[]): AssetOfIncident[];
};

export function createSimilarStore(db: Db): SimilarStore {
  const byLines = db
    .prepare<[Span & { lines: string }], number>(
      `WITH family (id) AS (
         SELECT value FROM json_each(:lines)
         UNION SELECT a.id FROM json_each(:lines) l JOIN asset a ON a.parent_id = l.value)
       SELECT DISTINCT b.incident_id FROM family f
       JOIN incident_asset b ON b.asset_id = f.id AND b.state = 'bound'
       JOIN incident i ON i.id = b.incident_id
       WHERE i.registered_at BETWEEN :from AND :to ORDER BY b.incident_id DESC LIMIT :limit`,
    )
    .pluck();
  const byApplicant = db
    .prepare<[Span & { address: string }], number>(
      `SELECT id FROM incident WHERE applicant_address = :address COLLATE NOCASE AND applicant_address <> ''
         AND registered_at BETWEEN :from AND :to ORDER BY registered_at DESC LIMIT :limit`,
    )
    .pluck();
  const byWords = db
    .prepare<[{ match: string; from: number; to: number; limit: number }], number>(
      `SELECT rowid FROM incident_word WHERE incident_word MATCH :match AND rowid BETWEEN :from AND :to
       ORDER BY rowid DESC LIMIT :limit`,
    )
    .pluck();
  const first = db
    .prepare<[number, number], number>(
      'SELECT id FROM incident WHERE registered_at BETWEEN ? AND ? ORDER BY registered_at LIMIT 1',
    )
    .pluck();
  const last = db
    .prepare<[number, number], number>(
      'SELECT id FROM incident WHERE registered_at BETWEEN ? AND ? ORDER BY registered_at DESC LIMIT 1',
    )
    .pluck();
  const candidates = db.prepare<[string], Candidate>(
    `SELECT i.id, i.title, i.type_id AS typeId, i.applicant_address AS applicantAddress,
       i.registered_at AS registeredAt, i.finished_at AS finishedAt
     FROM json_each(?) wanted JOIN incident i ON i.id = wanted.value
     WHERE i.dismissed_at IS NULL AND i.merged_into_id IS NULL`,
  );
  const assetsOf = db.prepare<[string], AssetOfIncident>(
    `SELECT b.incident_id AS incidentId, b.asset_id AS assetId, a.code, coalesce(p.id, a.id) AS lineId,
       coalesce(p.code, a.code) AS lineCode
     FROM json_each(?) wanted JOIN incident_asset b ON b.incident_id = wanted.value AND b.state = 'bound'
     JOIN asset a ON a.id = b.asset_id LEFT JOIN asset p ON p.id = a.parent_id`,
  );
  return {
    byLines: (lineIds, span) => byLines.all({ ...span, lines: JSON.stringify(lineIds) }),
    byApplicant: (address, span) => byApplicant.all({ ...span, address }),
    byWords: (match, ids) => byWords.all({ match, ...ids }),
    idsBetween(from, to) {
      const earliest = first.get(from, to);
      const latest = last.get(from, to);
      if (earliest === undefined || latest === undefined) return undefined;
      return { from: Math.min(earliest, latest), to: Math.max(earliest, latest) };
    },
    candidates: (ids) => candidates.all(JSON.stringify(ids)),
    assetsOf: (ids) => assetsOf.all(JSON.stringify(ids)),
  };
}

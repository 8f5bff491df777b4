import type { IncidentAsset } from '../../shared/contract/assets.ts';
import type { Db } from './open.ts';

/** One asset of one incident. */
export type Binding = {
  readonly assetId: number;
  readonly state: 'bound' | 'suggested' | 'rejected';
  readonly foundBy: IncidentAsset['foundBy'];
  readonly confidence: number;
  /** As JSON: what was read and why it is this asset; `{}` when a person chose it. */
  readonly evidence: string;
};

export type IncidentAssetStore = {
  find(incidentId: number, assetId: number): Binding | undefined;
  all(incidentId: number): Binding[];
  save(incidentId: number, binding: Binding): void;
  remove(incidentId: number, assetId: number): void;
  /** Bound ones as the queue shows them: poles first, then by code. */
  codes(incidentId: number): string[];
  /** Bound ones first, then suggestions, best first. */
  view(incidentId: number): IncidentAsset[];
};

type ViewRow = Omit<IncidentAsset, 'operators' | 'emails' | 'phones' | 'evidence'> & {
  readonly operators: string;
  readonly emails: string;
  readonly phones: string;
  readonly evidence: string;
};

export function createIncidentAssetStore(db: Db): IncidentAssetStore {
  const columns = 'asset_id AS assetId, state, found_by AS foundBy, confidence, evidence';
  const find = db.prepare<[number, number], Binding>(
    `SELECT ${columns} FROM incident_asset WHERE incident_id = ? AND asset_id = ?`,
  );
  const all = db.prepare<[number], Binding>(
    `SELECT ${columns} FROM incident_asset WHERE incident_id = ? ORDER BY asset_id`,
  );
  const save = db.prepare<[object], void>(
    `INSERT INTO incident_asset (incident_id, asset_id, state, found_by, confidence, evidence)
     VALUES (:incidentId, :assetId, :state, :foundBy, :confidence, :evidence)
     ON CONFLICT (incident_id, asset_id) DO UPDATE SET state = excluded.state, found_by = excluded.found_by,
       confidence = excluded.confidence, evidence = excluded.evidence`,
  );
  const remove = db.prepare<[number, number], void>(
    'DELETE FROM incident_asset WHERE incident_id = ? AND asset_id = ?',
  );
  const codes = db
    .prepare<[number], string>(
      `SELECT a.code FROM incident_asset b JOIN asset a ON a.id = b.asset_id
       WHERE b.incident_id = ? AND b.state = 'bound' ORDER BY a.kind <> 'pole', a.code, a.id`,
    )
    .pluck();
  const view = db.prepare<[number], ViewRow>(
    `SELECT b.asset_id AS assetId, a.kind, a.code, a.name, coalesce(p.code, '') AS pole,
       coalesce(r.name, '') AS region, a.address,
       (SELECT json_group_array(o.name) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id
        WHERE ao.asset_id = a.id) AS operators,
       coalesce(c.name, '') AS contractor, a.contractor_id AS contractorId, a.emails, a.phones, b.state,
       b.found_by AS foundBy, b.confidence, b.evidence
     FROM incident_asset b JOIN asset a ON a.id = b.asset_id LEFT JOIN region r ON r.id = a.region_id
     LEFT JOIN asset p ON p.id = a.parent_id
     LEFT JOIN contact c ON c.id = a.contractor_id
     WHERE b.incident_id = ? AND b.state <> 'rejected'
     ORDER BY b.state = 'suggested', iif(b.state = 'suggested', -b.confidence, a.kind <> 'pole'), a.code, a.id`,
  );
  return {
    find: (incidentId, assetId) => find.get(incidentId, assetId),
    all: (incidentId) => all.all(incidentId),
    save: (incidentId, binding) => void save.run({ ...binding, incidentId }),
    remove: (incidentId, assetId) => void remove.run(incidentId, assetId),
    codes: (incidentId) => codes.all(incidentId),
    view: (incidentId) => view.all(incidentId).map(toView),
  };
}

function toView({ operators, emails, phones, evidence, ...row }: ViewRow): IncidentAsset {
  const read = JSON.parse(evidence) as Partial<NonNullable<IncidentAsset['evidence']>>;
  return {
    ...row,
    operators: JSON.parse(operators) as string[],
    emails: JSON.parse(emails) as string[],
    phones: JSON.parse(phones) as string[],
    evidence:
      read.rule === undefined || read.place === undefined
        ? null
        : { rule: read.rule, place: read.place, words: read.words ?? '' },
  };
}

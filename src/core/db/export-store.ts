import type { Db } from './open.ts';

export type ExportIncident = {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly status: string;
  readonly statusEn: string;
  readonly type: string | null;
  readonly typeEn: string | null;
  readonly subtype: string | null;
  readonly subtypeEn: string | null;
  readonly repairPriority: string | null;
  readonly repairPriorityEn: string | null;
  /** JSON of names. */
  readonly categories: string;
  readonly categoriesEn: string;
  readonly priority: string;
  readonly channel: string;
  readonly registeredAt: number;
  readonly openedAt: number;
  readonly changedAt: number | null;
  readonly finishedAt: number | null;
  readonly assigneeId: number | null;
  readonly assignee: string | null;
  readonly applicantName: string;
  readonly applicantAddress: string;
  readonly applicantPhone: string;
  readonly messageCount: number;
  readonly note: string | null;
  readonly noteAt: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
};

export type ExportAsset = {
  readonly incidentId: number;
  readonly kind: string;
  readonly code: string;
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly manager: string;
  /** JSON of addresses for this asset. */
  readonly emails: string;
  readonly region: string | null;
  readonly macroregion: string | null;
  readonly contractor: string | null;
  /** JSON of names. */
  readonly groups: string;
};

export type ExportEntry = {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string | null;
  readonly subjectKind: string;
  readonly subjectId: number;
  readonly code: string | null;
  readonly kind: string;
  readonly payload: string;
  readonly hash: string;
};

export type ExportStore = {
  incidents(ids: readonly number[]): ExportIncident[];
  /** Bound ones, poles first. */
  assets(incidentIds: readonly number[]): ExportAsset[];
  entryCount(from: number, before: number): number;
  /** Entries of a span before a number, newest first. */
  entriesBefore(
    span: { readonly from: number; readonly before: number },
    number: number,
    limit: number,
  ): ExportEntry[];
  /** Entries of a span after a number, in order. */
  entries(
    span: { readonly from: number; readonly before: number },
    after: number,
    limit: number,
  ): ExportEntry[];
};

const wanted = 'SELECT value FROM json_each(?)';

const incidentSql = `SELECT i.id, i.code, i.title, s.name AS status, s.name_en AS statusEn, t.name AS type, t.name_en AS typeEn,
  u.name AS subtype, u.name_en AS subtypeEn, r.name AS repairPriority, r.name_en AS repairPriorityEn,
  (SELECT json_group_array(c.name) FROM incident_category ic JOIN category c ON c.id = ic.category_id WHERE ic.incident_id = i.id) AS categories,
  (SELECT json_group_array(c.name_en) FROM incident_category ic JOIN category c ON c.id = ic.category_id WHERE ic.incident_id = i.id) AS categoriesEn,
  i.priority, i.channel, i.registered_at AS registeredAt, i.opened_at AS openedAt, i.finished_at AS finishedAt,
  (SELECT max(j.at) FROM journal j WHERE j.subject_kind = 'incident' AND j.subject_id = i.id) AS changedAt,
  i.assignee_id AS assigneeId, p.name AS assignee, i.applicant_name AS applicantName, i.applicant_address AS applicantAddress,
  i.applicant_phone AS applicantPhone, i.message_count AS messageCount, n.text AS note, n.created_at AS noteAt,
  i.latitude, i.longitude
FROM incident i JOIN status s ON s.id = i.status_id LEFT JOIN incident_type t ON t.id = i.type_id
  LEFT JOIN incident_subtype u ON u.id = i.subtype_id LEFT JOIN repair_priority r ON r.id = i.repair_priority_id
  LEFT JOIN person p ON p.id = i.assignee_id
  LEFT JOIN incident_note n ON n.id = (SELECT id FROM incident_note WHERE incident_id = i.id AND removed_at IS NULL
    ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE i.id IN (${wanted}) ORDER BY i.registered_at, i.id`;

const assetSql = `SELECT b.incident_id AS incidentId, a.kind, a.code, a.address, a.latitude, a.longitude, a.manager, a.emails,
  g.name AS region, m.name AS macroregion, c.name AS contractor,
  (SELECT json_group_array(DISTINCT og.name) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id
   JOIN operator_group og ON og.id = o.group_id WHERE ao.asset_id = a.id) AS groups
FROM incident_asset b JOIN asset a ON a.id = b.asset_id LEFT JOIN region g ON g.id = a.region_id
  LEFT JOIN macroregion m ON m.id = g.macroregion_id LEFT JOIN contact c ON c.id = a.contractor_id
WHERE b.incident_id IN (${wanted}) AND b.state = 'bound' ORDER BY b.incident_id, a.kind <> 'pole', a.id`;

const entrySql = `SELECT j.sequence, j.at, p.name AS actor, j.subject_kind AS subjectKind, j.subject_id AS subjectId, i.code,
  j.kind, j.payload, j.hash
FROM journal j LEFT JOIN person p ON p.id = j.actor_id
  LEFT JOIN incident i ON j.subject_kind = 'incident' AND i.id = j.subject_id`;

export function createExportStore(db: Db): ExportStore {
  const incidents = db.prepare<[string], ExportIncident>(incidentSql);
  const assets = db.prepare<[string], ExportAsset>(assetSql);
  const count = db
    .prepare<[number, number], number>('SELECT count(*) FROM journal WHERE at >= ? AND at < ?')
    .pluck();
  const entries = db.prepare<[{ from: number; before: number; after: number; limit: number }], ExportEntry>(
    `${entrySql} WHERE j.sequence > :after AND j.at >= :from AND j.at < :before ORDER BY j.sequence LIMIT :limit`,
  );
  const newest = db.prepare<[{ from: number; before: number; number: number; limit: number }], ExportEntry>(
    `${entrySql} WHERE j.sequence < :number AND j.at >= :from AND j.at < :before ORDER BY j.sequence DESC LIMIT :limit`,
  );
  return {
    entriesBefore: (span, number, limit) => newest.all({ ...span, number, limit }),
    incidents: (ids) => incidents.all(JSON.stringify(ids)),
    assets: (ids) => assets.all(JSON.stringify(ids)),
    entryCount: (from, before) => count.get(from, before) ?? 0,
    entries: (span, after, limit) => entries.all({ ...span, after, limit }),
  };
}

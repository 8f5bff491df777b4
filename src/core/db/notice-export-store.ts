import type { Db } from './open.ts';

/** One row a step; a notification without any has one of its own. */
export type ExportNotice = {
  readonly id: number;
  readonly createdAt: number;
  readonly kind: string;
  readonly urgency: string;
  readonly to: string;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly state: string;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly round: number | null;
  readonly step: number | null;
  readonly channel: string | null;
  readonly address: string | null;
  readonly route: string | null;
  readonly stepState: string | null;
  readonly dueAt: number | null;
  readonly sentAt: number | null;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly saidAt: number | null;
  readonly failedAt: number | null;
  readonly cost: number | null;
  readonly segments: number | null;
  readonly attempts: number | null;
  readonly providerStatus: string | null;
  readonly providerId: string | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
};

export type NoticeExportStore = {
  /** In the order of the ids, steps in theirs. */
  rows(ids: readonly number[]): ExportNotice[];
};

export function createNoticeExportStore(db: Db): NoticeExportStore {
  const rows = db.prepare<[string], ExportNotice>(
    `SELECT n.id, n.created_at AS createdAt, n.kind, n.urgency, coalesce(c.name, p.name, '') AS "to",
       coalesce(i.code, '') AS code, n.title, n.text, n.state, n.acknowledged_at AS acknowledgedAt,
       n.acknowledged_by AS acknowledgedBy, d.round, d.step + 1 AS step, d.channel, d.address,
       (SELECT a.route_name FROM delivery_attempt a WHERE a.delivery_id = d.id ORDER BY a.id DESC LIMIT 1) AS route,
       d.state AS stepState, d.due_at AS dueAt, d.wrote_at AS sentAt, d.accepted_at AS acceptedAt,
       d.delivered_at AS deliveredAt, d.read_at AS readAt, d.acknowledged_at AS saidAt, d.failed_at AS failedAt,
       (SELECT sum(a.cost) FROM delivery_attempt a WHERE a.delivery_id = d.id) AS cost, d.segments, d.attempts,
       d.provider_status AS providerStatus, d.provider_id AS providerId, d.error_code AS errorCode,
       d.error_detail AS errorDetail
     FROM json_each(?) wanted CROSS JOIN notification n ON n.id = wanted.value
       LEFT JOIN contact c ON c.id = n.contact_id LEFT JOIN person p ON p.id = n.person_id
       LEFT JOIN incident i ON i.id = n.incident_id LEFT JOIN delivery d ON d.notification_id = n.id
     ORDER BY wanted.key, d.round, d.step`,
  );
  return { rows: (ids) => rows.all(JSON.stringify(ids)) };
}

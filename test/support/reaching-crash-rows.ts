import type Database from 'better-sqlite3';
import type { LadderStep } from '../../src/shared/contract/ladders.ts';

export type NotificationRow = {
  readonly id: number;
  readonly previousId: number | null;
  readonly chain: string;
  readonly contactId: number | null;
  readonly text: string;
  readonly code: string;
  readonly state: string;
  readonly ladder: { readonly steps: readonly LadderStep[] };
};
export type DeliveryRow = {
  readonly id: number;
  readonly uuid: string;
  readonly notificationId: number;
  readonly round: number;
  readonly step: number;
  readonly channel: string;
  readonly address: string;
  readonly state: string;
  readonly dueAt: number;
  readonly leaseUntil: number | null;
  readonly wroteAt: number | null;
  readonly failedAt: number | null;
  readonly errorCode: string | null;
};
export type AttemptRow = {
  readonly id: number;
  readonly deliveryId: number;
  readonly endedAt: number | null;
  readonly outcome: 'accepted' | 'refused' | 'not-sent' | 'unknown' | null;
  readonly code: string | null;
  readonly cost: number;
};
export type ReceiptRow = {
  readonly deliveryId: number;
  readonly status: 'accepted' | 'delivered' | 'read' | 'acknowledged' | 'failed';
};
export type AnswerRow = {
  readonly id: number;
  readonly channel: string;
  readonly eventId: string;
  readonly notificationId: number | null;
  readonly verb: string | null;
};

export type ReachRows = {
  readonly notifications: readonly NotificationRow[];
  readonly notificationById: ReadonlyMap<number, NotificationRow>;
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly answers: readonly AnswerRow[];
  readonly alarms: readonly { readonly kind: string; readonly notificationId: number | null }[];
};

/** Everything about reaching people, as the tables have it and not as the desk reads it. */
export function readReaching(file: Database.Database): ReachRows {
  const all = <Row>(sql: string) => file.prepare<[], Row>(sql).all();
  const notifications = all<Omit<NotificationRow, 'ladder'> & { readonly ladder: string }>(
    `SELECT id, previous_id AS previousId, chain, contact_id AS contactId, text, code, state, ladder
     FROM notification ORDER BY id`,
  ).map((row) => ({ ...row, ladder: JSON.parse(row.ladder) as NotificationRow['ladder'] }));
  return {
    notifications,
    notificationById: new Map(notifications.map((notification) => [notification.id, notification])),
    deliveries: all(
      `SELECT id, uuid, notification_id AS notificationId, round, step, channel, address, state, due_at AS dueAt,
         lease_until AS leaseUntil, wrote_at AS wroteAt, failed_at AS failedAt, error_code AS errorCode
       FROM delivery ORDER BY id`,
    ),
    attempts: all(
      `SELECT id, delivery_id AS deliveryId, ended_at AS endedAt, outcome, code, cost FROM delivery_attempt ORDER BY id`,
    ),
    receipts: all('SELECT delivery_id AS deliveryId, status FROM receipt ORDER BY id'),
    answers: all(
      'SELECT id, channel, event_id AS eventId, notification_id AS notificationId, verb FROM answer ORDER BY id',
    ),
    alarms: all('SELECT kind, notification_id AS notificationId FROM reach_alarm'),
  };
}

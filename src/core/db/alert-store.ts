import type { AlertKind } from '../../shared/domain/alert-kinds.ts';
import type { Db } from './open.ts';

export type AlertFacts = Readonly<Record<string, string | number>>;

export type AlertRecord = {
  readonly id: number;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly facts: AlertFacts;
  readonly beganAt: number;
  readonly endedAt: number | null;
  readonly toldAt: number | null;
  readonly overAt: number | null;
};

export type AlertStore = {
  open(): AlertRecord[];
  /** Begun and not told, or ended and its end not told; oldest first. */
  untold(): AlertRecord[];
  latest(limit: number): AlertRecord[];
  insert(alert: Pick<AlertRecord, 'kind' | 'subject' | 'facts' | 'beganAt' | 'endedAt'>): void;
  end(id: number, at: number): void;
  markTold(id: number, at: number): void;
  markOver(id: number, at: number): void;
  forgetBefore(at: number): void;
  /** When the newest entry of the journal was written, by the clock of then. */
  newestEntryAt(): number | undefined;
};

type Row = Omit<AlertRecord, 'facts'> & { readonly facts: string };

const columns = `id, kind, subject, facts, began_at AS beganAt, ended_at AS endedAt, told_at AS toldAt,
  over_at AS overAt`;

export function createAlertStore(db: Db): AlertStore {
  const open = db.prepare<[], Row>(`SELECT ${columns} FROM admin_alert WHERE ended_at IS NULL ORDER BY id`);
  const untold = db.prepare<[], Row>(
    `SELECT ${columns} FROM admin_alert WHERE told_at IS NULL OR (ended_at IS NOT NULL AND over_at IS NULL) ORDER BY id`,
  );
  const latest = db.prepare<[number], Row>(`SELECT ${columns} FROM admin_alert ORDER BY id DESC LIMIT ?`);
  const insert = db.prepare<[object], void>(
    `INSERT INTO admin_alert (kind, subject, facts, began_at, ended_at)
     VALUES (:kind, :subject, :facts, :beganAt, :endedAt)`,
  );
  const end = db.prepare<[number, number], void>('UPDATE admin_alert SET ended_at = ? WHERE id = ?');
  const told = db.prepare<[number, number], void>('UPDATE admin_alert SET told_at = ? WHERE id = ?');
  const over = db.prepare<[number, number], void>('UPDATE admin_alert SET over_at = ? WHERE id = ?');
  const forget = db.prepare<[number], void>('DELETE FROM admin_alert WHERE ended_at < ?');
  const newest = db.prepare<[], number>('SELECT at FROM journal ORDER BY sequence DESC LIMIT 1').pluck();
  const toRecord = (row: Row): AlertRecord => ({ ...row, facts: JSON.parse(row.facts) as AlertFacts });
  return {
    open: () => open.all().map(toRecord),
    untold: () => untold.all().map(toRecord),
    latest: (limit) => latest.all(limit).map(toRecord),
    insert: (alert) => void insert.run({ ...alert, facts: JSON.stringify(alert.facts) }),
    end: (id, at) => void end.run(at, id),
    markTold: (id, at) => void told.run(at, id),
    markOver: (id, at) => void over.run(at, id),
    forgetBefore: (at) => void forget.run(at),
    newestEntryAt: () => newest.get(),
  };
}

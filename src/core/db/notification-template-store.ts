import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type NotificationTemplateRecord = {
  readonly id: number;
  readonly uuid: string;
  /** Of those the desk itself writes by. */
  readonly key: string | null;
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly position: number;
  /** 0: removed; the journal may bring it back. */
  readonly active: number;
  readonly revision: number;
};

export type NotificationTemplateStore = {
  /** In the order of the menu, without removed ones. */
  all(): NotificationTemplateRecord[];
  /** Removed ones too. Throws `not-found` (reason `template`). */
  require(id: number): NotificationTemplateRecord;
  insert(template: Omit<NotificationTemplateRecord, 'id'>): number;
  save(template: NotificationTemplateRecord): void;
};

const columns = 'id, uuid, key, name, title, text, position, active, revision';

export function createNotificationTemplateStore(db: Db): NotificationTemplateStore {
  const all = db.prepare<[], NotificationTemplateRecord>(
    `SELECT ${columns} FROM notification_template WHERE active = 1 ORDER BY position, id`,
  );
  const byId = db.prepare<[number], NotificationTemplateRecord>(
    `SELECT ${columns} FROM notification_template WHERE id = ?`,
  );
  const insert = db
    .prepare<[Omit<NotificationTemplateRecord, 'id'>], number>(
      `INSERT INTO notification_template (uuid, key, name, title, text, position, active, revision)
       VALUES (:uuid, :key, :name, :title, :text, :position, :active, :revision) RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[NotificationTemplateRecord], void>(
    `UPDATE notification_template SET name = :name, title = :title, text = :text, position = :position,
       active = :active, revision = :revision WHERE id = :id`,
  );
  return {
    all: () => all.all(),
    require(id) {
      const template = byId.get(id);
      if (!template) throw new AppError('not-found', { details: { reason: 'template', id } });
      return template;
    },
    insert: (template) => Number(insert.get(template)),
    save: (template) => void save.run(template),
  };
}

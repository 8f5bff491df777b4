import type { Template } from '../../shared/contract/templates.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type TemplateStore = {
  /** In the order of the menu, without removed ones. */
  templates(): Template[];
  /** Removed ones too: drafts and letters name them. Throws `not-found`. */
  template(key: string): Template;
  /** Every key there ever was: what was removed is not seeded again. */
  templateKeys(): string[];
  /** One that was removed is there again. */
  saveTemplate(template: Omit<Template, 'id'> & { readonly id: number | null }, revision: number): number;
  orderTemplate(id: number, position: number, revision: number): void;
  removeTemplate(id: number, at: number, revision: number): void;
};

type Flag = 'endsWorks' | 'armsAutoClose' | 'automatic';
type Row = Omit<Template, 'requires' | Flag> & { readonly requires: string } & Readonly<Record<Flag, number>>;

const columns = `id, key, name, name_en AS nameEn, subject, body, position, audience, thread, requires,
  during_status_id AS duringStatusId, after_status_id AS afterStatusId, failed_status_id AS failedStatusId,
  begins_work AS beginsWork, begins_from AS beginsFrom, ends_works AS endsWorks, arms_auto_close AS armsAutoClose,
  automatic`;

export function createTemplateStore(db: Db): TemplateStore {
  const all = db.prepare<[], Row>(
    `SELECT ${columns} FROM template WHERE removed_at IS NULL ORDER BY position, id`,
  );
  const byKey = db.prepare<[string], Row>(`SELECT ${columns} FROM template WHERE key = ?`);
  const keys = db.prepare<[], string>('SELECT key FROM template').pluck();
  const upsert = db
    .prepare<[object], number>(
      `INSERT INTO template (id, key, name, name_en, subject, body, position, audience, thread, requires,
         during_status_id, after_status_id, failed_status_id, begins_work, begins_from, ends_works, arms_auto_close,
         automatic, revision)
       VALUES (:id, :key, :name, :nameEn, :subject, :body, :position, :audience, :thread, :requires, :duringStatusId,
         :afterStatusId, :failedStatusId, :beginsWork, :beginsFrom, :endsWorks, :armsAutoClose, :automatic, :revision)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, subject = excluded.subject,
         body = excluded.body, position = excluded.position, audience = excluded.audience, thread = excluded.thread,
         requires = excluded.requires, during_status_id = excluded.during_status_id,
         after_status_id = excluded.after_status_id, failed_status_id = excluded.failed_status_id,
         begins_work = excluded.begins_work, begins_from = excluded.begins_from, ends_works = excluded.ends_works,
         arms_auto_close = excluded.arms_auto_close, removed_at = NULL, revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const order = db.prepare<[number, number, number], void>(
    'UPDATE template SET position = ?, revision = ? WHERE id = ?',
  );
  const remove = db.prepare<[number, number, number], void>(
    'UPDATE template SET removed_at = ?, revision = ? WHERE id = ?',
  );
  return {
    templates: () => all.all().map(toTemplate),
    template(key) {
      const row = byKey.get(key);
      if (!row)
        throw new AppError('not-found', { message: 'No such template', details: { reason: 'template' } });
      return toTemplate(row);
    },
    templateKeys: () => keys.all(),
    saveTemplate: (template, revision) =>
      upsert.get({
        ...template,
        requires: JSON.stringify(template.requires),
        endsWorks: Number(template.endsWorks),
        armsAutoClose: Number(template.armsAutoClose),
        automatic: Number(template.automatic),
        revision,
      }) ?? 0,
    orderTemplate: (id, position, revision) => void order.run(position, revision, id),
    removeTemplate: (id, at, revision) => void remove.run(at, revision, id),
  };
}

function toTemplate(row: Row): Template {
  return {
    ...row,
    requires: JSON.parse(row.requires) as Template['requires'],
    endsWorks: row.endsWorks === 1,
    armsAutoClose: row.armsAutoClose === 1,
    automatic: row.automatic === 1,
  };
}

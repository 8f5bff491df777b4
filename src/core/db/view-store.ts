import { type SavedView, savedView } from '../../shared/contract/settings.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

type Row = {
  readonly id: number;
  readonly personId: number | null;
  readonly name: string;
  readonly query: string;
  readonly position: number;
};

export type ViewStore = {
  /** The person's own and the shared ones. */
  list(personId: number): SavedView[];
  save(
    view: Omit<SavedView, 'id' | 'position'> & { readonly id: number | null },
    personId: number,
    revision: number,
  ): number;
  /** Both throw `not-found` for a view that is somebody else's own. */
  remove(id: number, personId: number): void;
};

export function createViewStore(db: Db): ViewStore {
  const list = db.prepare<[number], Row>(
    `SELECT id, person_id AS personId, name, query, position FROM saved_view
     WHERE person_id IS NULL OR person_id = ? ORDER BY position, id`,
  );
  const insert = db.prepare<[number | null, string, string, number], void>(
    `INSERT INTO saved_view (person_id, name, query, position, revision)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_view), ?)`,
  );
  const update = db.prepare<[number | null, string, string, number, number, number], void>(
    'UPDATE saved_view SET person_id = ?, name = ?, query = ?, revision = ? WHERE id = ? AND (person_id IS NULL OR person_id = ?)',
  );
  const remove = db.prepare<[number, number], void>(
    'DELETE FROM saved_view WHERE id = ? AND (person_id IS NULL OR person_id = ?)',
  );
  return {
    list: (personId) =>
      list.all(personId).map((row) =>
        savedView.parse({
          id: row.id,
          shared: row.personId === null,
          name: row.name,
          position: row.position,
          ...(JSON.parse(row.query) as object),
        }),
      ),
    save({ id, shared, name, filter, sort }, personId, revision) {
      const owner = shared ? null : personId;
      const query = JSON.stringify({ filter, sort });
      if (id === null) return Number(insert.run(owner, name, query, revision).lastInsertRowid);
      if (update.run(owner, name, query, revision, id, personId).changes === 0) throw unknownView(id);
      return id;
    },
    remove(id, personId) {
      if (remove.run(id, personId).changes === 0) throw unknownView(id);
    },
  };
}

function unknownView(id: number): AppError {
  return new AppError('not-found', { details: { reason: 'view', id } });
}

import type { Db } from '../db/open.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import { seedCategories, seedStatuses, seedTemplates, seedTypes } from './seed-lists.ts';

/** Fills the lists of a new desk; a desk that has any status has been set up and is left alone. */
export function seedReference({
  db,
  reference,
}: {
  readonly db: Db;
  readonly reference: ReferenceStore;
}): void {
  if (reference.statuses().length > 0) return;
  db.transact((revision) => {
    const ids = new Map<string, number>();
    seedStatuses.forEach(({ next: _next, ...status }, position) => {
      const row = {
        ...status,
        id: null,
        finishes: status.finishes ?? false,
        position,
        active: true,
        nextIds: [],
      };
      ids.set(status.key, reference.saveStatus(row, revision));
    });
    seedStatuses.forEach(({ next, ...status }, position) => {
      const nextIds = next.flatMap((key) => ids.get(key) ?? []);
      const id = ids.get(status.key) ?? null;
      reference.saveStatus(
        { ...status, id, finishes: status.finishes ?? false, position, active: true, nextIds },
        revision,
      );
    });
    seedTypes.forEach((type, position) => {
      reference.saveType({ ...type, id: null, position, active: true }, revision);
    });
    seedCategories.forEach((category, position) => {
      reference.saveCategory({ ...category, id: null, position, active: true }, revision);
    });
    seedTemplates.forEach((template, position) => {
      reference.saveTemplate({ ...template, id: null, position }, revision);
    });
    db.touch('reference');
  });
}

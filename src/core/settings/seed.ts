import type { Db } from '../db/open.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import { seedClosingLists } from './seed-closing-lists.ts';
import { seedCategories, seedStatuses, seedTypes } from './seed-lists.ts';
import { hasTemplates, seedTemplates } from './seed-templates.ts';

type Parts = { readonly db: Db; readonly reference: ReferenceStore };

/** Fills the lists of a new desk; one that has been set up only gets the lists and templates it has never had. */
export function seedReference(parts: Parts): void {
  seedLists(parts);
  seedClosingLists(parts);
  const { db, reference } = parts;
  if (hasTemplates(reference)) return;
  db.transact((revision) => {
    seedTemplates(reference, revision);
    db.touch('reference');
  });
}

function seedLists({ db, reference }: Parts): void {
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
    db.touch('reference');
  });
}

import type { ReferenceStore } from '../db/reference-store.ts';

export type ReferenceList = 'status' | 'type' | 'subtype' | 'repair-priority' | 'category' | 'template';

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** A list as the journal keeps it, by id. */
export function rowsOf(reference: ReferenceStore, list: ReferenceList): ReadonlyMap<number, Row> {
  const readers: Readonly<Record<ReferenceList, () => readonly Row[]>> = {
    status: reference.statuses,
    type: reference.types,
    subtype: reference.subtypes,
    'repair-priority': reference.repairPriorities,
    category: reference.categories,
    template: reference.templates,
  };
  return new Map(readers[list]().map((row) => [row.id, row]));
}

/** Writes a row as the journal has kept it. */
export function writeRow(
  reference: ReferenceStore,
  list: ReferenceList,
  row: Readonly<Record<string, unknown>>,
  revision: number,
): void {
  const writers: Readonly<Record<ReferenceList, (row: never, revision: number) => number>> = {
    status: reference.saveStatus,
    type: reference.saveType,
    subtype: reference.saveSubtype,
    'repair-priority': reference.saveRepairPriority,
    category: reference.saveCategory,
    template: reference.saveTemplate,
  };
  writers[list](row as never, revision);
}

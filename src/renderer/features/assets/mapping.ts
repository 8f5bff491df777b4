import { importFields, type ImportField, type ImportMapping } from '../../../shared/contract/assets.ts';

/** The names of columns change with the encoding, their places do not. */
export function carryColumns(
  mapping: ImportMapping,
  before: readonly string[],
  after: readonly string[],
): ImportMapping {
  const renamed = (column: string): string | undefined => {
    if (after.includes(column)) return column;
    return before.length === after.length ? after[before.indexOf(column)] : undefined;
  };
  const columns: Partial<Record<ImportField, string>> = {};
  for (const field of importFields) {
    const column = renamed(mapping.columns[field] ?? '');
    if (mapping.columns[field] !== undefined && column !== undefined) columns[field] = column;
  }
  return { ...mapping, columns };
}

/** One field to one column; null takes the column away. */
export function withColumn(mapping: ImportMapping, field: ImportField, column: string | null): ImportMapping {
  const columns: Partial<Record<ImportField, string>> = { ...mapping.columns };
  if (column === null || column === '') delete columns[field];
  else columns[field] = column;
  return { ...mapping, columns };
}

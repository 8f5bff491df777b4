import type { ImportMapping } from '../../../shared/contract/assets.ts';
import { AppError } from '../../../shared/errors.ts';

/** One row of a source as text, whatever the source is. */
export type TableRow = {
  /** Line of the file, counted from 1 with the heading; or the number of the object. */
  readonly row: number;
  readonly cells: readonly string[];
  /** What of it could not be read; such a row is refused. */
  readonly broken?: string;
};

export type TableFormat = 'csv' | 'xlsx' | 'geojson' | 'json';

/** Undefined is guessed from the bytes. */
export type ReadOptions = {
  readonly format?: TableFormat | undefined;
  readonly encoding?: ImportMapping['encoding'] | undefined;
  readonly separator?: ImportMapping['separator'] | undefined;
  readonly listPath?: string | undefined;
};

export type Table = {
  readonly format: TableFormat;
  readonly columns: readonly string[];
  readonly encoding: ImportMapping['encoding'];
  readonly separator: ImportMapping['separator'];
  readonly rows: AsyncIterable<TableRow> | Iterable<TableRow>;
};

/** A registry of every mast in the country has a tenth of this; beyond it a file is a mistake or an attack. */
export const tableLimits = {
  rows: 500_000,
  columns: 200,
  cell: 4000,
  unpackedBytes: 256 * 1024 * 1024,
} as const;

export function refuseTable(
  reason: string,
  details: Readonly<Record<string, string | number>> = {},
): AppError {
  return new AppError('invalid-input', { details: { reason, ...details } });
}

/** Headings trimmed, named where empty and told apart where equal. Throws `too-many-columns`, `not-a-table`. */
export function cleanColumns(headings: readonly string[]): string[] {
  const count = headings.length - headings.toReversed().findIndex((heading) => heading.trim() !== '');
  const kept = headings.slice(0, headings.some((heading) => heading.trim() !== '') ? count : 0);
  if (kept.length === 0) throw refuseTable('not-a-table');
  if (kept.length > tableLimits.columns) {
    throw refuseTable('too-many-columns', { most: tableLimits.columns });
  }
  const seen = new Map<string, number>();
  return kept.map((heading, index) => {
    const name = heading.trim().replaceAll(/\s+/gu, ' ').slice(0, 180) || `#${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** As many cells as columns; undefined for an empty row. */
export function toRow(row: number, cells: readonly string[], width: number): TableRow | undefined {
  const texts = cells.map(cleanCell);
  if (texts.every((text) => text === '')) return undefined;
  const extra = texts.slice(width).find((text) => text !== '');
  if (extra !== undefined) return { row, cells: texts.slice(0, width), broken: extra };
  const missing = Math.max(0, width - texts.length);
  return { row, cells: [...texts.slice(0, width), ...Array.from({ length: missing }, () => '')] };
}

/** `="0412"` is how spreadsheets are told to keep a zero; every other formula stays the text it is. */
function cleanCell(text: string): string {
  const trimmed = text.slice(0, tableLimits.cell + 1).trim();
  return /^="(?<inside>[^"]*)"$/u.exec(trimmed)?.groups?.['inside'] ?? trimmed;
}

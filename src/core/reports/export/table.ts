/** A moment, written as the desk's wall shows it. */
export type Moment = { readonly at: number };
export type Cell = string | number | Moment | null;
export type Row = readonly Cell[];

/** A sheet whose rows are made while it is written. */
export type ExportTable = {
  readonly name: string;
  readonly headings: readonly string[];
  /** null while nobody knows. */
  readonly total: number | null;
  /** In pieces: between two of them the desk gets its turn. */
  readonly pieces: Iterable<readonly Row[]>;
};

export const moment = (at: number | null | undefined): Moment | null =>
  at === null || at === undefined ? null : { at };

/** Minutes with one decimal: what people add up in a sheet. */
export const minutes = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : Math.round(ms / 6000) / 10;

export function isMoment(cell: Cell): cell is Moment {
  return typeof cell === 'object' && cell !== null;
}

import type { OpenTable } from './open-table.ts';

export type TablePreview = {
  readonly columns: string[];
  readonly sample: string[][];
  readonly rows: number;
};

const sampleRows = 20;
const shownCell = 200;

/** The beginning of the table and how long it is. */
export async function previewTable(table: OpenTable): Promise<TablePreview> {
  const sample: string[][] = [];
  let rows = 0;
  for await (const batch of table.batches()) {
    rows += batch.length;
    for (const { cells } of batch.slice(0, sampleRows - sample.length)) {
      sample.push(cells.map((cell) => cell.slice(0, shownCell)));
    }
  }
  return { columns: [...table.head.columns], sample, rows };
}

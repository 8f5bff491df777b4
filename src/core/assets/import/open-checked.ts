import type { ImportMapping } from '../../../shared/contract/assets.ts';
import type { OpenTable } from './open-table.ts';
import { createRowReader } from './read-row.ts';

/**
 * Opens the table once before a run begins, so that what cannot be read at all, or not with this mapping, leaves no run
 * behind; the run then begins with what is open already.
 */
export async function openChecked(
  open: () => Promise<OpenTable>,
  mapping: ImportMapping,
): Promise<() => Promise<OpenTable>> {
  let first: OpenTable | undefined = await open();
  try {
    if (first.head.columns.length > 0) createRowReader(first.head.columns, mapping);
  } catch (error) {
    await first.close();
    throw error;
  }
  return () => {
    const ready = first;
    first = undefined;
    return ready ? Promise.resolve(ready) : open();
  };
}

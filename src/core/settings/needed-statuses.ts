import type { Status } from '../../shared/contract/settings.ts';
import { neededStatuses } from '../../shared/domain/needed-statuses.ts';
import { AppError } from '../../shared/errors.ts';
import type { ReferenceStore } from '../db/reference-store.ts';

/**
 * A status the program works with keeps its key, its being offered and its finishing or not. Throws `conflict` (reason
 * `status-needed`).
 */
export function requireStatusesOfProgram(
  reference: Pick<ReferenceStore, 'status'>,
  { id, key, active, finishes }: Pick<Status, 'key' | 'active' | 'finishes'> & { readonly id: number | null },
): void {
  if (id === null) return;
  const before = reference.status(id);
  const needed = neededStatuses.get(before.key);
  if (!needed) return;
  if (key === before.key && active && finishes === needed.finishes) return;
  throw new AppError('conflict', { details: { reason: 'status-needed', key: before.key } });
}

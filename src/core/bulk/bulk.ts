import type { BulkOutcome, BulkRefusal } from '../../shared/contract/bulk.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentParts } from '../incidents/parts.ts';

export type BulkItem = { readonly id: number; readonly expected: number };

/** What was done to one: the entry that undo takes back, null where nothing changed. */
type Step = { readonly undo: number | null };

/**
 * One decision about many, in one transaction. Each incident is changed or refused by itself, and what was refused
 * keeps nothing of the attempt.
 */
export function decideForMany(
  parts: IncidentParts,
  action: string,
  items: readonly BulkItem[],
  actor: number,
  decide: (item: BulkItem) => Step,
): BulkOutcome {
  return parts.db.transact(() => {
    const entries: number[] = [];
    const same: number[] = [];
    const changed: number[] = [];
    const refused: BulkRefusal[] = [];
    for (const item of onceEach(items)) {
      try {
        const { undo } = parts.db.attempt(() => decide(item));
        if (undo === null) same.push(item.id);
        else {
          changed.push(item.id);
          entries.push(undo);
        }
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        refused.push(toRefusal(parts, item.id, thrown));
      }
    }
    const undo = entries.length === 0 ? null : tell(parts, action, { entries, changed }, actor);
    return { changed, same, refused, undo };
  });
}

/** The same incident twice would be refused as changed by the first. */
export function onceEach(items: readonly BulkItem[]): BulkItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

export function toRefusal(parts: IncidentParts, id: number, error: AppError): BulkRefusal {
  return {
    id,
    code: parts.incidents.find(id)?.code ?? '',
    error: error.code,
    reason: error.reason ?? null,
    details: { ...error.details },
  };
}

function tell(
  parts: IncidentParts,
  action: string,
  { entries, changed }: { readonly entries: readonly number[]; readonly changed: readonly number[] },
  actor: number,
): number {
  return parts.journal.append({
    kind: 'desk.bulk-done',
    subject: 'desk',
    subjectId: 0,
    actorId: actor,
    facts: { action, entries, incidentIds: changed },
  });
}

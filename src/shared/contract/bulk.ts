import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { id, revision, time } from './common.ts';
import { favouriteLevel, mostAtOnce } from './notes.ts';

const items = z
  .array(z.strictObject({ id, /** As the page last saw it. */ expected: revision }))
  .min(1)
  .max(mostAtOnce);

const bulkRefusal = z.object({
  id,
  code: z.string(),
  /** Of errors; `reason` has words under `error.reason`, else the code has. */
  error: z.string(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type BulkRefusal = z.infer<typeof bulkRefusal>;

const outcome = z.object({
  changed: z.array(id),
  /** Those that already were so. */
  same: z.array(id),
  refused: z.array(bulkRefusal),
  /** Takes the whole back. */
  undo: z.int().nullable(),
});
export type BulkOutcome = z.infer<typeof outcome>;

/** One decision about many incidents: each is changed or refused by itself, and one undo takes back the whole. */
export const bulkContract = {
  assign: command(z.strictObject({ items, personId: id.nullable() }), outcome),
  setStatus: command(z.strictObject({ items, statusId: id }), outcome),
  setType: command(z.strictObject({ items, typeId: id.nullable() }), outcome),
  setPriority: command(z.strictObject({ items, priority: z.enum(['normal', 'high']) }), outcome),
  addCategory: command(z.strictObject({ items, categoryId: id }), outcome),
  removeCategory: command(z.strictObject({ items, categoryId: id }), outcome),
  postpone: command(z.strictObject({ items, until: time, reason: z.string().trim().max(300) }), outcome),
  dismiss: command(z.strictObject({ items }), outcome),
  acknowledge: command(z.strictObject({ items }), outcome),
  markRead: command(z.strictObject({ items }), outcome),
  setFavourite: command(z.strictObject({ items, level: favouriteLevel }), outcome),
} as const;

export const undoAnswer = z.object({
  /** Puts back what was taken back. */
  undo: z.int().nullable(),
  /** Of a decision about many: those that somebody has changed since. */
  refused: z.array(bulkRefusal),
});

export const undoContract = {
  /** Which entries of an incident's history can be taken back now, and why not the others. */
  ofIncident: query(
    z.strictObject({ incidentId: id }),
    z.object({
      entries: z.array(
        z.object({
          sequence: z.int(),
          /** null: it can; else `changed-since`, `already-leaving`, … */
          why: z.string().nullable(),
        }),
      ),
    }),
  ),
} as const;

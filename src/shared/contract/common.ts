import { z } from 'zod';

export const id = z.int().positive();
/** Epoch milliseconds, UTC. */
export const time = z.int();
export const revision = z.int().nonnegative();
export const empty = z.strictObject({});
export const done = z.object({});
/** `undo` is for incidents.undo; null where nothing changed or it cannot be taken back. */
export const undoable = z.object({ undo: z.int().nullable() });
export const savedItem = undoable.extend({ id });

export const address = z.object({ name: z.string().max(200), address: z.string().max(320) });
export type Address = z.infer<typeof address>;

/** How somebody is reached besides the first e-mail and telephone. */
export const furtherAddress = z.strictObject({
  kind: z.enum(['email', 'phone', 'telegram', 'max', 'whatsapp', 'push', 'other']),
  value: z.string().trim().min(1).max(320),
  note: z.string().trim().max(200),
});
export type FurtherAddress = z.infer<typeof furtherAddress>;

/** Bytes live in the data directory under their hash; frames carry only the hash. `GET <base>/blob/<sha256>?name=…` */
export const file = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().max(255),
  mimeType: z.string().max(127),
  size: z.int().nonnegative(),
});
export type StoredFile = z.infer<typeof file>;

export const health = z.object({
  state: z.enum(['off', 'starting', 'ok', 'degraded', 'needs-attention']),
  reason: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type HealthView = z.infer<typeof health>;

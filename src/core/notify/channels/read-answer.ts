import type { z } from 'zod';
import { routeError } from '../route-errors.ts';

/** A service's answer as it is expected; another one says nothing about what became of the message. */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw routeError('route-answer-unreadable', { certainty: 'unknown', cause: read.error });
}

import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import { frameLimits } from './frame-limits.ts';

/** Raised when an old page could misread a new core; a mere new procedure does not need it. */
export const protocol = 1;

const callId = z.int().positive();

const clientFrame = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('call'),
    id: callId,
    path: z.string().max(100),
    input: z.unknown(),
    /** Of commands only; the same id is sent again after a lost answer. */
    commandId: z
      .string()
      .regex(/^[0-9A-Za-z-]{8,64}$/)
      .optional(),
  }),
  z.strictObject({ t: z.literal('stop'), id: callId }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

const wireError = z.object({
  code: z.enum(errorCodes),
  /** Links what the user reports to the line in the log. */
  ref: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  retryAfterMs: z.number().optional(),
});
export type WireError = z.infer<typeof wireError>;

const serverFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), protocol: z.int(), sessionId: z.string(), build: z.string() }),
  z.object({ t: z.literal('result'), id: callId, value: z.unknown() }),
  z.object({ t: z.literal('event'), id: callId, value: z.unknown() }),
  z.object({ t: z.literal('end'), id: callId }),
  z.object({ t: z.literal('error'), id: callId, error: wireError }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;
export type Hello = Extract<ServerFrame, { t: 'hello' }>;

/** undefined for anything a page of ours would not send: the connection is to be closed. */
export function readClientFrame(text: string): ClientFrame | undefined {
  return clientFrame.safeParse(readJson(text)).data;
}

/** undefined for anything core would not send. */
export function readServerFrame(text: string): ServerFrame | undefined {
  return serverFrame.safeParse(readJson(text)).data;
}

function readJson(text: string): unknown {
  if (text.length > frameLimits.maxLength) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Whatever it was, it was not from a page of ours.
    return undefined;
  }
  return isSound(value) ? value : undefined;
}

/** Neither nested beyond use nor carrying a key that could reach a prototype. */
function isSound(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > frameLimits.maxDepth) return false;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Object.hasOwn(value, '__proto__')) return false;
      for (const child of Object.values(value)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return true;
}

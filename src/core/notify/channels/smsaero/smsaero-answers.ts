import { z } from 'zod';
import type { AppError } from '../../../../shared/errors.ts';
import type { HttpAnswer } from '../../http-call.ts';
import type { StatusReport } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { toHundredths } from '../sms/sms-call.ts';

const text = z.union([z.string(), z.number()]).transform(String);

const message = z.object({
  id: text,
  number: text.optional(),
  text: z.string().optional(),
  status: z.coerce.number().int(),
  extendStatus: z.string().nullish(),
  cost: z.unknown().optional(),
  dateCreate: z.coerce.number().optional(),
});
export type AeroMessage = z.infer<typeof message>;

const envelope = z.object({
  success: z.boolean().optional(),
  data: z.unknown().optional(),
  message: z.string().nullish(),
  result: z.string().optional(),
  reason: z.string().optional(),
});
export type AeroEnvelope = z.infer<typeof envelope>;

/** Undefined when it is not what the service answers. */
export function readEnvelope(answer: HttpAnswer): AeroEnvelope | undefined {
  try {
    return envelope.safeParse(answer.json()).data;
  } catch {
    return undefined;
  }
}

/** One message, or a list of one. */
export function readMessage(data: unknown): AeroMessage | undefined {
  return message.safeParse(Array.isArray(data) ? (data as readonly unknown[])[0] : data).data;
}

/** Lists are objects with the keys "0", "1", … among which links and a count stand; real lists occur too. */
export function readList(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data as readonly unknown[];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data)
    .filter(([key]) => /^\d+$/.test(key))
    .map(([, row]) => row as unknown);
}

/** What the service says no with; the shape with `result` is its older one and comes with a status of 200. */
export function refusalOf(said: AeroEnvelope): AppError {
  const raw = [said.message, said.result, said.reason, faultsOf(said.data)].filter(Boolean).join(': ');
  if (/credit|money|balance|средств/i.test(raw)) {
    return routeError('route-no-money', { certainty: 'not-sent', raw });
  }
  if (/login|api key|authoriz/i.test(raw)) {
    return routeError('route-login-refused', { certainty: 'not-sent', raw });
  }
  const fields = typeof said.data === 'object' && said.data !== null ? Object.keys(said.data) : [];
  if (fields.includes('number') || fields.includes('numbers')) {
    return routeError('address-refused', { certainty: 'refused', raw });
  }
  if (fields.includes('sign')) return routeError('route-forbidden', { certainty: 'refused', raw });
  return routeError('message-refused', { certainty: 'refused', raw });
}

function faultsOf(data: unknown): string {
  return typeof data === 'object' && data !== null ? JSON.stringify(data) : '';
}

const final: Readonly<Record<number, StatusReport['status']>> = { 1: 'delivered', 2: 'failed', 6: 'failed' };

/** 0 queue, 1 delivered, 2 not delivered, 6 rejected, 8 on moderation; 3 and 4 are guesses, others are still waited for. */
export function toReport({ status, extendStatus, cost }: AeroMessage, segments?: number): StatusReport {
  const hundredths = toHundredths(cost);
  return {
    status: final[status] ?? 'accepted',
    raw: extendStatus ? `${status} ${extendStatus}` : String(status),
    ...(hundredths === undefined ? {} : { cost: hundredths }),
    ...(segments === undefined ? {} : { segments }),
  };
}

import type { z } from 'zod';
import { toE164 } from '../../../../shared/domain/phone.ts';
import { toAppError, type AppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { httpCall, type HttpAnswer, type HttpCall } from '../../http-call.ts';
import type { DriverParts, RouteConfig } from '../../route-driver.ts';
import { retryAfterMs, routeError, type RouteTrouble } from '../../route-errors.ts';

export type SmsRequest = Pick<HttpCall, 'method' | 'url' | 'headers' | 'body' | 'signal' | 'wrote'>;

/** What every gateway over http shares: the route's own time-out and proxy. */
export function createSmsCall({ clock }: DriverParts, { timeoutMs, proxy, fields }: RouteConfig) {
  const { caCertificate = '' } = fields;
  return (request: SmsRequest): Promise<HttpAnswer> =>
    httpCall({ ...request, clock, timeoutMs, proxy, caCertificate });
}

/** `+79005550112`; an address that is no telephone is refused before anything is asked. */
export function phoneOf(address: string): string {
  const phone = toE164(address);
  if (phone !== undefined) return phone;
  throw routeError('address-refused', { certainty: 'refused' });
}

export function digitsOf(address: string): string {
  return phoneOf(address).slice(1);
}

/** Throws what a status of http alone says; what the body says comes after it. */
export function refuseStatus({ status, headers, text }: HttpAnswer, clock: Clock): void {
  if (status >= 200 && status < 300) return;
  if (status === 429) {
    const wait = retryAfterMs(headers['retry-after'], clock.now());
    throw routeError('route-throttled', {
      certainty: 'not-sent',
      raw: text,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  // A gateway that broke down may have handed the message on before it did.
  if (status >= 500)
    throw routeError('route-unavailable', { certainty: 'unknown', raw: `${status} ${text}` });
  if (status === 413) throw routeError('payload-too-large', { certainty: 'refused', raw: text });
  const trouble = troubleByStatus[status];
  if (trouble !== undefined) throw routeError(trouble, { certainty: 'not-sent', raw: `${status} ${text}` });
  throw routeError('message-refused', { certainty: 'refused', raw: `${status} ${text}` });
}

const troubleByStatus: Readonly<Partial<Record<number, RouteTrouble>>> = {
  301: 'route-not-set-up',
  302: 'route-not-set-up',
  303: 'route-not-set-up',
  307: 'route-not-set-up',
  308: 'route-not-set-up',
  401: 'route-login-refused',
  402: 'route-no-money',
  403: 'route-forbidden',
  404: 'route-not-set-up',
  405: 'route-not-set-up',
  407: 'route-unavailable',
};

/** Asks the mirrors of a service in turn: the next one only when the one before certainly got nothing. */
export async function askMirrors<Answer>(
  baseUrls: string,
  ask: (baseUrl: string) => Promise<Answer>,
): Promise<Answer> {
  const urls = baseUrls.split(/[\s,;]+/).filter((url) => url !== '');
  let failure: AppError = routeError('route-not-set-up', { certainty: 'not-sent' });
  for (const url of urls) {
    try {
      return await ask(url.endsWith('/') ? url : `${url}/`);
    } catch (thrown) {
      failure = toAppError(thrown);
      const isGone = failure.reason === 'route-unavailable' && failure.details['certainty'] === 'not-sent';
      if (!isGone) throw failure;
    }
  }
  throw failure;
}

/** Money as services write it, in hundredths; undefined when it is none. */
export function toHundredths(amount: unknown): number | undefined {
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined;
  const value = typeof amount === 'string' && amount.trim() === '' ? Number.NaN : Number(amount);
  return Number.isFinite(value) ? Math.round(Math.abs(value) * 100) : undefined;
}

export function basicLogin(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** An answer that does not look as the service promises: whether it took the message is unknown. */
export function unreadable(text: string): AppError {
  return routeError('route-answer-unreadable', { certainty: 'unknown', raw: text });
}

/** What an answer says as JSON of the shape; undefined when it does not. */
export function readAs<Shape>(shape: z.ZodType<Shape>, answer: HttpAnswer): Shape | undefined {
  try {
    return shape.safeParse(answer.json()).data;
  } catch {
    return undefined;
  }
}

export function formOf(fields: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(fields).filter(
    (field): field is [string, string] => field[1] !== undefined && field[1] !== '',
  );
  return new URLSearchParams(said).toString();
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } as const;

import { AppError } from '../../../shared/errors.ts';
import type { HttpAnswer } from '../http-call.ts';
import { retryAfterMs, routeError } from '../route-errors.ts';

/**
 * What a status alone says where a service's own words say no more. Gateways on the way answer 502 and 504 for a server
 * that may have taken the message, and a server that fell over may have done so after it.
 */
export function httpRefusal({ status, headers, text }: HttpAnswer, now: number, words = text): AppError {
  const raw = `${status} ${words}`.trim();
  const wait = retryAfterMs(headers['retry-after'], now);
  const later = wait === undefined ? {} : { retryAfterMs: wait };
  if (status === 401) return routeError('route-login-refused', { certainty: 'not-sent', raw });
  if (status === 403) return routeError('route-forbidden', { certainty: 'refused', raw });
  if (status === 413) return routeError('payload-too-large', { certainty: 'refused', raw });
  if (status === 429) return routeError('route-throttled', { certainty: 'not-sent', raw, ...later });
  if (status === 503) return routeError('route-unavailable', { certainty: 'not-sent', raw, ...later });
  if (status >= 500) return routeError('route-unavailable', { certainty: 'unknown', raw });
  if (status >= 400) return routeError('message-refused', { certainty: 'refused', raw });
  return routeError('route-answer-unreadable', { certainty: 'unknown', raw });
}

/** What went wrong before the message itself was written, such as signing in: nothing of it has left. */
export function nothingSent(error: AppError): AppError {
  return new AppError(error.code, {
    message: error.message,
    details: {
      ...error.details,
      certainty: error.details['certainty'] === 'refused' ? 'refused' : 'not-sent',
    },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    cause: error,
  });
}

/** Whole signs of a text that fit into so many bytes; what was cut shows. */
export function fitBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const room = most - Buffer.byteLength('…');
  let size = 0;
  let kept = '';
  for (const sign of text) {
    size += Buffer.byteLength(sign);
    if (size > room) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** A field of an object from outside, when it is one. */
export function fieldOf(value: unknown, ...names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** Words or a number of an answer as text; empty for anything else. */
export function wordsOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

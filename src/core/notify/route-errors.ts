import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Certainty } from './channel.ts';

/** Why a message did not go by a route, or nobody knows whether it did; each has words in i18n's errors. */
export const routeTroubles = [
  'route-login-refused',
  'route-throttled',
  'route-unavailable',
  'route-no-money',
  'route-answer-unreadable',
  'route-timeout',
  'address-refused',
  'address-blocked',
  'message-refused',
  'route-forbidden',
  'money-limit',
  'template-needed',
  'payload-too-large',
  'route-not-set-up',
  'route-shared',
] as const;
export type RouteTrouble = (typeof routeTroubles)[number];

/** What else the failure stands in the way of; `message` is this one message alone. */
export type RouteScope = 'route' | 'address' | 'message';

type Meaning = { readonly code: ErrorCode; readonly scope: RouteScope };

/** `denied` waits for a person to mend the route; the rest is the engine's to try elsewhere or later. */
const meanings: Readonly<Record<RouteTrouble, Meaning>> = {
  'route-login-refused': { code: 'denied', scope: 'route' },
  'route-throttled': { code: 'rate-limited', scope: 'route' },
  'route-unavailable': { code: 'unavailable', scope: 'route' },
  'route-no-money': { code: 'denied', scope: 'route' },
  'route-answer-unreadable': { code: 'upstream', scope: 'route' },
  'route-timeout': { code: 'timeout', scope: 'route' },
  'address-refused': { code: 'upstream', scope: 'address' },
  'address-blocked': { code: 'upstream', scope: 'address' },
  'message-refused': { code: 'upstream', scope: 'message' },
  'route-forbidden': { code: 'denied', scope: 'route' },
  'money-limit': { code: 'conflict', scope: 'route' },
  'template-needed': { code: 'upstream', scope: 'message' },
  'payload-too-large': { code: 'upstream', scope: 'message' },
  'route-not-set-up': { code: 'denied', scope: 'route' },
  'route-shared': { code: 'unavailable', scope: 'route' },
};

type Known = {
  readonly certainty: Certainty;
  /** Left out, it is what this trouble usually stands in the way of. */
  readonly scope?: RouteScope;
  readonly retryAfterMs?: number;
  /** The service's own words: for the screen, made one short line here. */
  readonly raw?: string;
  readonly cause?: unknown;
};

export function routeError(trouble: RouteTrouble, known: Known): AppError {
  const { code, scope: usual } = meanings[trouble];
  const scope = known.scope ?? usual;
  return new AppError(code, {
    message: `route: ${trouble}`,
    details: {
      reason: trouble,
      certainty: known.certainty,
      ...(scope === 'message' ? {} : { scope }),
      ...(known.raw === undefined || known.raw === '' ? {} : { raw: readable(known.raw) }),
    },
    ...(known.retryAfterMs === undefined ? {} : { retryAfterMs: known.retryAfterMs }),
    ...(known.cause === undefined ? {} : { cause: known.cause }),
  });
}

const longestRaw = 300;

/** A service's words go to the screen: one line, no control characters, not endless. */
export function readable(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
    .trim()
    .slice(0, longestRaw);
}

/** Seconds, or a date, of a Retry-After header; undefined when it says nothing usable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

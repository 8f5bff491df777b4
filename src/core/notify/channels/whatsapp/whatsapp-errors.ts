import type { AppError } from '../../../../shared/errors.ts';
import type { HttpAnswer } from '../../http-call.ts';
import { retryAfterMs, routeError, type RouteTrouble } from '../../route-errors.ts';
import { fieldOf, httpRefusal, wordsOf } from '../http-refusal.ts';

type Range = readonly [from: number, to: number, trouble: RouteTrouble];

/** Of the vendor's list of error codes; first match wins. */
const meanings: readonly Range[] = [
  [0, 0, 'route-login-refused'],
  [190, 190, 'route-login-refused'],
  [3, 3, 'route-forbidden'],
  [10, 10, 'route-forbidden'],
  [200, 299, 'route-forbidden'],
  [4, 4, 'route-throttled'],
  [80007, 80007, 'route-throttled'],
  [130429, 130429, 'route-throttled'],
  [131056, 131056, 'route-throttled'],
  [131048, 131048, 'route-throttled'],
  [131064, 131064, 'route-throttled'],
  [368, 368, 'route-forbidden'],
  [131031, 131031, 'route-forbidden'],
  [130497, 130497, 'route-forbidden'],
  [131042, 131042, 'route-no-money'],
  [131026, 131026, 'address-refused'],
  [131021, 131021, 'address-refused'],
  [131047, 131047, 'template-needed'],
  [131049, 131049, 'message-refused'],
  [132000, 132016, 'template-needed'],
  [131016, 131016, 'route-unavailable'],
  [131000, 131000, 'route-unavailable'],
];
/** One person gets no more than a message in six seconds. */
const pairRate = 131056;
const pairWaitMs = 6000;

function troubleOf(code: number): RouteTrouble | undefined {
  return meanings.find(([from, to]) => code >= from && code <= to)?.[2];
}

/** What the service says of an error, short: its number and words. */
export function readWhatsappError(error: unknown): {
  readonly code: number | undefined;
  readonly words: string;
} {
  const code = fieldOf(error, 'code');
  const details = wordsOf(fieldOf(error, 'error_data', 'details'));
  const words = details || wordsOf(fieldOf(error, 'message')) || wordsOf(fieldOf(error, 'title'));
  return { code: typeof code === 'number' ? code : undefined, words: `${wordsOf(code)} ${words}`.trim() };
}

export function whatsappError(answer: HttpAnswer, now: number): AppError {
  const { code, words } = readWhatsappError(errorIn(answer));
  const trouble = code === undefined ? undefined : troubleOf(code);
  if (trouble === undefined) return httpRefusal(answer, now, words || answer.text);
  if (trouble === 'route-throttled') {
    const wait =
      retryAfterMs(answer.headers['retry-after'], now) ?? (code === pairRate ? pairWaitMs : undefined);
    return routeError(trouble, {
      certainty: 'not-sent',
      raw: words,
      // Too many to one person stands in nobody else's way.
      ...(code === pairRate ? { scope: 'message' } : {}),
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  // 131000 is "something went wrong": whether after it had taken the message nobody says.
  const certainty = trouble === 'route-unavailable' && code === 131000 ? 'unknown' : 'not-sent';
  const isRefused = trouble !== 'route-unavailable' && trouble !== 'route-login-refused';
  return routeError(trouble, { certainty: isRefused ? 'refused' : certainty, raw: words });
}

function errorIn(answer: HttpAnswer): unknown {
  try {
    return fieldOf(answer.json(), 'error');
  } catch {
    return undefined;
  }
}

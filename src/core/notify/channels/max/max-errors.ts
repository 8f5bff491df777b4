import { z } from 'zod';
import type { AppError } from '../../../../shared/errors.ts';
import type { HttpAnswer } from '../../http-call.ts';
import { retryAfterMs, routeError } from '../../route-errors.ts';

const envelope = z.object({ code: z.string(), message: z.string().optional() });

/** Where the service names no time: its own library waits as long before it asks again. */
const throttledMs = 5000;

/** What an answer other than 200 means. Nothing was sent then, but where the server fell over nobody knows. */
export function maxError({
  status,
  headers,
  text,
}: Pick<HttpAnswer, 'status' | 'headers' | 'text'>): AppError {
  const read = envelope.safeParse(parse(text));
  const code = read.data?.code ?? '';
  const raw = [code || String(status), read.data?.message ?? ''].filter((part) => part !== '').join(': ');
  if (code === 'attachment.not.ready') {
    return routeError('message-refused', { certainty: 'not-sent', raw: code });
  }
  if (status === 401 || code === 'verify.token') {
    return routeError('route-login-refused', { certainty: 'not-sent', raw });
  }
  if (status === 429) {
    const waitMs = retryAfterMs(headers['retry-after'], 0) ?? throttledMs;
    return routeError('route-throttled', { certainty: 'not-sent', raw, retryAfterMs: waitMs });
  }
  if (status >= 500) return routeError('route-unavailable', { certainty: 'unknown', raw });
  // `chat.denied` with `error.dialog.suspended`: the person has stopped the bot.
  if (/dialog\.suspended|chat\.denied/.test(raw)) {
    return routeError('address-blocked', { certainty: 'refused', raw });
  }
  if (/chat\.not\.found|user\.not\.found|dialog\.not\.found/.test(raw)) {
    return routeError('address-refused', { certainty: 'refused', raw });
  }
  if (/too\.(long|large)/.test(raw) || status === 413) {
    return routeError('payload-too-large', { certainty: 'refused', raw });
  }
  if (status === 403) return routeError('route-forbidden', { certainty: 'refused', raw });
  if (read.success) return routeError('message-refused', { certainty: 'refused', raw });
  return routeError('route-answer-unreadable', { certainty: 'unknown', raw });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page: its status says what there is to know.
    return undefined;
  }
}

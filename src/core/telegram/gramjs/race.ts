import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { telegramError } from '../telegram-error.ts';

export function cancelledBy({ reason }: AbortSignal): AppError {
  return reason instanceof AppError ? reason : new AppError('cancelled', { cause: reason });
}

/** The work's outcome, or `cancelled`; listens no longer than the work takes. */
export async function unlessAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(cancelledBy(signal));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  // The library's promise may fail long after nobody waits for it any more.
  Promise.resolve(work).catch(() => undefined);
  try {
    return await Promise.race([aborted.promise, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Rejects with `timeout` when the work takes longer. */
export async function withinTime<T>(work: PromiseLike<T>, ms: number, clock: Clock): Promise<T> {
  const done = new AbortController();
  const alarm = clock.sleep(ms, done.signal).then(() => {
    throw telegramError('timeout');
  });
  alarm.catch(() => undefined);
  Promise.resolve(work).catch(() => undefined);
  try {
    return await Promise.race([work, alarm]);
  } finally {
    done.abort();
  }
}

import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';

/** Rejects with `timeout` after `ms` and calls `onTimeout`; what the work does afterwards is heard by nobody. */
export async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  clock: Clock,
  onTimeout: () => void,
): Promise<T> {
  const done = new AbortController();
  const alarm = clock.sleep(ms, done.signal).then(() => {
    onTimeout();
    throw new AppError('timeout', { message: 'no answer in time', details: { reason: 'timeout' } });
  });
  // Whichever loses the race is settled later and must not be an unhandled rejection.
  alarm.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, alarm]);
  } finally {
    done.abort();
  }
}

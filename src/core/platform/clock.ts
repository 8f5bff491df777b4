import { AppError } from '../../shared/errors.ts';

/** The only reader of time. */
export type Clock = {
  /** Epoch milliseconds, UTC; may jump. */
  now(): number;
  /** Milliseconds since an arbitrary point; never jumps, and stands still while the machine sleeps. */
  elapsed(): number;
  /** Resolves after `ms`; rejects with `cancelled` when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** setTimeout takes a signed 32-bit count: a longer wait would fire at once. */
const longestTimerMs = 2_147_000_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    let leftMs = ms;
    do {
      const stepMs = Math.min(leftMs, longestTimerMs);
      await sleepStep(stepMs, signal);
      leftMs -= stepMs;
    } while (leftMs > 0);
  },
};

function sleepStep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new AppError('cancelled', { cause: signal.reason }));
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(new AppError('cancelled', { cause: signal?.reason }));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      Math.max(0, ms),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

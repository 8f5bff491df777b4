import { toAppError } from '../../shared/errors.ts';
import type { Clock } from './clock.ts';

export type Wake = {
  /** Ends the wait, or the next one when nobody waits. */
  ring(): void;
  /** Resolves after `ms` or when rung; rejects with `cancelled` when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<'rung' | 'time'>;
};

/** A bell for one waiter. */
export function createWake(clock: Clock): Wake {
  let rung = false;
  let ringing: AbortController | undefined;
  return {
    ring() {
      rung = true;
      ringing?.abort();
    },
    async wait(ms, signal) {
      if (!rung) {
        ringing = new AbortController();
        try {
          await clock.sleep(ms, AbortSignal.any([ringing.signal, signal]));
        } catch (failure) {
          if (toAppError(failure).code !== 'cancelled') throw failure;
        } finally {
          ringing = undefined;
        }
      }
      signal.throwIfAborted();
      const answer = rung ? 'rung' : 'time';
      rung = false;
      return answer;
    },
  };
}

import type { Clock } from '../../platform/clock.ts';
import { telegramError } from '../telegram-error.ts';
import type { FloodPause } from '../telegram-port.ts';
import type { Priority } from './lanes.ts';

/** Which methods Telegram has asked to be left alone, and until when. */
export type Pauses = {
  /** Waits out a short pause in the background; else throws `flood-wait` with what is left of it. */
  pass(method: string, priority: Priority, signal: AbortSignal): Promise<void>;
  add(method: string, waitMs: number): void;
};

/** What the desk does by itself may wait so long in silence; longer waits are its caller's to plan. */
const quietWaitMs = 60_000;
/** Telegram counts whole seconds on its own clock. */
const marginMs = 250;

export function createPauses(clock: Clock, onPause: (pause: FloodPause) => void): Pauses {
  const until = new Map<string, { readonly elapsed: number }>();
  return {
    async pass(method, priority, signal) {
      // Whole, as times are kept: the machine's own clock counts in parts of them.
      const leftMs = Math.ceil((until.get(method)?.elapsed ?? 0) - clock.elapsed());
      if (leftMs <= 0) {
        until.delete(method);
        return;
      }
      if (priority === 'user' || leftMs > quietWaitMs)
        throw telegramError('flood-wait', { retryAfterMs: leftMs });
      await clock.sleep(leftMs, signal);
    },
    add(method, waitMs) {
      const wholeMs = waitMs + marginMs;
      until.set(method, { elapsed: clock.elapsed() + wholeMs });
      onPause({ method, until: clock.now() + wholeMs });
    },
  };
}

import { toAppError } from '../../../shared/errors.ts';
import type { Health } from '../../platform/service.ts';

export type Hearing = {
  /** Runs what listens; what it throws is what is wrong, until something is heard again. */
  during(work: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** The service has said something. */
  heard(): void;
  /** Whether the next try at something that stands in the way of all after it is the last. */
  isLastTry(key: string): boolean;
  health(): Health;
};

const mostTries = 3;
const mostRemembered = 1000;

/** How listening goes, for the health of a route; and how patient it is with one thing that cannot be fetched. */
export function createHearing(): Hearing {
  const tries = new Map<string, number>();
  let state: Health = { state: 'starting' };
  return {
    async during(work, signal) {
      try {
        await work();
      } catch (thrown) {
        const { code, reason } = toAppError(thrown);
        const isDenied = code === 'denied';
        if (!signal.aborted) {
          state = { state: isDenied ? 'needs-attention' : 'degraded', reason: reason ?? code };
        }
        throw thrown;
      }
    },
    heard() {
      state = { state: 'ok' };
    },
    isLastTry(key) {
      if (tries.size >= mostRemembered) tries.clear();
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      return count >= mostTries;
    },
    health: () => state,
  };
}

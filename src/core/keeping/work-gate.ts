import type { KeepingWork } from '../../shared/contract/keeping.ts';
import { AppError } from '../../shared/errors.ts';
import type { SetProgress } from './make-set.ts';

/** One piece of long work at a time: a backup must not copy what retention is about to remove. */
export type WorkGate = {
  /** Throws `conflict` (reason `keeping-busy`) while other work is under way. */
  run<T>(
    what: KeepingWork['what'],
    work: (signal: AbortSignal, tell: (progress: SetProgress) => void) => Promise<T>,
  ): Promise<T>;
  current(): KeepingWork | undefined;
  cancel(): void;
  /** Ends what is under way and takes nothing more. */
  close(): Promise<void>;
};

export function createWorkGate(): WorkGate {
  let state: KeepingWork | undefined;
  let stop = new AbortController();
  let running: Promise<unknown> | undefined;
  let closed = false;

  return {
    async run(what, work) {
      if (state || closed) throw new AppError('conflict', { details: { reason: 'keeping-busy' } });
      state = { what, phase: 'database', done: 0, total: 0 };
      stop = new AbortController();
      const begun = work(stop.signal, (progress) => {
        state = { what, ...progress };
      });
      running = begun;
      try {
        return await begun;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new AppError('cancelled', { details: { reason: 'keeping-cancelled' }, cause: error });
      } finally {
        state = undefined;
        running = undefined;
      }
    },
    current: () => state,
    cancel: () => stop.abort(),
    async close() {
      closed = true;
      stop.abort();
      await running?.catch(() => undefined);
    },
  };
}

import { useState } from 'react';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';

export type StepFailure = {
  readonly error: AppError;
  /** Epoch milliseconds: Telegram asked to wait until then. */
  readonly waitUntil: number | null;
};

export type StepCall = {
  readonly busy: boolean;
  readonly failure: StepFailure | null;
  /** Answers undefined after a failure, which then stands in `failure`. */
  run<T>(call: () => Promise<T>): Promise<T | undefined>;
  forget(): void;
};

/** One call at a time, whose failure is shown where it was asked for and not in a corner. */
export function useStepCall(): StepCall {
  const { ticker } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<StepFailure | null>(null);

  async function run<T>(call: () => Promise<T>): Promise<T | undefined> {
    setBusy(true);
    setFailure(null);
    try {
      return await call();
    } catch (thrown) {
      const error = toAppError(thrown);
      const wait = error.retryAfterMs;
      setFailure({ error, waitUntil: wait === undefined ? null : ticker.second() + wait });
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, run, forget: () => setFailure(null) };
}

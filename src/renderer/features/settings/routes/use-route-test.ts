import { useState } from 'react';
import { toAppError, type AppError } from '../../../../shared/errors.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { toSetup, type RouteForm } from './route-form.ts';

type Facts = Awaited<ReturnType<Rpc['routes']['test']>>['facts'];

export type RouteTestState = {
  readonly running: boolean;
  readonly facts: Facts | undefined;
  readonly error: AppError | undefined;
  /** What was asked is no longer what the form says. */
  readonly stale: boolean;
  readonly run: () => Promise<void>;
};

/** Asks the service by the form as it stands, saved or not. */
export function useRouteTest(form: RouteForm): RouteTestState {
  const { rpc } = useDesk();
  const [running, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<{
    readonly asked: string;
    readonly facts?: Facts;
    readonly error?: AppError;
  }>();
  const asked = JSON.stringify(form);

  async function run(): Promise<void> {
    setRunning(true);
    try {
      const { facts } = await rpc.routes.test(toSetup(form));
      setOutcome({ asked, facts });
    } catch (thrown) {
      setOutcome({ asked, error: toAppError(thrown) });
    }
    setRunning(false);
  }

  return {
    running,
    facts: outcome?.facts,
    error: outcome?.error,
    stale: outcome !== undefined && outcome.asked !== asked,
    run,
  };
}

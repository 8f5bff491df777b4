import { useEffect, useState } from 'react';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';

/** Where the one sign-in of the desk stands; undefined until core has said it once. */
export function useSignIn(): SignInState | undefined {
  const { rpc } = useDesk();
  const [state, setState] = useState<SignInState>();
  useEffect(() => {
    const stop = new AbortController();
    rpc.telegram.signIn({}, setState, { signal: stop.signal });
    return () => stop.abort();
  }, [rpc]);
  return state;
}

/** The steps at which Telegram waits for the person, or the person for Telegram. */
export function isUnderWay(state: SignInState): boolean {
  return state.step !== 'idle' && state.step !== 'signed-in' && state.step !== 'failed';
}

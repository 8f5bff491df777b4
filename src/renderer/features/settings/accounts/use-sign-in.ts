import { useCallback, useEffect, useRef, useState } from 'react';
import type { OauthProvider, SignInView } from '../../../../shared/contract/oauth.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { useDesk } from '../../../lib/desk.ts';

export type SignInState = {
  readonly view: SignInView | undefined;
  readonly busy: boolean;
  /** Key under `lettersOut.oauth.trouble`. */
  readonly trouble: string | undefined;
  begin(flow: SignInView['flow']): Promise<void>;
  cancel(): void;
};

/** How often the page asks how far signing in has come: it happens in another program. */
const askMs = 1000;

/** One signing in with a provider, from the press to its end; leaving the page gives it up. */
export function useSignIn({
  provider,
  accountId,
  address,
  onDone,
}: {
  readonly provider: OauthProvider;
  readonly accountId: number | null;
  readonly address: string;
  readonly onDone: (id: string) => void;
}): SignInState {
  const { rpc } = useDesk();
  const [view, setView] = useState<SignInView>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const waiting = view?.state === 'waiting' ? view.id : undefined;

  useEffect(() => {
    if (waiting === undefined) return undefined;
    const stop = new AbortController();
    const timer = setInterval(() => {
      rpc.oauth.state({ id: waiting }, { signal: stop.signal }).then(
        ({ signIn }) => {
          if (stop.signal.aborted) return;
          setView(signIn ?? undefined);
          if (signIn?.state === 'failed') setTrouble(signIn.reason ?? 'unknown');
          if (signIn?.state === 'done') onDone(signIn.id);
        },
        // The desk is away for a moment: asked again with the next beat.
        () => undefined,
      );
    }, askMs);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [rpc, waiting, onDone]);

  // Only what waits when the page is left is given up; a finished one belongs to whoever asked for it.
  const left = useRef<string>(undefined);
  useEffect(() => {
    left.current = waiting;
  }, [waiting]);
  useEffect(
    () => () => {
      if (left.current !== undefined) void rpc.oauth.cancel({ id: left.current }).catch(() => undefined);
    },
    [rpc],
  );

  const begin = useCallback(
    async (flow: SignInView['flow']) => {
      setBusy(true);
      setTrouble(undefined);
      try {
        setView((await rpc.oauth.begin({ provider, flow, accountId, address })).signIn);
      } catch (thrown) {
        const { reason, code } = toAppError(thrown);
        setView(undefined);
        setTrouble(reason ?? code);
      }
      setBusy(false);
    },
    [rpc, provider, accountId, address],
  );

  const cancel = useCallback(() => {
    if (view) void rpc.oauth.cancel({ id: view.id }).catch(() => undefined);
    setView(undefined);
  }, [rpc, view]);

  return { view, busy, trouble, begin, cancel };
}

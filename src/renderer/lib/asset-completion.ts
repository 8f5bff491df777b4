import { useEffect, useState } from 'react';
import type { AssetRow } from '../../shared/contract/assets.ts';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { useDesk } from './desk.ts';

export type AssetAnswer = {
  /** What was asked: an answer to an earlier text is no answer to this one. */
  readonly text: string;
  readonly assets: readonly AssetRow[];
  /** Nothing fits; these are spelled most like it. */
  readonly nearest: boolean;
};

const restMs = 80;

/** What the registry offers for a text, asked when the hand rests; the last answer stays until the next is here. */
export function useAssetCompletion(text: string): {
  readonly answer: AssetAnswer | undefined;
  readonly error: AppError | undefined;
} {
  const { rpc } = useDesk();
  const [state, setState] = useState<{
    readonly answer: AssetAnswer | undefined;
    readonly error: AppError | undefined;
  }>({ answer: undefined, error: undefined });

  useEffect(() => {
    if (text === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      rpc.assets.complete({ text, poleId: null }, { signal: stop.signal }).then(
        (answer) => {
          if (!stop.signal.aborted) setState({ answer: { ...answer, text }, error: undefined });
        },
        (thrown: unknown) => {
          if (!stop.signal.aborted) setState({ answer: undefined, error: toAppError(thrown) });
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [rpc, text]);
  return text === '' ? { answer: undefined, error: undefined } : state;
}

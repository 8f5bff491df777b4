import { useEffect, useMemo, useState, type RefObject } from 'react';
import type { CallLine } from '../../../shared/contract/calls.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { createHand } from '../../lib/hand.ts';
import { useServerData } from '../../lib/server-data.ts';
import { movedSince } from './board.ts';

const kinds = ['call', 'alarm', 'contact'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.calls.board({}, { signal });

/**
 * The calls of the board as they stand, or, while a hand works on it, as they stood: nothing moves from under it.
 * `held` is how many have moved meanwhile.
 */
export function useBoard(list: RefObject<HTMLElement | null>) {
  const { ticker } = useDesk();
  const { data, status, error, reload } = useServerData(load, kinds);
  const [shown, setShown] = useState<readonly CallLine[] | undefined>(undefined);
  const hand = useMemo(() => createHand(() => list.current), [list]);
  const calls = data?.calls;
  const isWaiting = calls !== undefined && shown !== calls;
  useEffect(() => {
    const stop = new AbortController();
    hand.start(stop.signal);
    return () => stop.abort();
  }, [hand]);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const settle = (): void => {
      const isMoving = shown !== undefined && movedSince(shown, calls) > 0;
      if (!isMoving || !hand.isBusy()) setShown(calls);
    };
    settle();
    return ticker.subscribe(settle);
  }, [isWaiting, calls, shown, hand, ticker]);

  return {
    calls: shown ?? calls,
    held: isWaiting && shown !== undefined ? movedSince(shown, calls) : 0,
    /** Shows at once what has moved. */
    show: () => setShown(calls),
    status,
    error,
    reload,
  };
}

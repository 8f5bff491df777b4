import { useEffect, type RefObject } from 'react';
import type { ChatSource } from './chat-source.ts';
import type { ChatState } from './chat-state.ts';

/** Nearer than this to an edge the next page is asked for. */
const near = 500;

/** Somebody who only walks past a chat asks Telegram for nothing. */
const restMs = 700;

/** The next page, up or down, before the reader comes to the edge. */
export function useEdges({
  scroller,
  source,
  state,
}: {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly source: ChatSource;
  readonly state: ChatState;
}): void {
  const { messages, older, newer, busy, network } = state;
  const loaded = messages !== null;

  useEffect(() => {
    const box = scroller.current;
    if (!box || !loaded || busy !== null) return undefined;
    const look = (): void => {
      if (newer && box.scrollHeight - box.scrollTop - box.clientHeight < near) void source.newer();
      else if (box.scrollTop < near) void source.older();
    };
    // What is stored comes at once; the network is asked after a rest, or by scrolling.
    const isStored = older || newer;
    const timer = setTimeout(look, isStored ? 0 : restMs);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      clearTimeout(timer);
      box.removeEventListener('scroll', look);
    };
  }, [scroller, source, loaded, messages, older, newer, busy, network.status]);
}

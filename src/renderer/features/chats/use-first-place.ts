import { useLayoutEffect, useRef } from 'react';
import type { ChatState } from './chat-state.ts';
import type { Anchor } from './use-anchor.ts';

/** Opens where reading goes on: at the first message nobody has marked read, else at the end. */
export function useFirstPlace(state: ChatState, { aim, aimEnd }: Anchor): void {
  const isPlaced = useRef(false);
  const { messages, unreadFrom, newer } = state;
  useLayoutEffect(() => {
    if (isPlaced.current || messages === null) return;
    isPlaced.current = true;
    if (unreadFrom !== null) aim('unread');
    else if (!newer) aimEnd();
  }, [messages, unreadFrom, newer, aim, aimEnd]);
}

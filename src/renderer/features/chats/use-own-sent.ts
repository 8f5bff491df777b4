import { useLayoutEffect, useRef } from 'react';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';

/** Whoever sends wants to see it go: the end is shown, wherever the reader was. A colleague's message moves nobody. */
export function useOwnSent(messages: readonly ChatMessage[], show: () => void): void {
  const { session } = useDesk();
  const me = session.store.getState().person?.id ?? null;
  const seen = useRef<number | null>(null);
  const sent =
    messages.findLast(({ authorId, serverId }) => authorId === me && serverId === null && me !== null)?.id ??
    0;
  useLayoutEffect(() => {
    if (seen.current !== null && sent > seen.current) show();
    seen.current = Math.max(seen.current ?? 0, sent);
  }, [sent, show]);
}

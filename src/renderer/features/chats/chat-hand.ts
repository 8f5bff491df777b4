import { createContext, useContext, useLayoutEffect, useMemo, useRef } from 'react';
import type { ChatMessage } from '../../../shared/contract/chats.ts';

/** What can be done from inside a message; one stable object, so that messages are drawn anew only when they change. */
export type ChatHand = {
  /** To another message of this chat. */
  readonly jump: (messageId: number) => void;
  readonly look: (fileId: number) => void;
  readonly answer: (message: ChatMessage) => void;
  readonly openIncident: (messages: readonly ChatMessage[]) => void;
  readonly joinIncident: (messages: readonly ChatMessage[]) => void;
  readonly readUpTo: (message: ChatMessage) => void;
  readonly select: (messageId: number) => void;
  readonly goIncident: (incidentId: number) => void;
  readonly goOutbox: () => void;
};

export const HandContext = createContext<ChatHand | null>(null);

export function useHand(): ChatHand {
  const hand = useContext(HandContext);
  if (!hand) throw new Error('useHand outside of HandContext');
  return hand;
}

/** One object for the life of the chat, whose functions are always the latest. */
export function useStableHand(latest: ChatHand): ChatHand {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  return useMemo(
    () => ({
      jump: (id) => current.current.jump(id),
      look: (id) => current.current.look(id),
      answer: (message) => current.current.answer(message),
      openIncident: (messages) => current.current.openIncident(messages),
      joinIncident: (messages) => current.current.joinIncident(messages),
      readUpTo: (message) => current.current.readUpTo(message),
      select: (id) => current.current.select(id),
      goIncident: (id) => current.current.goIncident(id),
      goOutbox: () => current.current.goOutbox(),
    }),
    [],
  );
}

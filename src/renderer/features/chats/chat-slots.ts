import type { ReactNode } from 'react';
import type { ChatMessage, ChatRow } from '../../../shared/contract/chats.ts';

/** What other features put into a chat; app hands it in. */
export type ChatSlots = {
  /** At the bottom; `onLook` gives the focus back to the messages. */
  readonly composer?: ((chat: ChatRow, onLook: () => void) => ReactNode) | undefined;
  /** Buttons in the head: contact, rules. */
  readonly headActions?: ((chat: ChatRow) => ReactNode) | undefined;
  /** Below the head, such as a fold-out. */
  readonly panel?: ((chat: ChatRow) => ReactNode) | undefined;
  /** R, or the button on a message; null answers the chat as a whole. */
  readonly onAnswer?: ((chat: ChatRow, message: ChatMessage | null) => void) | undefined;
};

/** Where a chat leads. */
export type ChatWays = {
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onOutbox: () => void;
  readonly onSettings: () => void;
  readonly onSearchHere: (chat: { readonly id: number; readonly title: string }) => void;
};

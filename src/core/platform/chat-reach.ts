/** How an address names a chat: apart from the numbers that bots know people by. */
export function chatAddress(chatId: number): string {
  return `chat:${chatId}`;
}

/** undefined is no address of a chat. */
export function chatOfAddress(address: string): number | undefined {
  const id = /^chat:(\d{1,15})$/.exec(address)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** What became of a message; `left` only says that Telegram has it. */
export type ChatNoticeState =
  | {
      readonly state: 'waiting';
      readonly mayHaveLeft: boolean;
      readonly trouble: string | null;
      readonly retryAt: number;
    }
  | { readonly state: 'left' | 'read' }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string }
  | { readonly state: 'unknown' | 'taken-back' };

/** What somebody said in a chat where something was said to them by the desk. */
export type ChatWords = {
  /** Grows with every message that arrives. */
  readonly id: number;
  readonly chatId: number;
  readonly at: number;
  readonly text: string;
  /** The message it answers by a reply, or because it was the last thing said there; null when it answers none. */
  readonly answers: string | null;
  readonly files: readonly {
    /** null until the bytes are here. */
    readonly sha256: string | null;
    readonly fileName: string;
    readonly mimeType: string;
    readonly size: number;
  }[];
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
};

/** Chats of the desk's own Telegram accounts, as somebody sees them who only reaches people by them. */
export type ChatReach = {
  /** How many accounts are connected now. */
  connected(): number;
  /** undefined when there is no such chat. */
  chat(chatId: number): { readonly canWrite: boolean; readonly isConnected: boolean } | undefined;
  /** Puts it into the outbox of its chat; given again with the same key it stays the one that is there. */
  write(notice: {
    readonly key: string;
    readonly chatId: number;
    readonly text: string;
    readonly files: readonly ChatNoticeFile[];
  }): void;
  stateOf(key: string): ChatNoticeState | undefined;
  /** True when it has certainly not left and never will. */
  takeBack(key: string): boolean;
  /** What became of those whose state was not told yet. */
  untold(): readonly { readonly key: string; readonly at: number; readonly state: ChatNoticeState }[];
  markTold(key: string): void;
  /** What arrived after this one, and how far that reaches; at most a page. */
  said(after: number): { readonly words: readonly ChatWords[]; readonly upTo: number };
  words(id: number): ChatWords | undefined;
  newest(): number;
  /** Asks for bytes that are not here. */
  wantFiles(id: number): void;
  reply(to: ChatWords, text: string): void;
  onChange(listener: () => void): () => void;
};

export type ChatNoticeFile = {
  readonly path: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
};

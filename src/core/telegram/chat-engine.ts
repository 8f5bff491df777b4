/** How a file goes, for everybody who looks at its chat. */
export type Transfer = {
  /** Of a download. */
  readonly fileId: number | null;
  /** Of an upload. */
  readonly outboxId: number | null;
  readonly doneBytes: number;
  readonly size: number;
  /** One of `telegramTroubles` when it failed; it stays for a minute. */
  readonly reason: string | null;
  readonly waitUntil: number | null;
};

export type Typing = { readonly chatId: number; readonly name: string; readonly until: number };

/** What the page asks of the living connections; everything else about chats is rows. */
export type ChatEngine = {
  /** Resolves when those before that message are stored; null means the newest. Rejects with a reason when offline. */
  loadOlder(
    chatId: number,
    beforeServerId: number | null,
  ): Promise<{ readonly added: number; readonly complete: boolean }>;
  /** Resolves when the bytes are stored; several calls for one file are one download. */
  download(fileId: number): Promise<void>;
  cancelDownload(fileId: number): void;
  /** The whole list at once and at every change. */
  transfers(signal: AbortSignal): AsyncIterable<readonly Transfer[]>;
  typing(signal: AbortSignal): AsyncIterable<readonly Typing[]>;
};

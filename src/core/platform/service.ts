/** What a channel or a background job tells about itself; the page shows it as a coloured, shaped, worded dot. */
export type Health = {
  readonly state: 'off' | 'starting' | 'ok' | 'degraded' | 'needs-attention';
  /** A code for the page to translate, such as `password-refused`; undefined when all is well. */
  readonly reason?: string;
  /** Facts for the reason's text and the dot's card: numbers and epoch milliseconds, never personal data. */
  readonly facts?: Readonly<Record<string, string | number>>;
};

/** What the machine came back from: it slept and its sockets are not to be trusted, or nobody was at it for a while. */
export type ResumedFrom = 'sleep' | 'lock';

/** Constructing does nothing; `start` resolves when usable; `stop` is idempotent and leaves nothing behind. */
export type Service = {
  readonly name: string;
  start(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
  /** The system says so at once; services also notice a sleep by the clocks, later. */
  resumed?(from: ResumedFrom): void;
};

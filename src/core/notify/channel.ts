import type { Receipt } from '../../shared/domain/channels.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';

/** How sure a channel is that nothing left: decides between another try, giving up, and asking a person. */
export type Certainty = 'not-sent' | 'refused' | 'unknown';

export type ChannelHooks = {
  /**
   * Must be called before the first byte of the message itself is written; what it records survives a crash. Throws
   * `cancelled` when the message was taken back meanwhile: then nothing may be written.
   */
  wrote(): void;
};

/**
 * Takes one outbound message to its service. Throws AppError whose `details.certainty` is a `Certainty`; anything else
 * counts as `unknown` once `wrote` was called, as `not-sent` before. `details.scope` of `channel` says that the service
 * itself is in trouble, not this message: whatever else waits for it waits too; of `chat` that this chat alone must
 * wait, however long.
 */
export type Channel = {
  /** What can be learnt about a message after it has left. */
  readonly receipts: readonly Receipt[];
  /** The same message given twice is taken once: a try without an answer is simply made again. */
  readonly isIdempotent: boolean;
  deliver(
    record: OutboxRecord,
    hooks: ChannelHooks,
    signal: AbortSignal,
  ): Promise<{ readonly response: string }>;
};

import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Transfer } from './chat-engine.ts';
import { createLiveList } from './live-list.ts';

/** A file on its way, down or up. */
export type TransferKey = { readonly fileId: number } | { readonly outboxId: number };

export type TransferBoard = {
  progress(key: TransferKey, doneBytes: number, size: number): void;
  /** It goes on by itself then. */
  waiting(key: TransferKey, until: number): void;
  failed(key: TransferKey, failure: unknown): void;
  done(key: TransferKey): void;
  follow(signal: AbortSignal): AsyncIterable<readonly Transfer[]>;
};

/** What every page sees of files on their way. A failure stays for a while, so that somebody can read it. */
export function createTransferBoard(clock: Clock, failedForMs: number): TransferBoard {
  const list = createLiveList<string, Transfer>(clock);
  const expiry = new Map<string, number>();

  function entry(key: TransferKey): Transfer {
    return (
      list.get(nameOf(key)) ?? {
        fileId: 'fileId' in key ? key.fileId : null,
        outboxId: 'outboxId' in key ? key.outboxId : null,
        doneBytes: 0,
        size: 0,
        reason: null,
        waitUntil: null,
      }
    );
  }

  function sweep(): void {
    for (const [name, at] of expiry) {
      if (at > clock.elapsed()) continue;
      expiry.delete(name);
      list.remove(name);
    }
  }

  return {
    progress(key, doneBytes, size) {
      sweep();
      expiry.delete(nameOf(key));
      list.set(nameOf(key), { ...entry(key), doneBytes, size, reason: null, waitUntil: null });
    },
    waiting: (key, until) => list.set(nameOf(key), { ...entry(key), reason: 'flood-wait', waitUntil: until }),
    failed(key, failure) {
      sweep();
      const error = failure instanceof AppError ? failure : toAppError(failure);
      if (error.code === 'cancelled') {
        list.remove(nameOf(key));
        return;
      }
      list.set(nameOf(key), { ...entry(key), reason: error.reason ?? error.code, waitUntil: null });
      expiry.set(nameOf(key), clock.elapsed() + failedForMs);
    },
    done: (key) => list.remove(nameOf(key)),
    follow: list.follow,
  };
}

function nameOf(key: TransferKey): string {
  return 'fileId' in key ? `file ${key.fileId}` : `outbox ${key.outboxId}`;
}

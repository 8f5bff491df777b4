import type { MessageViewStore } from '../db/message-view-store.ts';
import type { OutboxRecord, OutboxStore, SentCopy } from '../db/outbox-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ImapConnection } from './imap-connection.ts';
import { composeLetter } from './outgoing-letter.ts';

/** Puts what left by SMTP into Sent, where the provider has not done it itself. */
export type SentCopies = {
  /** True when there was something to look for: Sent is the open folder then. */
  place(accountId: number, connection: ImapConnection, sentPath: string): Promise<boolean>;
};

type Parts = {
  readonly db: Db;
  readonly outbox: OutboxStore;
  readonly views: MessageViewStore;
  readonly attachmentsDir: string;
  readonly clock: Clock;
  readonly log: Logger;
};

/** Providers that keep a copy of what goes out by SMTP take their time. */
const providerMs = 30_000;

export function createSentCopies({ db, outbox, views, attachmentsDir, clock, log }: Parts): SentCopies {
  const waiting = (accountId: number) =>
    outbox.awaitingCopy().filter((record) => record.accountId === accountId);

  const mark = (record: OutboxRecord, sentCopy: SentCopy) =>
    db.transact((revision) => {
      const current = outbox.require(record.id);
      if (current.sentCopy === 'waiting') outbox.save({ ...current, sentCopy, revision });
    });

  return {
    async place(accountId, connection, sentPath) {
      const letters = waiting(accountId);
      if (letters.length === 0) return false;
      await connection.open(sentPath);
      for (const record of letters) {
        const message = views.find(record.messageId);
        const headers = views.replySource(record.messageId);
        if (!message || !headers?.externalId) continue;
        if ((await connection.withMessageId(headers.externalId)).length > 0) {
          mark(record, 'found');
        } else if (clock.now() - (record.acceptedAt ?? 0) >= providerMs) {
          await connection.append(
            sentPath,
            await composeLetter({ attachmentsDir }, message, headers),
            message.sentAt,
          );
          mark(record, 'appended');
          log.info({ outboxId: record.id, account: accountId }, 'mail.sent-copy-appended');
        }
      }
      return true;
    },
  };
}

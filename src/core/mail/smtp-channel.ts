import { channelReceipts } from '../../shared/domain/channels.ts';
import { AppError } from '../../shared/errors.ts';
import type { AccountStore } from '../db/account-store.ts';
import type { MessageViewStore } from '../db/message-view-store.ts';
import type { Channel } from '../notify/channel.ts';
import { composeLetter } from './outgoing-letter.ts';
import { sendByAccount, type SendingParts } from './send-by-account.ts';

type Parts = SendingParts & {
  readonly accounts: AccountStore;
  readonly views: MessageViewStore;
  readonly attachmentsDir: string;
};

/** Takes letters of the desk to the server of their mailbox. */
export function createSmtpChannel(parts: Parts): Channel {
  return {
    receipts: channelReceipts.mail,
    isIdempotent: false,
    async deliver(record, { wrote }, signal) {
      const account = parts.accounts.find(record.accountId);
      const message = parts.views.find(record.messageId);
      const headers = parts.views.replySource(record.messageId);
      if (!account || !message || !headers) {
        throw new AppError('not-found', { details: { reason: 'account-removed', certainty: 'refused' } });
      }
      const letter = await composeLetter(parts, message, headers).catch((cause: unknown) => {
        // Trying again brings no file back: a person attaches it again or sends without.
        throw new AppError('not-found', { details: { reason: 'file', certainty: 'refused' }, cause });
      });
      const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
      return sendByAccount(parts, { account, recipients, letter, wrote }, signal);
    },
  };
}

import { readFile } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { AppError } from '../../shared/errors.ts';
import type { AccountRow, AccountStore } from '../db/account-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { NoticeLetter, NoticeMail } from '../platform/notice-mail.ts';
import { withDeadline } from './deadline.ts';
import { sendByAccount, type SendingParts } from './send-by-account.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

type Parts = SendingParts & { readonly accounts: AccountStore; readonly clock: Clock };

/** RFC 3834: no vacation program answers it. Exchange may still return it: its bounce is what makes it failed. */
const noticeHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' };

/** Letters to one person past the outbox of incidents, by a mailbox of the desk. */
export function createNoticeMail(parts: Parts): NoticeMail {
  const { accounts, clock, timing } = parts;
  const usable = (accountId: number): AccountRow | undefined => {
    const account = accounts.list().find(({ id }) => id === accountId);
    return account?.enabled === 1 ? account : undefined;
  };
  const required = (accountId: number): AccountRow => {
    const account = usable(accountId);
    if (!account) {
      throw new AppError('not-found', { details: { reason: 'account-removed', certainty: 'not-sent' } });
    }
    return account;
  };
  return {
    mailbox: usable,
    async send(accountId, letter, wrote, signal) {
      const account = required(accountId);
      const bytes = await compose(account, letter, clock.now()).catch((cause: unknown) => {
        throw new AppError('not-found', { details: { reason: 'file', certainty: 'refused' }, cause });
      });
      const outgoing = { account, recipients: [letter.to.address], letter: bytes, wrote };
      return sendByAccount(parts, outgoing, signal);
    },
    async verify(accountId) {
      const account = required(accountId);
      const access = {
        smtp: { host: account.smtpHost, port: account.smtpPort, security: account.smtpSecurity },
        userName: account.userName,
        caCertificate: account.caCertificate,
      };
      const transport = createTransport(smtpOptions(access, await parts.secrets.of(accountId), timing));
      try {
        await withDeadline(transport.verify(), timing.connect, clock, () => transport.close());
      } catch (error) {
        throw toSmtpError(error);
      } finally {
        transport.close();
      }
    },
  };
}

async function compose(account: AccountRow, letter: NoticeLetter, at: number): Promise<Buffer> {
  const attachments = await Promise.all(
    letter.files.map(async ({ path, fileName, mimeType }) => ({
      filename: fileName,
      contentType: mimeType,
      content: await readFile(path),
    })),
  );
  const composer = new MailComposer({
    from: { name: account.displayName, address: account.address },
    to: [letter.to],
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    date: new Date(at),
    messageId: `<${letter.messageId}>`,
    attachments,
    headers: { ...noticeHeaders, ...(letter.urgent ? { Importance: 'high', 'X-Priority': '1' } : {}) },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  } as ConstructorParameters<typeof MailComposer>[0]);
  return composer.compile().build();
}

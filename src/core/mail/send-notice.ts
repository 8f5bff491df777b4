import { createTransport } from 'nodemailer';
import { AppError } from '../../shared/errors.ts';
import type { AccountRow, AccountStore } from '../db/account-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { AccountSecrets } from './account-secrets.ts';
import { withDeadline } from './deadline.ts';
import type { MailTiming } from './mail-timing.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

type Parts = {
  readonly accounts: AccountStore;
  readonly secrets: AccountSecrets;
  readonly clock: Clock;
  readonly timing: Pick<MailTiming, 'connect' | 'fetch'>;
};

export type Notice = { readonly subject: string; readonly text: string };

/**
 * A letter of the program about itself: by the first mailbox that takes it, past the outbox, into no incident, and
 * marked so that no program answers it. Throws `unavailable` (reason `no-mailbox`) or what the last mailbox said.
 */
export async function sendNotice(parts: Parts, to: readonly string[], notice: Notice): Promise<void> {
  let failure: unknown = new AppError('unavailable', { details: { reason: 'no-mailbox' } });
  for (const account of parts.accounts.list().filter(({ enabled }) => enabled === 1)) {
    try {
      return await sendBy(parts, account, to, notice);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function sendBy(
  { secrets, timing, clock }: Parts,
  account: AccountRow,
  to: readonly string[],
  { subject, text }: Notice,
): Promise<void> {
  const access = {
    smtp: { host: account.smtpHost, port: account.smtpPort, security: account.smtpSecurity },
    userName: account.userName,
    caCertificate: account.caCertificate,
  };
  const transport = createTransport(smtpOptions(access, await secrets.of(account.id), timing));
  const sending = transport.sendMail({
    from: { name: account.displayName, address: account.address },
    to: [...to],
    subject,
    text,
    date: new Date(clock.now()),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      Precedence: 'bulk',
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof transport.sendMail>[0]);
  try {
    await withDeadline(sending, timing.fetch, clock, () => transport.close());
  } catch (error) {
    throw toSmtpError(error);
  } finally {
    transport.close();
  }
}

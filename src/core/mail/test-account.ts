import { createTransport } from 'nodemailer';
import type { AccountSettings } from '../../shared/contract/letters.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { MailSecret } from './account-secrets.ts';
import { mailError } from './connection-errors.ts';
import { withDeadline } from './deadline.ts';
import { connectImap } from './imap-connection.ts';
import { toImapError } from './imap-errors.ts';
import type { MailTiming } from './mail-timing.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

type Outcome = { readonly ok: boolean; readonly reason: string | null; readonly detail: string | null };

export type AccountTest = {
  readonly imap: Outcome;
  readonly smtp: Outcome;
  /** How many letters Inbox holds, and where Sent is; null when IMAP failed. */
  readonly folders: { readonly inbox: number; readonly sentPath: string | null } | null;
};

type Parts = { readonly clock: Clock; readonly log: Logger; readonly timing: MailTiming };

/** Basic logins ended there; telling so at once spares the user a riddle. */
const oauthOnlyHosts = /(^|\.)(office365\.com|outlook\.com|office\.com)$/i;

/** Logs in for reading and for sending at the same time and names what stands in the way; never throws for that. */
export async function testAccount(
  { clock, log, timing }: Parts,
  settings: AccountSettings,
  secret: MailSecret,
): Promise<AccountTest> {
  const [{ outcome: imap, folders }, smtp] = await Promise.all([testImap(), testSmtp()]);
  return { imap, smtp, folders };

  async function testImap() {
    try {
      refuseOauthOnly(settings.imap.host, secret);
      const { userName, caCertificate } = settings;
      const access = { userName, secret, caCertificate: caCertificate ?? undefined };
      const connection = await connectImap({ settings: { ...settings.imap, ...access }, timing, clock, log });
      try {
        const sentPath = settings.sentPath ?? (await connection.sentPath()) ?? null;
        if (settings.sentPath !== null) await connection.status(settings.sentPath);
        return { outcome: fine, folders: { inbox: await connection.count('INBOX'), sentPath } };
      } finally {
        await connection.logout();
      }
    } catch (failure) {
      return { outcome: failed(toImapError(failure)), folders: null };
    }
  }

  async function testSmtp(): Promise<Outcome> {
    try {
      refuseOauthOnly(settings.smtp.host, secret);
      const transport = createTransport(smtpOptions(settings, secret, timing));
      try {
        await withDeadline(transport.verify(), timing.connect, clock, () => transport.close());
        return fine;
      } finally {
        transport.close();
      }
    } catch (failure) {
      return failed(toSmtpError(failure));
    }
  }
}

const fine: Outcome = { ok: true, reason: null, detail: null };

function failed(error: AppError): Outcome {
  const { text } = error.details;
  return { ok: false, reason: error.reason ?? error.code, detail: typeof text === 'string' ? text : null };
}

function refuseOauthOnly(host: string, secret: MailSecret): void {
  if ('password' in secret && oauthOnlyHosts.test(host)) throw mailError('oauth-required');
}

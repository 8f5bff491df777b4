import type { SMTPTransportOptions } from 'nodemailer';
import type { AccountSettings } from '../../shared/contract/letters.ts';
import type { MailTiming } from './mail-timing.ts';

type SmtpAccess = Pick<AccountSettings, 'smtp' | 'userName' | 'caCertificate'>;

/** `starttls` is a demand, not a wish: a server that drops it from its greeting gets no password. */
export function smtpOptions(
  { smtp, userName, caCertificate }: SmtpAccess,
  password: string,
  timing: Pick<MailTiming, 'connect' | 'fetch'>,
): SMTPTransportOptions {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    auth: { user: userName, pass: password },
    tls: caCertificate === null ? {} : { ca: caCertificate },
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    socketTimeout: timing.fetch,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

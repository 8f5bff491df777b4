import type { SMTPTransportOptions } from 'nodemailer';
import type { AccountSettings } from '../../shared/contract/letters.ts';
import type { MailSecret } from './account-secrets.ts';
import type { MailTiming } from './mail-timing.ts';

type SmtpAccess = Pick<AccountSettings, 'smtp' | 'userName' | 'caCertificate'>;

/** `starttls` is a demand, not a wish: a server that drops it from its greeting gets no password. */
export function smtpOptions(
  { smtp, userName, caCertificate }: SmtpAccess,
  secret: MailSecret,
  timing: Pick<MailTiming, 'connect' | 'fetch'>,
): SMTPTransportOptions {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    auth:
      'password' in secret
        ? { user: userName, pass: secret.password }
        : { type: 'OAuth2', user: userName, accessToken: secret.accessToken },
    tls: caCertificate === null ? {} : { ca: caCertificate },
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    socketTimeout: timing.fetch,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

import type { MailTrouble } from '../../shared/domain/mail-troubles.ts';
import { AppError } from '../../shared/errors.ts';
import { fieldOf, mailError, networkTrouble, textOf } from './connection-errors.ts';

type SmtpFailure = {
  readonly code: string;
  readonly text: string;
  /** The three digits; 0 when the server said nothing. */
  readonly reply: number;
};

type Rule = readonly [test: (failure: SmtpFailure) => boolean, trouble: MailTrouble];

const says = (pattern: RegExp) => (failure: SmtpFailure) => pattern.test(failure.text);
const isLogin = (failure: SmtpFailure) => failure.code === 'EAUTH';

const throttleMs = 60_000;

/** First match wins. */
const rules: readonly Rule[] = [
  [
    says(/parol prilozheniya|application[- ]specific password|ap{1,2}lication password|app password/i),
    'app-password-required',
  ],
  [says(/must issue a STARTTLS|5\.7\.0 .*STARTTLS|encryption required|530 .*TLS/i), 'tls-required'],
  [
    says(
      /does not support STARTTLS|STARTTLS (is )?not (supported|offered|available)|Error upgrading connection/i,
    ),
    'tls-unavailable',
  ],
  [
    says(
      /basic auth(entication)? (is )?(disabled|not supported)|5\.7\.30|5\.7\.139|SmtpClientAuthentication is disabled/i,
    ),
    'oauth-required',
  ],
  [says(/does not have access rights|smtp (access )?is disabled/i), 'smtp-disabled'],
  [says(/web ?login|web browser|verify your account|blocked|suspended|captcha/i), 'web-login-required'],
  [says(/too many (concurrent |simultaneous )?(smtp )?(connections|sessions)/i), 'too-many-connections'],
  [({ reply }) => reply === 421, 'server-busy'],
  [says(/rate limit|throttl|too many (messages|login)|try again later|4\.7\.0/i), 'throttled'],
  [(failure) => isLogin(failure) && failure.reply >= 400 && failure.reply < 500, 'server-busy'],
  [isLogin, 'password-refused'],
];

/**
 * The one border where what nodemailer threw before a letter was handed over becomes ours; what a server says about a
 * letter or a recipient is the sender's to judge.
 */
export function toSmtpError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const failure = read(thrown);
  const { text, code } = failure;
  const trouble =
    (failure.reply === 0 ? networkTrouble(failure) : undefined) ??
    rules.find(([test]) => test(failure))?.[1] ??
    networkTrouble(failure) ??
    byLibraryCode[code] ??
    'unexpected-answer';
  const wait =
    trouble === 'throttled' || trouble === 'too-many-connections' ? { retryAfterMs: throttleMs } : {};
  return mailError(trouble, { cause: thrown, text, ...wait });
}

const byLibraryCode: Readonly<Record<string, MailTrouble>> = {
  ECONNECTION: 'connection-lost',
  ESOCKET: 'connection-lost',
  ETLS: 'tls-unavailable',
  EENVELOPE: 'sender-refused',
  EMESSAGE: 'server-refused',
};

function read(thrown: unknown): SmtpFailure {
  const message = thrown instanceof Error ? thrown.message : '';
  const response = textOf(fieldOf(thrown, 'response'));
  const reply = Number(fieldOf(thrown, 'responseCode'));
  // nodemailer wraps the socket's own error under a code of its own and keeps the original's name in the message.
  const inner = textOf(fieldOf(fieldOf(thrown, 'cause'), 'code'));
  const code = inner || textOf(fieldOf(thrown, 'code'));
  return { code, text: response || message, reply: Number.isInteger(reply) ? reply : 0 };
}

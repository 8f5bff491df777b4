import type { MailTrouble } from '../../shared/domain/mail-troubles.ts';
import { AppError } from '../../shared/errors.ts';
import { fieldOf, mailError, networkTrouble, textOf } from './connection-errors.ts';

type ImapFailure = {
  readonly code: string;
  readonly text: string;
  /** RFC 5530 code such as AUTHENTICATIONFAILED. */
  readonly responseCode: string;
  readonly loginRefused: boolean;
};

/** Microsoft's servers ask for less than this, others do not say. */
const defaultThrottleMs = 60_000;
const tooManyConnectionsMs = 120_000;

type Rule = readonly [test: (failure: ImapFailure) => boolean, trouble: MailTrouble];

const says = (pattern: RegExp) => (failure: ImapFailure) => pattern.test(failure.text);
const answers = (code: string) => (failure: ImapFailure) => failure.responseCode === code;

/**
 * First match wins. A refused login is the provider's word for many things, and only those a person must mend may stop
 * the account: a server that is busy says so with the same NO.
 */
const loginRules: readonly Rule[] = [
  [answers('PRIVACYREQUIRED'), 'tls-required'],
  [
    says(/simultaneous connections|too many (open )?connections|maximum number of connections/i),
    'too-many-connections',
  ],
  [answers('LIMIT'), 'too-many-connections'],
  [answers('OVERQUOTA'), 'throttled'],
  [says(/rate limit|bandwidth limit|throttl|try again later|too many login/i), 'throttled'],
  [answers('UNAVAILABLE'), 'server-busy'],
  [answers('INUSE'), 'server-busy'],
  [answers('SERVERBUG'), 'server-busy'],
  [answers('CONTACTADMIN'), 'web-login-required'],
  [
    says(/internal (server )?error|temporary|temporarily|authenticated but not connected|not available/i),
    'server-busy',
  ],
  [
    says(/parol prilozheniya|application[- ]specific password|ap{1,2}lication password|app password/i),
    'app-password-required',
  ],
  [says(/invalid credentials or IMAP is disabled/i), 'password-refused-or-imap-disabled'],
  [
    says(
      /not enabled for IMAP|IMAP (access )?is disabled|does not have access rights|IMAP4? protocol is disabled/i,
    ),
    'imap-disabled',
  ],
  [
    says(/web ?login|web browser|WEBALERT|verify your account|blocked|suspended|captcha/i),
    'web-login-required',
  ],
  [says(/basic auth(entication)? (is )?(disabled|blocked|not supported)|oauth/i), 'oauth-required'],
  [
    says(/plaintext authentication disallowed|logindisabled|privacy required|encryption required/i),
    'tls-required',
  ],
];

/** The one border where what imapflow threw becomes ours. */
export function toImapError(thrown: unknown, during: 'login' | 'command' = 'command'): AppError {
  if (thrown instanceof AppError) return thrown;
  const failure = read(thrown);
  const { code, text } = failure;
  if (code === 'ETHROTTLE') return throttled(thrown, text, Number(fieldOf(thrown, 'throttleReset')));
  if (failure.loginRefused) {
    const trouble = loginRules.find(([test]) => test(failure))?.[1] ?? 'password-refused';
    if (trouble === 'throttled') return throttled(thrown, text, Number.NaN);
    const wait = trouble === 'too-many-connections' ? { retryAfterMs: tooManyConnectionsMs } : {};
    return mailError(trouble, { cause: thrown, text, ...wait });
  }
  if (/does not support STARTTLS/i.test(text)) return mailError('tls-unavailable', { cause: thrown });
  if (/LOGINDISABLED|plaintext authentication disallowed/i.test(text)) {
    return mailError('tls-required', { cause: thrown });
  }
  if (code === 'NotFound') return mailError('folder-not-found', { cause: thrown });
  const onTheWay = networkTrouble(failure);
  if (onTheWay !== undefined) return mailError(onTheWay, { cause: thrown, text });
  if (/simultaneous connections|maximum number of connections/i.test(text)) {
    return mailError('too-many-connections', { cause: thrown, text, retryAfterMs: tooManyConnectionsMs });
  }
  if (during === 'command' && isRefusal(thrown)) {
    const missing =
      failure.responseCode === 'NONEXISTENT' || /no such (mailbox|folder)|doesn't exist/i.test(text);
    return mailError(missing ? 'folder-not-found' : 'server-refused', { cause: thrown, text });
  }
  return mailError('unexpected-answer', { cause: thrown, text });
}

/** The server read the command and said NO or BAD; the connection itself is well. */
function isRefusal(thrown: unknown): boolean {
  return ['NO', 'BAD'].includes(textOf(fieldOf(thrown, 'responseStatus')));
}

function throttled(cause: unknown, text: string, askedMs: number): AppError {
  return mailError('throttled', {
    cause,
    text,
    retryAfterMs: Number.isFinite(askedMs) && askedMs > 0 ? askedMs : defaultThrottleMs,
  });
}

function read(thrown: unknown): ImapFailure {
  const message = thrown instanceof Error ? thrown.message : '';
  const response = textOf(fieldOf(thrown, 'response')) || textOf(fieldOf(thrown, 'responseText'));
  const bracketed = /\[([A-Z]+)[^\]]*\]/.exec(response)?.[1] ?? '';
  return {
    code: textOf(fieldOf(thrown, 'code')),
    text: response || message,
    responseCode: textOf(fieldOf(thrown, 'serverResponseCode')).toUpperCase() || bracketed,
    loginRefused: fieldOf(thrown, 'authenticationFailed') === true,
  };
}

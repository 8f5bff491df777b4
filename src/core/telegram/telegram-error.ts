import type { TelegramTrouble } from '../../shared/domain/telegram-troubles.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** The code says who may try again and when; the reason is what a person is told. */
const codes: Readonly<Record<TelegramTrouble, ErrorCode>> = {
  'network-unreachable': 'unavailable',
  timeout: 'timeout',
  'server-trouble': 'upstream',
  'flood-wait': 'rate-limited',
  'slow-mode': 'rate-limited',
  'api-missing': 'conflict',
  'api-refused': 'denied',
  'phone-wrong': 'invalid-input',
  'phone-banned': 'denied',
  'phone-unknown': 'invalid-input',
  'phone-flood': 'rate-limited',
  'sign-up-needed': 'denied',
  'code-wrong': 'invalid-input',
  'code-expired': 'invalid-input',
  'code-undeliverable': 'upstream',
  'password-wrong': 'invalid-input',
  'qr-expired': 'conflict',
  'sign-in-limit': 'rate-limited',
  'sign-in-busy': 'conflict',
  'no-sign-in': 'conflict',
  'session-revoked': 'denied',
  'session-duplicated': 'denied',
  'session-broken': 'denied',
  'session-sealed': 'denied',
  'session-elsewhere': 'denied',
  'account-banned': 'denied',
  'signed-out': 'denied',
  'write-forbidden': 'denied',
  'chat-gone': 'not-found',
  'peer-unknown': 'not-found',
  privacy: 'denied',
  'spam-limit': 'denied',
  'message-empty': 'invalid-input',
  'message-too-long': 'invalid-input',
  'already-sent': 'conflict',
  'file-too-large': 'invalid-input',
  'file-expired': 'conflict',
  'file-refused': 'invalid-input',
  'file-missing': 'not-found',
  'unexpected-answer': 'upstream',
};

type Options = { readonly retryAfterMs?: number; readonly cause?: unknown };

/** Neither message nor details name a number, a code or a session. */
export function telegramError(reason: TelegramTrouble, { retryAfterMs, cause }: Options = {}): AppError {
  return new AppError(codes[reason], {
    message: `Telegram: ${reason}`,
    details: { reason },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}

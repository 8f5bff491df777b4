/**
 * What can go wrong with Telegram, as `reason` of an AppError, a health and an outbox row; each has a text under
 * `telegramTrouble.` in both languages that says what to do.
 */
export const telegramTroubles = [
  'network-unreachable',
  'timeout',
  'server-trouble',
  /** Asked too often: Telegram says how long to wait. */
  'flood-wait',
  'slow-mode',
  'api-missing',
  'api-refused',
  'phone-wrong',
  'phone-banned',
  'phone-unknown',
  'phone-flood',
  'sign-up-needed',
  'code-wrong',
  'code-expired',
  'code-undeliverable',
  'password-wrong',
  'qr-expired',
  'sign-in-limit',
  'sign-in-busy',
  'no-sign-in',
  'session-revoked',
  'session-duplicated',
  'session-broken',
  /** The key it is sealed with is away: the keyring did not open at this start. */
  'session-sealed',
  'session-elsewhere',
  'account-banned',
  'signed-out',
  'write-forbidden',
  'chat-gone',
  'peer-unknown',
  'privacy',
  'spam-limit',
  'message-empty',
  'message-too-long',
  'already-sent',
  'file-too-large',
  'file-expired',
  'file-refused',
  'file-missing',
  'unexpected-answer',
] as const;

export type TelegramTrouble = (typeof telegramTroubles)[number];

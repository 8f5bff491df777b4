/**
 * What can be wrong with an account's server, as `reason` of an AppError, a health and a test outcome; each has a text
 * under `accountTest.` in both languages that says what to do.
 */
export const mailTroubles = [
  'password-refused',
  /** Yandex answers the same for a wrong password and for IMAP switched off. */
  'password-refused-or-imap-disabled',
  'app-password-required',
  'imap-disabled',
  'smtp-disabled',
  'oauth-required',
  /** The grant ran out or was taken back: the person signs in again. */
  'sign-in-expired',
  'sign-in-refused',
  'oauth-client-missing',
  'oauth-client-refused',
  /** A fresh token was refused all the same. */
  'token-refused',
  'web-login-required',
  'too-many-connections',
  'throttled',
  'server-busy',
  'host-not-found',
  'connection-refused',
  'network-unreachable',
  'timeout',
  'connection-lost',
  'certificate-untrusted',
  'certificate-wrong-host',
  'certificate-expired',
  /** The server wants encryption before the password. */
  'tls-required',
  /** STARTTLS was asked for and the server does not offer it. */
  'tls-unavailable',
  /** Plain words on an encrypted port, or the other way round. */
  'tls-mismatch',
  'folder-not-found',
  'sender-refused',
  'server-refused',
  'unexpected-answer',
] as const;

export type MailTrouble = (typeof mailTroubles)[number];

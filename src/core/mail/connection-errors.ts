import type { MailTrouble } from '../../shared/domain/mail-troubles.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** What a client library threw, reduced to what telling causes apart needs. */
export type Failure = {
  readonly code: string;
  /** The server's own words where there are any, else the library's. */
  readonly text: string;
};

const troubleByCode: Readonly<Record<string, MailTrouble>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EDNS: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'network-unreachable',
  EHOSTUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EADDRNOTAVAIL: 'network-unreachable',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  NoConnection: 'connection-lost',
  EConnectionClosed: 'connection-lost',
  ClosedAfterConnectText: 'connection-lost',
  ClosedAfterConnectTLS: 'connection-lost',
  StateLogout: 'connection-lost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  CERT_REVOKED: 'certificate-untrusted',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  EPROTO: 'tls-mismatch',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-mismatch',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-mismatch',
};

const troubleByText: readonly (readonly [RegExp, MailTrouble])[] = [
  [/wrong version number|packet length too long|unknown protocol|SSL23_GET_SERVER_HELLO/i, 'tls-mismatch'],
  [/self[- ]signed certificate|unable to (get|verify).*certificate/i, 'certificate-untrusted'],
  [/certificate has expired|certificate is not yet valid/i, 'certificate-expired'],
  [/does not match certificate's altnames/i, 'certificate-wrong-host'],
  [/getaddrinfo|queryA{1,4} E/i, 'host-not-found'],
  [/ECONNREFUSED/, 'connection-refused'],
  [/socket disconnected before secure TLS connection|socket hang up/i, 'connection-lost'],
];

/** Trouble on the way to the server, before it said a word about the account; undefined when it is none. */
export function networkTrouble({ code, text }: Failure): MailTrouble | undefined {
  return troubleByCode[code] ?? troubleByText.find(([pattern]) => pattern.test(text))?.[1];
}

const codeByTrouble: Partial<Record<MailTrouble, ErrorCode>> = {
  'password-refused': 'denied',
  'password-refused-or-imap-disabled': 'denied',
  'app-password-required': 'denied',
  'imap-disabled': 'denied',
  'smtp-disabled': 'denied',
  'oauth-required': 'denied',
  'sign-in-expired': 'denied',
  'sign-in-refused': 'denied',
  'oauth-client-missing': 'denied',
  'oauth-client-refused': 'denied',
  'token-refused': 'denied',
  'web-login-required': 'denied',
  'too-many-connections': 'rate-limited',
  throttled: 'rate-limited',
  timeout: 'timeout',
  'folder-not-found': 'not-found',
  'sender-refused': 'upstream',
  'server-refused': 'upstream',
  'unexpected-answer': 'upstream',
};

/** `denied` needs a person; `rate-limited` waits what was asked; the rest is tried again by itself. */
export function mailError(
  trouble: MailTrouble,
  { cause, text, retryAfterMs }: { cause?: unknown; text?: string; retryAfterMs?: number } = {},
): AppError {
  return new AppError(codeByTrouble[trouble] ?? 'unavailable', {
    message: `mail server: ${trouble}`,
    details: { reason: trouble, ...(text === undefined ? {} : { text: readable(text) }) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}

/** A server's words go to the screen: one line, no control characters, not endless. */
function readable(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 300);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

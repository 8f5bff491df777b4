import { describe, expect, test } from 'vitest';
import { toImapError } from './imap-errors.ts';

const refused = (response: string, serverResponseCode?: string) =>
  Object.assign(new Error('Command failed'), { authenticationFailed: true, response, serverResponseCode });
const failed = (code: string, message = 'failed') => Object.assign(new Error(message), { code });

describe('a refused login is told apart by the words of the provider', () => {
  test.each([
    [
      'Yandex',
      '[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=aB_010534_2',
      'password-refused-or-imap-disabled',
    ],
    ['Yandex', '[ALERT] LOGIN This user does not have access rights to this service', 'imap-disabled'],
    ['Yandex', '[UNAVAILABLE] LOGIN internal server error sc=aB', 'server-busy'],
    ['Yandex', '[LIMIT] LOGIN Rate limit reached', 'too-many-connections'],
    [
      'Mail.ru',
      '[AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya https://help.mail.ru / Aplication password is REQUIRED',
      'app-password-required',
    ],
    [
      'Mail.ru',
      '[AUTHENTICATIONFAILED] Authentication failed. Please verify your account by going to https://e.mail.ru/login',
      'web-login-required',
    ],
    [
      'Gmail',
      '[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'app-password-required',
    ],
    [
      'Gmail',
      '[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page (Failure)',
      'imap-disabled',
    ],
    ['Gmail', '[AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'password-refused'],
    ['Gmail', '[ALERT] Too many simultaneous connections. (Failure)', 'too-many-connections'],
    ['Gmail', '[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)', 'throttled'],
    [
      'Gmail',
      '[ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
      'web-login-required',
    ],
    ['Exchange', 'LOGIN failed.', 'password-refused'],
    ['Exchange', 'User is authenticated but not connected.', 'server-busy'],
    ['Dovecot', '[UNAVAILABLE] Temporary authentication failure. [host:2026-11-04 09:00:00]', 'server-busy'],
    [
      'Dovecot',
      '[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
      'too-many-connections',
    ],
    [
      'Dovecot',
      '[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
      'tls-required',
    ],
    ['Dovecot', '[AUTHENTICATIONFAILED] Authentication failed.', 'password-refused'],
  ])('%s: %s', (_provider, words, trouble) => {
    expect(toImapError(refused(words), 'login').reason).toBe(trouble);
  });
});

test('only what a person must mend stops the account: a busy server is asked again', () => {
  expect(toImapError(refused('[AUTHENTICATIONFAILED] no'), 'login').code).toBe('denied');
  expect(toImapError(refused('[UNAVAILABLE] later'), 'login').code).toBe('unavailable');
  expect(toImapError(refused('[ALERT] Too many simultaneous connections.'), 'login')).toMatchObject({
    code: 'rate-limited',
    retryAfterMs: 120_000,
  });
});

test('a wait the server asks for is kept', () => {
  const throttled = Object.assign(failed('ETHROTTLE', 'Request is throttled'), { throttleReset: 92_415 });

  expect(toImapError(throttled)).toMatchObject({ code: 'rate-limited', retryAfterMs: 92_415 });
});

test.each([
  ['ENOTFOUND', 'host-not-found', 'unavailable'],
  ['ECONNREFUSED', 'connection-refused', 'unavailable'],
  ['CONNECT_TIMEOUT', 'timeout', 'timeout'],
  ['NoConnection', 'connection-lost', 'unavailable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted', 'unavailable'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-wrong-host', 'unavailable'],
  ['CERT_HAS_EXPIRED', 'certificate-expired', 'unavailable'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-mismatch', 'unavailable'],
  ['ParserError11', 'unexpected-answer', 'upstream'],
])('%s on the way to the server is %s', (code, reason, kind) => {
  expect(toImapError(failed(code))).toMatchObject({ reason, code: kind });
});

test('a refused command leaves the account alone, and a missing folder is named', () => {
  const no = (responseText: string) =>
    Object.assign(new Error('Command failed'), { responseStatus: 'NO', responseText });

  expect(toImapError(no('Some messages could not be FETCHed')).reason).toBe('server-refused');
  expect(toImapError(no("[NONEXISTENT] Mailbox doesn't exist: Sent")).reason).toBe('folder-not-found');
});

test("a server's words are shown on one line", () => {
  expect(toImapError(refused('no\r\n\u0007way'), 'login').details['text']).toBe('no way');
});

import { expect, test } from 'vitest';
import { toSmtpError } from './smtp-errors.ts';

const failed = (code: string, response: string, responseCode?: number) =>
  Object.assign(new Error(response), { code, response, responseCode });

test.each([
  [
    'EAUTH',
    '535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru / Application password is REQUIRED',
    535,
    'app-password-required',
  ],
  ['EAUTH', '534 5.7.9 Application-specific password required.', 534, 'app-password-required'],
  [
    'EAUTH',
    '535 5.7.8 Error: authentication failed: This user does not have access rights to this service',
    535,
    'smtp-disabled',
  ],
  ['EAUTH', '535 5.7.8 Error: authentication failed: Invalid user or password!', 535, 'password-refused'],
  [
    'EAUTH',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    535,
    'oauth-required',
  ],
  ['EAUTH', '454 4.7.0 Temporary authentication failure', 454, 'throttled'],
  ['EAUTH', '451 4.3.0 try once more', 451, 'server-busy'],
  ['EENVELOPE', '530 5.7.0 Must issue a STARTTLS command first', 530, 'tls-required'],
  ['ECONNECTION', '421 4.3.2 Service shutting down', 421, 'server-busy'],
  ['EAUTH', '421 4.7.0 Too many concurrent SMTP connections', 421, 'too-many-connections'],
])('%s: %s', (code, response, responseCode, reason) => {
  expect(toSmtpError(failed(code, response, responseCode)).reason).toBe(reason);
});

test.each([
  ['getaddrinfo ENOTFOUND smtp.nowhere.example', 'host-not-found'],
  ['connect ECONNREFUSED 127.0.0.1:465', 'connection-refused'],
  ['self-signed certificate', 'certificate-untrusted'],
  ['error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'tls-mismatch'],
])('what failed on the way is known although the library wraps it: %s', (message, reason) => {
  expect(toSmtpError(Object.assign(new Error(message), { code: 'ESOCKET' })).reason).toBe(reason);
});

test('a password that is refused needs a person', () => {
  expect(toSmtpError(failed('EAUTH', '535 no', 535)).code).toBe('denied');
});

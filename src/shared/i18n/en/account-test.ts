/** Why a mail server cannot be used, and what to do: keys are the MailTrouble of a test, a health or an error. */
export const accountTest = {
  'password-refused':
    'The server refused the name or the password. Check the keyboard layout and Caps Lock. Yandex, Mail.ru and Gmail do not take the ordinary password: an app password is needed.',
  'password-refused-or-imap-disabled':
    'The server refused the password, or access for mail programs is switched off: it answers the same to both. Switch IMAP on at the mail site and enter an app password, not the ordinary one.',
  'app-password-required':
    'The server wants an app password instead of the ordinary one. Make one in the settings of the mailbox (steps below) and paste it here.',
  'imap-disabled':
    'Access for mail programs (IMAP) is switched off for this mailbox. Switch it on at the mail site and test again.',
  'smtp-disabled':
    'Sending from mail programs (SMTP) is switched off for this mailbox. Switch it on at the mail site or ask the administrator.',
  'oauth-required':
    'This server only lets in through a browser (OAuth). Choose signing in through the provider.',
  'sign-in-expired':
    'The permission to sign in is no longer valid: it ran out or was withdrawn. Sign in again.',
  'sign-in-refused': 'Access to the mail was refused. Sign in again and let Pult use the mail.',
  'oauth-client-missing':
    'There is no registration of the application with the provider. Enter it in the mail settings.',
  'oauth-client-refused':
    'The provider no longer takes the registration of the application. Check the client ID and secret in the mail settings.',
  'token-refused':
    'The server refused even a fresh sign-in. Check that the mailbox address is the one you signed in as, and that IMAP is allowed.',
  'web-login-required':
    'The server wants you to sign in through a browser first and confirm it. Do that and test again.',
  'too-many-connections':
    'Too many programs are connected to this mailbox. Close some; Pult will try again by itself.',
  throttled: 'The server asks for fewer connections. Wait a few minutes: Pult will try again by itself.',
  'server-busy': 'The server is busy or being mended. Pult will try again by itself.',
  'host-not-found': 'There is no such server. Check the server name and the internet connection.',
  'connection-refused':
    'There is a computer of this name, but no mail on this port. Usual ports: 993 and 465 are TLS, 143 and 587 are STARTTLS.',
  'network-unreachable':
    'There is no network. Check the connection of this computer; Pult will try again by itself.',
  timeout:
    'The server did not answer in time. Check the connection, the server name and the port; a firewall may close the port.',
  'connection-lost':
    'The server broke the connection. Pult will try again by itself; if it goes on, check port and protection.',
  'certificate-untrusted':
    'The certificate of the server cannot be trusted. If it is your organisation’s server, paste its root certificate into “Own certificate”.',
  'certificate-wrong-host':
    'The certificate is made out to another name. Enter the server name as the certificate has it.',
  'certificate-expired':
    'The certificate of the server has expired or is not valid yet. Check the clock of this computer; if it is right, tell the mail administrator.',
  'tls-required': 'The server does not let anybody in without encryption. Choose TLS or STARTTLS.',
  'tls-unavailable':
    'The server has no STARTTLS on this port. Choose TLS and port 993 (incoming) or 465 (outgoing).',
  'tls-mismatch': 'TLS and STARTTLS are mixed up: ports 993 and 465 are TLS, 143 and 587 are STARTTLS.',
  'folder-not-found': 'The mailbox has no such folder. Check its name or leave the field empty.',
  'sender-refused':
    'The sending server does not allow letters from this address. Check the address and the user name.',
  'server-refused': 'The server refused. Its words are below; show them to the mail administrator.',
  'unexpected-answer':
    'The server gave an answer that makes no sense. Check that it is a mail server and the port is right; its words are below.',
  'secret-unreadable':
    'The stored password cannot be read: the computer or its key has changed. Enter the password again.',
  unknown: 'The connection failed. The answer of the server is below; show it to the mail administrator.',
};

/** What must be done at the provider first; steps are separated by `|`. */
export const accountHint = {
  yandex:
    'Open “All settings → Email clients” and allow IMAP with app passwords.|At id.yandex.ru open “Security → App passwords” and make a password for mail.|Paste that password here: the ordinary one does not work.',
  'mail-ru':
    'At id.mail.ru open “Security → Passwords for external applications”.|Make a password with full access to mail.|Paste that password here: the ordinary one does not work.',
  gmail:
    'Switch on 2-step verification in the Google account.|At myaccount.google.com/apppasswords make an app password (16 letters).|Paste it here without spaces: the ordinary password does not work.',
  'exchange-online':
    "You sign in on Microsoft's page; no password is entered here.|For the administrator: enter the registration of the application at the bottom of the Mail tab, and enable IMAP and Authenticated SMTP for the mailbox.",
  exchange:
    'Ask the administrator to enable IMAP4 and SMTP sending for the mailbox.|Find out the server name; the user name may be ORGANISATION\\name.|If the server has its own certificate, get the root certificate of the organisation.',
};

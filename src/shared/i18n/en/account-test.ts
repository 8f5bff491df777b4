/** Why a mailbox could not be reached, and what to do; keys are the `reason` of `accounts.test`. */
export const accountTest = {
  'password-refused':
    'The server refused the name or the password. Check the keyboard layout and Caps Lock. Yandex, Mail.ru and Gmail do not take the ordinary password: an app password is needed.',
  'app-password-required':
    'The server wants an app password instead of the ordinary one. Make one in the settings of the mailbox (steps below) and paste it here.',
  'imap-disabled':
    'Access for mail programs (IMAP) is switched off for this mailbox. Switch it on at the mail site and test again.',
  'host-not-found': 'There is no such server. Check the server name and the internet connection.',
  'connection-refused':
    'The server is there but does not answer on this port. Check port and protection: 993 and 465 are TLS, 143 and 587 are STARTTLS.',
  'certificate-untrusted':
    'The certificate of the server cannot be trusted. If it is your organisation’s server, paste its root certificate into “Own certificate”.',
  'tls-required': 'The server does not let anybody in without encryption. Choose TLS or STARTTLS.',
  'tls-failed': 'Encryption could not be agreed on. Usually TLS and STARTTLS are mixed up: check the port.',
  timeout:
    'The server did not answer in time. Check the connection, the server name and the port; a firewall may close the port.',
  'smtp-refused':
    'The sending server does not allow letters from this address. Check the address and the user name.',
  'too-many-connections':
    'Too many programs are connected to this mailbox. Close some and test again in a few minutes.',
  'rate-limited': 'The server asks for fewer logins. Wait a few minutes and test again.',
  'oauth-needed': 'This server only lets you in through a browser (OAuth). Pult will learn that later.',
  'no-inbox': 'The login worked, but there is no inbox to be seen. Check the rights on the mailbox.',
  unavailable: 'The server cannot be reached now. Pult will connect by itself when it answers.',
  unknown: 'The connection failed. The answer of the server is below; show it to the mail administrator.',
  hint: {
    yandex:
      'Yandex: open “All settings → Email clients” and allow IMAP. Then at id.yandex.ru → “Security → App passwords” make a password for mail and paste it here.',
    mailru:
      'Mail.ru: open “Settings → Security → Passwords for external applications”, make a password with full access to mail and paste it here.',
    gmail:
      'Gmail: switch on 2-step verification, then at myaccount.google.com/apppasswords make an app password (16 letters) and paste it here without spaces.',
    exchange:
      'Own Exchange server: the administrator must enable IMAP4 and SMTP for the mailbox. The user name may be ORGANISATION\\name. If the certificate is your own, paste it below.',
    'exchange-online':
      'Exchange Online (Microsoft 365) and Outlook.com do not take a password. Signing in through the browser (OAuth) comes later.',
    custom:
      'Server names and ports are on the site of your mail provider, in the section about mail programs.',
  },
};

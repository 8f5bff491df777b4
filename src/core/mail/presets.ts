import type { AccountPreset } from '../../shared/contract/letters.ts';

const tls = (host: string, port: number) => ({ host, port, security: 'tls' as const });
const starttls = (host: string, port: number) => ({ host, port, security: 'starttls' as const });

/** In the order the wizard offers them; `hint` is an i18n key. */
export const accountPresets: readonly AccountPreset[] = [
  {
    key: 'yandex',
    title: 'Яндекс Почта',
    domains: ['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'narod.ru'],
    imap: tls('imap.yandex.ru', 993),
    smtp: tls('smtp.yandex.ru', 465),
    // Whether Yandex keeps a copy is a setting of the mailbox and off by default.
    sentCopy: 'append',
    hint: 'accountHint.yandex',
    oauth: null,
  },
  {
    key: 'mail-ru',
    title: 'Mail.ru',
    domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru', 'xmail.ru'],
    imap: tls('imap.mail.ru', 993),
    smtp: tls('smtp.mail.ru', 465),
    sentCopy: 'append',
    hint: 'accountHint.mail-ru',
    oauth: null,
  },
  {
    key: 'gmail',
    title: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    sentCopy: 'provider',
    hint: 'accountHint.gmail',
    oauth: { provider: 'google', required: false, codes: false },
  },
  {
    key: 'exchange',
    title: 'Microsoft Exchange Server',
    domains: [],
    imap: tls('', 993),
    smtp: starttls('', 587),
    // Exchange's SMTP does not put a copy into Sent Items; only Exchange Online does.
    sentCopy: 'append',
    hint: 'accountHint.exchange',
    oauth: null,
  },
  {
    key: 'exchange-online',
    title: 'Exchange Online, Outlook.com',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp.office365.com', 587),
    sentCopy: 'provider',
    hint: 'accountHint.exchange-online',
    oauth: { provider: 'microsoft', required: true, codes: true },
  },
  {
    key: 'custom',
    title: 'IMAP + SMTP',
    domains: [],
    imap: tls('', 993),
    smtp: tls('', 465),
    sentCopy: 'append',
    hint: null,
    oauth: null,
  },
];

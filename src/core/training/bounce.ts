import type { Random } from '../platform/random.ts';
import { encodedWords, multipart, textPart, type LetterHead, type Mailbox, type Part } from './mime.ts';
import { makeMessageId } from './seeded-random.ts';

export type Undelivered = {
  readonly recipient: string;
  /** Message-ID of the letter that came back, without angle brackets. */
  readonly messageId: string;
  readonly subject: string;
};

const mailerDaemon: Mailbox = { name: 'Mail Delivery System', address: 'mailer-daemon@post.example' };

/** The null sender, and the mark of a machine (RFC 3834). */
export function bounceHead(random: Random, desk: Mailbox, subject: string): LetterHead {
  return {
    from: mailerDaemon,
    to: [desk],
    subject: `Не удаётся доставить: ${subject}`,
    messageId: makeMessageId(random, 'post.example'),
    extra: [
      ['Return-Path', '<>'],
      ['Auto-Submitted', 'auto-replied'],
    ],
  };
}

/** A delivery report (RFC 3464): words for people, fields for programs, the headers of what came back. */
export function bounceReport({ recipient, messageId, subject }: Undelivered): Part {
  const words = `Здравствуйте!\r\n\r\nВаше письмо не доставлено.\r\n\r\n<${recipient}>: нет такого получателя (550 5.1.1)\r\n`;
  const status = [
    'Reporting-MTA: dns; post.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: recipient unknown`,
    '',
  ].join('\r\n');
  return multipart(
    'report',
    [
      textPart(words),
      { headers: [['Content-Type', 'message/delivery-status']], body: Buffer.from(status) },
      {
        headers: [['Content-Type', 'text/rfc822-headers; charset=utf-8']],
        body: Buffer.from(`Message-ID: <${messageId}>\r\nSubject: ${encodedWords(subject, 'utf-8')}\r\n`),
      },
    ],
    '; report-type=delivery-status',
  );
}

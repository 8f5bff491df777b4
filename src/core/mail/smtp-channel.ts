import { Readable } from 'node:stream';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { AppError } from '../../shared/errors.ts';
import type { AccountStore } from '../db/account-store.ts';
import type { MessageViewStore } from '../db/message-view-store.ts';
import type { Channel, Certainty } from '../notify/channel.ts';
import { fieldOf, textOf } from './connection-errors.ts';
import type { MailTiming } from './mail-timing.ts';
import { composeLetter } from './outgoing-letter.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

type Parts = {
  readonly accounts: AccountStore;
  readonly views: MessageViewStore;
  readonly password: (accountId: number) => string;
  readonly attachmentsDir: string;
  readonly timing: Pick<MailTiming, 'connect' | 'fetch'>;
};

type Envelope = { readonly from: string; readonly to: readonly string[] };

/**
 * Nodemailer's connection rather than its transport: between `DATA` and the final answer it must be known whether a
 * byte of the letter was written, because that decides between another try and asking a person.
 */
export function createSmtpChannel(parts: Parts): Channel {
  return {
    async deliver(record, { wrote }, signal) {
      const account = parts.accounts.find(record.accountId);
      const message = parts.views.find(record.messageId);
      const headers = parts.views.replySource(record.messageId);
      if (!account || !message || !headers) {
        throw new AppError('not-found', { details: { reason: 'account-removed', certainty: 'refused' } });
      }
      const letter = await composeLetter(parts, message, headers);
      const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
      const access = {
        smtp: { host: account.smtpHost, port: account.smtpPort, security: account.smtpSecurity },
        userName: account.userName,
        caCertificate: account.caCertificate,
      };
      const options = smtpOptions(access, parts.password(account.id), parts.timing);
      const connection = new SmtpConnection(options);
      const envelope = { from: account.address, to: recipients };
      const abort = () => connection.close();
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await converse(connection, options, envelope, letter, wrote);
      } finally {
        signal.removeEventListener('abort', abort);
        connection.close();
      }
    },
  };
}

async function converse(
  connection: SmtpConnection,
  options: ReturnType<typeof smtpOptions>,
  envelope: Envelope,
  letter: Buffer,
  wrote: () => void,
): Promise<{ readonly response: string }> {
  let failed: (error: Error) => void = () => {};
  const failure = new Promise<never>((_resolve, reject) => {
    failed = reject;
  });
  // A connection that breaks between two commands says so only here; after the race nobody listens any more.
  connection.on('error', (error) => failed(error));
  connection.on('end', () => failed(new Error('Connection closed')));
  failure.catch(() => {});
  const step = <T>(run: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> =>
    Promise.race([
      failure,
      new Promise<T>((resolve, reject) => {
        run((error, value) => (error ? reject(error) : resolve(value)));
      }),
    ]);
  let isWritten = false;
  try {
    await step<undefined>((done) => connection.connect((error) => done(error, undefined)));
    if (connection.allowsAuth && options.auth !== undefined) {
      const credentials = options.auth as Parameters<SmtpConnection['login']>[0];
      await step<undefined>((done) => connection.login(credentials, (error) => done(error, undefined)));
    }
    const body = letterStream(letter, () => {
      isWritten = true;
      wrote();
    });
    const info = await step<SmtpConnection.SentMessageInfo>((done) =>
      connection.send({ from: envelope.from, to: [...envelope.to] }, body, (error, sent) =>
        done(error, sent),
      ),
    );
    connection.quit();
    return { response: info.response };
  } catch (thrown) {
    throw classify(thrown, isWritten);
  }
}

/** nodemailer reads it only after the server has said 354, so the first read is the moment before the first byte. */
function letterStream(letter: Buffer, onFirstRead: () => void): Readable {
  let isRead = false;
  return new Readable({
    read() {
      if (isRead) return;
      isRead = true;
      onFirstRead();
      this.push(letter);
      this.push(null);
    },
  });
}

/** RFC 5321 4.2.1: 5yz is final, 4yz may be tried again; no answer after the letter was written is neither. */
function classify(thrown: unknown, isWritten: boolean): AppError {
  const reply = Number(fieldOf(thrown, 'responseCode'));
  const code = textOf(fieldOf(thrown, 'code'));
  const response = textOf(fieldOf(thrown, 'response'));
  const isLogin = code === 'EAUTH';
  const answered = Number.isInteger(reply) && reply > 0;
  const certainty: Certainty =
    answered && reply >= 500 && !isLogin ? 'refused' : answered || !isWritten ? 'not-sent' : 'unknown';
  const error = toSmtpError(thrown);
  const reason = certainty === 'refused' ? refusalReason(code, reply) : error.reason;
  return new AppError(certainty === 'refused' ? 'upstream' : error.code, {
    message: error.message,
    details: {
      ...error.details,
      certainty,
      ...(reason === undefined ? {} : { reason }),
      ...(response === '' ? {} : { response }),
    },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    cause: thrown,
  });
}

function refusalReason(code: string, reply: number): string {
  if (code === 'EENVELOPE') return reply === 552 ? 'letter-too-large' : 'recipient-refused';
  return reply === 552 || reply === 523 ? 'letter-too-large' : 'letter-refused';
}

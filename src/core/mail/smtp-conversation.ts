import { Readable } from 'node:stream';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { AppError } from '../../shared/errors.ts';
import type { AccountSettings } from '../../shared/contract/letters.ts';
import type { Certainty } from '../notify/channel.ts';
import type { MailSecret } from './account-secrets.ts';
import { fieldOf, textOf } from './connection-errors.ts';
import type { MailTiming } from './mail-timing.ts';
import { toSmtpError } from './smtp-errors.ts';
import { smtpOptions } from './smtp-options.ts';

type Conversation = {
  readonly access: Pick<AccountSettings, 'smtp' | 'userName' | 'caCertificate'>;
  readonly secret: MailSecret;
  readonly timing: Pick<MailTiming, 'connect' | 'fetch'>;
  readonly from: string;
  readonly recipients: readonly string[];
  /** As it goes over the wire. */
  readonly letter: Buffer;
  /** Called before the first byte of the letter; what it throws keeps the letter here. */
  readonly wrote: () => void;
};

type Envelope = {
  readonly from: string;
  readonly to: string[];
  /** Written by nodemailer into the object it is given, as the answers to RCPT come in. */
  readonly rejectedErrors?: readonly (Error & { readonly recipient?: string })[];
};

/** How far the conversation has come: before `letter` all trouble is with the service, not with this letter. */
type Stage = 'service' | 'letter' | 'written';

/**
 * One letter over one connection. Nodemailer's connection rather than its transport: between `DATA` and the final answer
 * it must be known whether a byte of the letter was written, because that decides between another try and asking a
 * person. Throws with `certainty`, and with `scope` of `channel` where the service itself is in trouble.
 */
export async function handOverLetter(
  { access, secret, timing, from, recipients, letter, wrote }: Conversation,
  signal: AbortSignal,
): Promise<{ readonly response: string }> {
  const connection = new SmtpConnection(smtpOptions(access, secret, timing));
  const envelope: Envelope = { from, to: [...recipients] };
  const abort = () => connection.close();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await converse(connection, loginOf(access.userName, secret), envelope, letter, wrote);
  } finally {
    signal.removeEventListener('abort', abort);
    connection.close();
  }
}

type SmtpLogin = Parameters<SmtpConnection['login']>[0];

/** nodemailer would renew a token only where a server explains its refusal, and few do: here it has one token. */
function loginOf(user: string, secret: MailSecret): SmtpLogin {
  if ('password' in secret) return { user, pass: secret.password };
  const getToken = (isAgain: boolean, done: (error: Error | null, token?: string) => void) =>
    isAgain ? done(new Error('The token was refused')) : done(null, secret.accessToken);
  const buildXOAuth2Token = (token: string) =>
    Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
  return { user, oauth2: { getToken, buildXOAuth2Token } } as unknown as SmtpLogin;
}

async function converse(
  connection: SmtpConnection,
  login: SmtpLogin,
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
  let stage: Stage = 'service';
  let kept: unknown;
  try {
    await step<undefined>((done) => connection.connect((error) => done(error, undefined)));
    if (connection.allowsAuth && login?.user !== '') {
      await step<undefined>((done) => connection.login(login, (error) => done(error, undefined)));
    }
    stage = 'letter';
    const body = letterStream(letter, () => {
      try {
        refuseInPart(envelope);
        wrote();
      } catch (thrown) {
        // nodemailer writes its own code over that of an error it is given, and this one is what the caller goes by.
        kept = thrown;
        throw new Error('The letter stays here');
      }
      stage = 'written';
    });
    body.on('error', failed);
    const info = await step<SmtpConnection.SentMessageInfo>((done) =>
      connection.send(envelope, body, (error, sent) => done(error, sent)),
    );
    connection.quit();
    return { response: info.response };
  } catch (thrown) {
    throw classify(kept ?? thrown, stage);
  }
}

/**
 * All recipients or none: a letter that reached one of two would be "sent" to the dispatcher, and sending it again
 * would reach the first twice. The connection is dropped before a byte of the letter, so the server forgets it.
 */
function refuseInPart({ rejectedErrors = [] }: Envelope): void {
  const isFinal = (error: Error) => Number(fieldOf(error, 'responseCode')) >= 500;
  const error = rejectedErrors.find(isFinal) ?? rejectedErrors[0];
  if (!error) return;
  const response = `${error.recipient ?? ''}: ${textOf(fieldOf(error, 'response'))}`;
  throw Object.assign(new Error('A recipient was refused', { cause: error }), {
    code: 'EENVELOPE',
    responseCode: fieldOf(error, 'responseCode'),
    response,
  });
}

/** nodemailer reads it only after the server has said 354, so the first read is the moment before the first byte. */
function letterStream(letter: Buffer, onFirstRead: () => void): Readable {
  let isRead = false;
  return new Readable({
    read() {
      if (isRead) return;
      isRead = true;
      try {
        onFirstRead();
      } catch (error) {
        this.destroy(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.push(letter);
      this.push(null);
    },
  });
}

/** RFC 5321 4.2.1: 5yz is final, 4yz may be tried again; no answer after the letter was written is neither. */
function classify(thrown: unknown, stage: Stage): AppError {
  const reply = Number(fieldOf(thrown, 'responseCode'));
  const code = textOf(fieldOf(thrown, 'code'));
  const response = textOf(fieldOf(thrown, 'response'));
  const answered = Number.isInteger(reply) && reply > 0;
  const certainty: Certainty =
    answered && reply >= 500 && stage !== 'service'
      ? 'refused'
      : answered || stage !== 'written'
        ? 'not-sent'
        : 'unknown';
  const error = toSmtpError(thrown);
  const isSender = fieldOf(thrown, 'command') === 'MAIL FROM';
  const refusal = isSender ? 'sender-refused' : refusalReason(code, reply);
  const reason = certainty === 'refused' ? refusal : error.reason;
  return new AppError(certainty === 'refused' ? 'upstream' : error.code, {
    message: error.message,
    details: {
      ...error.details,
      certainty,
      ...(stage === 'service' ? { scope: 'channel' } : {}),
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

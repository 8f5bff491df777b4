import { AppError, toAppError } from '../../shared/errors.ts';
import type { AccountRow } from '../db/account-store.ts';
import type { AccountSecrets, MailSecret } from './account-secrets.ts';
import type { MailTiming } from './mail-timing.ts';
import { handOverLetter } from './smtp-conversation.ts';

export type SendingParts = {
  readonly secrets: AccountSecrets;
  /** The provider no longer lets Pult in: nothing is tried until a person has signed in again. */
  readonly halt: (accountId: number, reason: string) => void;
  readonly timing: Pick<MailTiming, 'connect' | 'fetch'>;
};

type Outgoing = {
  readonly account: AccountRow;
  readonly recipients: readonly string[];
  readonly letter: Buffer;
  readonly wrote: () => void;
};

/** One letter by one mailbox of the desk, with a fresh token where the old one is refused. */
export async function sendByAccount(
  parts: SendingParts,
  { account, ...outgoing }: Outgoing,
  signal: AbortSignal,
): Promise<{ readonly response: string }> {
  const access = {
    smtp: { host: account.smtpHost, port: account.smtpPort, security: account.smtpSecurity },
    userName: account.userName,
    caCertificate: account.caCertificate,
  };
  const handOver = (shown: MailSecret) =>
    handOverLetter(
      { ...outgoing, access, secret: shown, timing: parts.timing, from: account.address },
      signal,
    );
  const secret = await askSecret(parts, account.id);
  try {
    return await handOver(secret);
  } catch (failure) {
    if (!('accessToken' in secret) || toAppError(failure).reason !== 'password-refused') throw failure;
  }
  // Taken back before its time, or by a clock that is not ours: a fresh token, and the refusal after that counts.
  return handOver(await askSecret(parts, account.id, secret));
}

/** Trouble with the provider of tokens is trouble with the service: the letter waits, unless a person must act. */
async function askSecret(parts: SendingParts, accountId: number, refused?: MailSecret): Promise<MailSecret> {
  try {
    return await parts.secrets.of(accountId, refused);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'denied') parts.halt(accountId, error.reason ?? error.code);
    throw new AppError(error.code, {
      message: error.message,
      details: { ...error.details, certainty: 'not-sent', scope: 'channel' },
      cause: thrown,
    });
  }
}

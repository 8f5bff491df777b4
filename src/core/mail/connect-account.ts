import { toAppError } from '../../shared/errors.ts';
import type { AccountRow } from '../db/account-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { AccountSecrets, MailSecret } from './account-secrets.ts';
import { mailError } from './connection-errors.ts';
import { connectImap, type ImapConnection } from './imap-connection.ts';
import type { MailTiming } from './mail-timing.ts';

type Parts = {
  readonly account: AccountRow;
  readonly secrets: AccountSecrets;
  readonly timing: MailTiming;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  readonly onNeverAsked?: () => void;
};

/**
 * Logs in as the account does. A token that is refused is renewed once, because it may have been taken back before its
 * time or our clock may be wrong; a second refusal needs a person.
 */
export async function connectAccount({ account, secrets, ...rest }: Parts): Promise<ImapConnection> {
  const secret = await askSecret(secrets, account.id, rest.onNeverAsked);
  const connect = (shown: MailSecret) =>
    connectImap({ ...rest, settings: { ...toServer(account), secret: shown } });
  try {
    return await connect(secret);
  } catch (failure) {
    if (!('accessToken' in secret) || toAppError(failure).reason !== 'password-refused') throw failure;
  }
  const renewed = await secrets.of(account.id, secret);
  try {
    return await connect(renewed);
  } catch (failure) {
    throw toAppError(failure).reason === 'password-refused'
      ? mailError('token-refused', { cause: failure })
      : failure;
  }
}

/** Where the provider of tokens cannot be asked, the mail server has not been asked either. */
async function askSecret(
  secrets: AccountSecrets,
  accountId: number,
  onNeverAsked: (() => void) | undefined,
): Promise<MailSecret> {
  try {
    return await secrets.of(accountId);
  } catch (failure) {
    onNeverAsked?.();
    throw failure;
  }
}

function toServer(account: AccountRow) {
  return {
    host: account.imapHost,
    port: account.imapPort,
    security: account.imapSecurity,
    userName: account.userName,
    caCertificate: account.caCertificate ?? undefined,
  };
}

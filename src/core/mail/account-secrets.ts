import { AppError } from '../../shared/errors.ts';
import type { AccountStore } from '../db/account-store.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { TokenKeeper } from './oauth/token-keeper.ts';

/** What a mail server is shown: a password, or the token a provider gave for it. */
export type MailSecret = { readonly password: string } | { readonly accessToken: string };

export type AccountSecrets = {
  /**
   * `refused` is what the server would not take: of a token another is asked for. Throws `denied` where a person must
   * act, `unavailable` where the provider cannot be asked now.
   */
  of(accountId: number, refused?: MailSecret): Promise<MailSecret>;
};

type Parts = {
  readonly accounts: AccountStore;
  readonly secretBox: SecretBox;
  readonly tokens: Pick<TokenKeeper, 'accessToken'>;
};

export function createAccountSecrets({ accounts, secretBox, tokens }: Parts): AccountSecrets {
  return {
    async of(accountId, refused) {
      const account = accounts.find(accountId);
      if (!account) throw new AppError('not-found', { details: { reason: 'account-removed' } });
      if (account.auth === 'password') return { password: secretBox.open(account.sealedPassword) };
      const before = refused && 'accessToken' in refused ? refused.accessToken : undefined;
      return { accessToken: await tokens.accessToken(accountId, before) };
    },
  };
}

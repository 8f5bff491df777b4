import type { OauthClientView, OauthProvider } from '../../../shared/contract/oauth.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AccountTokenStore } from '../../db/account-token-store.ts';
import type { Db } from '../../db/open.ts';
import type { JournalPort } from '../journal-port.ts';
import type { SecretBox } from '../../platform/capabilities.ts';

export type OauthClient = {
  readonly clientId: string;
  /** undefined: a public client. */
  readonly secret: string | undefined;
  readonly tenant: string;
};

export type SaveOauthClient = {
  readonly provider: OauthProvider;
  readonly clientId: string;
  /** null keeps the one there is; '' takes it away. */
  readonly secret: string | null;
  readonly tenant: string;
};

export type OauthClients = {
  list(): OauthClientView[];
  save(input: SaveOauthClient, actorId: number): void;
  /** Throws `denied` (reason `oauth-client-missing`). */
  require(provider: OauthProvider): OauthClient;
};

type Parts = {
  readonly db: Db;
  readonly tokens: AccountTokenStore;
  readonly journal: JournalPort;
  readonly secretBox: SecretBox;
};

/** The company's own registrations with the providers: Pult ships none, since one that is shared can be shut for all. */
export function createOauthClients({ db, tokens, journal, secretBox }: Parts): OauthClients {
  return {
    list: () =>
      tokens.clients().map(({ provider, clientId, sealedSecret, tenant }) => ({
        provider,
        clientId,
        hasSecret: sealedSecret !== null,
        tenant,
      })),
    save({ provider, clientId, secret, tenant }, actorId) {
      db.transact((revision) => {
        const kept = tokens.client(provider)?.sealedSecret ?? null;
        const sealedSecret = secret === null ? kept : secret === '' ? null : secretBox.seal(secret);
        tokens.saveClient({ provider, clientId, sealedSecret, tenant, revision });
        journal.append({
          kind: 'oauth.client-saved',
          subject: 'setting',
          subjectId: 0,
          actorId,
          facts: { provider, clientId },
        });
        db.touch('setting');
      });
    },
    require(provider) {
      const row = tokens.client(provider);
      if (!row || row.clientId === '') {
        throw new AppError('denied', { details: { reason: 'oauth-client-missing' } });
      }
      const secret = row.sealedSecret === null ? undefined : secretBox.open(row.sealedSecret);
      return { clientId: row.clientId, secret, tenant: row.tenant };
    },
  };
}

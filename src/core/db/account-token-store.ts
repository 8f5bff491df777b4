import type { OauthProvider } from '../../shared/contract/oauth.ts';
import type { Db } from './open.ts';

export type AccountTokenRow = {
  readonly accountId: number;
  readonly provider: OauthProvider;
  readonly sealed: string;
  readonly expiresAt: number;
  readonly revision: number;
};

export type OauthClientRow = {
  readonly provider: OauthProvider;
  readonly clientId: string;
  readonly sealedSecret: string | null;
  readonly tenant: string;
  readonly revision: number;
};

export type AccountTokenStore = {
  find(accountId: number): AccountTokenRow | undefined;
  save(row: AccountTokenRow): void;
  remove(accountId: number): void;
  clients(): OauthClientRow[];
  client(provider: OauthProvider): OauthClientRow | undefined;
  saveClient(row: OauthClientRow): void;
};

export function createAccountTokenStore(db: Db): AccountTokenStore {
  const find = db.prepare<[number], AccountTokenRow>(
    `SELECT account_id AS accountId, provider, sealed, expires_at AS expiresAt, revision FROM account_token
     WHERE account_id = ?`,
  );
  const save = db.prepare<[AccountTokenRow], void>(
    `INSERT INTO account_token (account_id, provider, sealed, expires_at, revision)
     VALUES (:accountId, :provider, :sealed, :expiresAt, :revision)
     ON CONFLICT (account_id) DO UPDATE SET provider = excluded.provider, sealed = excluded.sealed,
       expires_at = excluded.expires_at, revision = excluded.revision`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM account_token WHERE account_id = ?');
  const clientColumns = 'provider, client_id AS clientId, sealed_secret AS sealedSecret, tenant, revision';
  const clients = db.prepare<[], OauthClientRow>(
    `SELECT ${clientColumns} FROM oauth_client ORDER BY provider`,
  );
  const client = db.prepare<[string], OauthClientRow>(
    `SELECT ${clientColumns} FROM oauth_client WHERE provider = ?`,
  );
  const saveClient = db.prepare<[OauthClientRow], void>(
    `INSERT INTO oauth_client (provider, client_id, sealed_secret, tenant, revision)
     VALUES (:provider, :clientId, :sealedSecret, :tenant, :revision)
     ON CONFLICT (provider) DO UPDATE SET client_id = excluded.client_id, sealed_secret = excluded.sealed_secret,
       tenant = excluded.tenant, revision = excluded.revision`,
  );
  return {
    find: (accountId) => find.get(accountId),
    save: (row) => void save.run(row),
    remove: (accountId) => void remove.run(accountId),
    clients: () => clients.all(),
    client: (provider) => client.get(provider),
    saveClient: (row) => void saveClient.run(row),
  };
}

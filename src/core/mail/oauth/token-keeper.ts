import { z } from 'zod';
import type { OauthProvider } from '../../../shared/contract/oauth.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AccountTokenStore } from '../../db/account-token-store.ts';
import type { Db } from '../../db/open.ts';
import type { SecretBox } from '../../platform/capabilities.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OauthClients } from './oauth-clients.ts';
import type { EndpointsOf } from './providers.ts';
import { askTokens, type Tokens } from './token-client.ts';

/** What a person's signing in brought. */
export type Grant = { readonly provider: OauthProvider; readonly tokens: Tokens };

export type TokenKeeper = {
  /** A token that lasts; `refused` is one the server would not take, whatever its time. Throws as `askTokens`. */
  accessToken(accountId: number, refused?: string): Promise<string>;
  /** In the running transaction. Throws `denied` (reason `sign-in-refused`) when the grant would end within the hour. */
  keep(accountId: number, grant: Grant, revision: number): void;
  forget(accountId: number): void;
  stop(): void;
};

type Parts = {
  readonly db: Db;
  readonly tokens: AccountTokenStore;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly clients: OauthClients;
  readonly endpoints: EndpointsOf;
};

/** Renewed so long before its end: a login takes a moment, and two clocks differ. */
const earlyMs = 5 * 60_000;

const sealedTokens = z.object({ accessToken: z.string(), refreshToken: z.string() });

export function createTokenKeeper(parts: Parts): TokenKeeper {
  const { db, tokens, secretBox, clock } = parts;
  const renewing = new Map<number, Promise<string>>();
  const stopping = new AbortController();

  const seal = (accessToken: string, refreshToken: string) =>
    secretBox.seal(JSON.stringify({ accessToken, refreshToken }));

  function read(accountId: number) {
    const row = tokens.find(accountId);
    if (!row) throw new AppError('denied', { details: { reason: 'sign-in-expired' } });
    return { row, ...sealedTokens.parse(JSON.parse(secretBox.open(row.sealed))) };
  }

  async function renew(accountId: number): Promise<string> {
    const { row, refreshToken } = read(accountId);
    const { clientId, secret, tenant } = parts.clients.require(row.provider);
    const { token: url } = parts.endpoints(row.provider, tenant);
    const form = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      ...(secret === undefined ? {} : { client_secret: secret }),
    };
    const fresh = await askTokens(clock, { url, form }, stopping.signal);
    const next = fresh.refreshToken ?? refreshToken;
    db.transact((revision) => {
      // Signed in anew while the old grant was being renewed: the person's is the newer one.
      if (tokens.find(accountId)?.sealed !== row.sealed) return;
      tokens.save({ ...row, sealed: seal(fresh.accessToken, next), expiresAt: fresh.expiresAt, revision });
    });
    return fresh.accessToken;
  }

  return {
    async accessToken(accountId, refused) {
      const { row, accessToken } = read(accountId);
      const lasts = row.expiresAt - earlyMs > clock.now();
      if (lasts && accessToken !== refused) return accessToken;
      // Inbox, Sent and the outbox ask at the same moment; a provider that rotates tokens would void the first two.
      const running = renewing.get(accountId) ?? renew(accountId).finally(() => renewing.delete(accountId));
      renewing.set(accountId, running);
      return running;
    },
    keep(accountId, { provider, tokens: granted }, revision) {
      const { refreshToken } = granted;
      if (refreshToken === undefined)
        throw new AppError('denied', { details: { reason: 'no-lasting-access' } });
      const sealed = seal(granted.accessToken, refreshToken);
      tokens.save({ accountId, provider, sealed, expiresAt: granted.expiresAt, revision });
    },
    forget: (accountId) => tokens.remove(accountId),
    stop: () => stopping.abort(new AppError('cancelled')),
  };
}

import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import { toAppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { httpCall } from '../../http-call.ts';
import type { RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { fieldOf, httpRefusal, nothingSent, wordsOf } from '../http-refusal.ts';

export type ServiceAccount = {
  readonly projectId: string;
  readonly clientEmail: string;
  readonly tokenUri: string;
  readonly key: KeyObject;
};

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const lifeSeconds = 3600;
/** A token that ends while the message is on its way is refused: a fresh one is got before. */
const marginMs = 60_000;

/** Throws `route-not-set-up` when it is not the JSON of a service account. */
export function readServiceAccount(json: string): ServiceAccount {
  try {
    const account: unknown = JSON.parse(json);
    const text = (name: string): string => {
      const value = fieldOf(account, name);
      if (typeof value !== 'string' || value === '') throw new Error(`No ${name}`);
      return value;
    };
    return {
      projectId: text('project_id'),
      clientEmail: text('client_email'),
      tokenUri: text('token_uri'),
      key: createPrivateKey(text('private_key')),
    };
  } catch {
    // The reason is not passed on: it may quote the key.
    throw routeError('route-not-set-up', { certainty: 'not-sent', raw: 'service account' });
  }
}

export type GoogleToken = {
  /** The one at hand while it lives; `refused` is one that the service would not take. */
  get(signal: AbortSignal, refused?: string): Promise<string>;
};

/** Signs itself in with the key of the service account (RFC 7523), and keeps what it gets. */
export function createGoogleToken(clock: Clock, config: RouteConfig): GoogleToken {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return {
    async get(signal, refused) {
      if (kept && kept.token !== refused && clock.now() < kept.until) return kept.token;
      kept = await fetchToken(clock, config, signal);
      return kept.token;
    },
  };
}

async function fetchToken(clock: Clock, config: RouteConfig, signal: AbortSignal) {
  const account = readServiceAccount(config.fields['serviceAccount'] ?? '');
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertion(account, Math.floor(clock.now() / 1000)),
  });
  try {
    const answer = await httpCall({
      clock,
      method: 'POST',
      url: account.tokenUri,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: config.timeoutMs,
      proxy: config.proxy,
      signal,
    });
    // 400 with `invalid_grant` is a key that was revoked, or a clock that is wrong.
    if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
      throw routeError('route-login-refused', { certainty: 'not-sent', raw: answer.text });
    }
    if (answer.status !== 200) throw httpRefusal(answer, clock.now());
    const said = answer.json();
    const token = wordsOf(fieldOf(said, 'access_token'));
    if (token === '')
      throw routeError('route-answer-unreadable', { certainty: 'not-sent', raw: answer.text });
    const lifeMs = Number(fieldOf(said, 'expires_in')) * 1000 || lifeSeconds * 1000;
    return { token, until: clock.now() + lifeMs - marginMs };
  } catch (thrown) {
    throw nothingSent(toAppError(thrown));
  }
}

function assertion({ clientEmail, tokenUri, key }: ServiceAccount, seconds: number): string {
  const claims = { iss: clientEmail, scope, aud: tokenUri, iat: seconds, exp: seconds + lifeSeconds };
  const head = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`;
}

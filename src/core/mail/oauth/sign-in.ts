import { createHash } from 'node:crypto';
import type { OauthProvider, SignInView } from '../../../shared/contract/oauth.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { Opener } from '../../platform/capabilities.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { listenOnLoopback } from './loopback-listener.ts';
import type { OauthClients } from './oauth-clients.ts';
import { type EndpointsOf, providers } from './providers.ts';
import { askDeviceCode, askTokens, type DeviceCode } from './token-client.ts';
import type { Grant } from './token-keeper.ts';

export type BeginSignIn = {
  readonly provider: OauthProvider;
  readonly flow: SignInView['flow'];
  readonly address: string;
  /** A mailbox there is: called as soon as the person has signed in. */
  readonly onGrant: ((grant: Grant) => void) | undefined;
};

export type SignIns = {
  /** Throws `denied` (reason `oauth-client-missing`), `invalid-input` (reason `no-device-code`), or as `askDeviceCode`. */
  begin(input: BeginSignIn): Promise<SignInView>;
  state(id: string): SignInView | undefined;
  cancel(id: string): void;
  /** What a finished signing in brought, once. Throws `conflict` (reason `sign-in-unfinished`). */
  take(id: string): Grant;
  /** The same without taking it: for trying the mailbox before it is saved. */
  peek(id: string): Grant;
  stop(): void;
};

type Parts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly opener: Opener;
  readonly clients: OauthClients;
  readonly endpoints: EndpointsOf;
};

type Running = {
  view: SignInView;
  grant: Grant | undefined;
  readonly onGrant: BeginSignIn['onGrant'];
  readonly ending: AbortController;
};

const browserMs = 10 * 60_000;
/** RFC 8628 3.5: each `slow_down` adds five seconds for good. */
const slowerMs = 5000;
/** Nobody signs in to more mailboxes at once; an older one is given up. */
const mostAtOnce = 4;
const words =
  'Вход выполнен. Вернитесь в Пульт, эту вкладку можно закрыть. · Signed in. Go back to Pult; this tab may be closed.';

export function createSignIns(parts: Parts): SignIns {
  const { clock, random, log } = parts;
  const running = new Map<string, Running>();

  function start(view: SignInView, onGrant: BeginSignIn['onGrant']): Running {
    for (const [id] of [...running].slice(0, Math.max(0, running.size - mostAtOnce + 1))) cancel(id);
    const one: Running = { view, grant: undefined, onGrant, ending: new AbortController() };
    running.set(view.id, one);
    return one;
  }

  function cancel(id: string): void {
    running.get(id)?.ending.abort(new AppError('cancelled'));
    running.delete(id);
  }

  /** Follows one signing in to its end; what came too late for anybody is dropped. */
  async function follow(one: Running, ask: (signal: AbortSignal) => Promise<Grant>): Promise<void> {
    const { signal } = one.ending;
    try {
      const grant = await ask(signal);
      if (signal.aborted) return;
      one.onGrant?.(grant);
      one.grant = one.onGrant ? undefined : grant;
      one.view = { ...one.view, state: 'done' };
    } catch (thrown) {
      if (signal.aborted) return;
      const { reason, code } = toAppError(thrown);
      log.info({ reason, provider: one.view.provider }, 'oauth.sign-in-failed');
      one.view = { ...one.view, state: 'failed', reason: reason ?? code };
    }
  }

  async function inBrowser({ provider, address, onGrant }: BeginSignIn): Promise<SignInView> {
    const { clientId, secret, tenant } = parts.clients.require(provider);
    const { authorize, token } = parts.endpoints(provider, tenant);
    const state = token64(random.bytes(32));
    const verifier = token64(random.bytes(48));
    const listener = await listenOnLoopback(state, words);
    const redirect = `http://${providers[provider].redirectHost}:${listener.port}/`;
    const url = new URL(authorize);
    const query = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirect,
      scope: providers[provider].scope,
      state,
      code_challenge: token64(createHash('sha256').update(verifier).digest()),
      code_challenge_method: 'S256',
      ...providers[provider].extra,
      ...(address === '' ? {} : { login_hint: address }),
    };
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const expiresAt = clock.now() + browserMs;
    const id = token64(random.bytes(16));
    const view: SignInView = {
      id,
      provider,
      flow: 'browser',
      state: 'waiting',
      url: url.href,
      userCode: null,
      expiresAt,
      reason: null,
    };
    const one = start(view, onGrant);
    void follow(one, async (signal) => {
      try {
        const code = await Promise.race([listener.code, expired(clock, expiresAt, signal)]);
        const form = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirect,
          client_id: clientId,
          code_verifier: verifier,
          ...(secret === undefined ? {} : { client_secret: secret }),
        };
        return { provider, tokens: await askTokens(clock, { url: token, form }, signal) };
      } finally {
        listener.close();
      }
    });
    // Where no browser opens by itself the address is on the screen.
    await parts.opener.external(url.href).catch((failure: unknown) => {
      log.info({ error: toAppError(failure).code }, 'oauth.browser-not-opened');
    });
    return one.view;
  }

  async function byCode({ provider, onGrant }: BeginSignIn): Promise<SignInView> {
    const { clientId, secret, tenant } = parts.clients.require(provider);
    const { device, token } = parts.endpoints(provider, tenant);
    if (device === undefined) throw new AppError('invalid-input', { details: { reason: 'no-device-code' } });
    const asking = new AbortController();
    const form = { client_id: clientId, scope: providers[provider].scope };
    const code = await askDeviceCode(clock, { url: device, form }, asking.signal);
    const view: SignInView = {
      id: token64(random.bytes(16)),
      provider,
      flow: 'code',
      state: 'waiting',
      url: code.url,
      userCode: code.userCode,
      expiresAt: code.expiresAt,
      reason: null,
    };
    const one = start(view, onGrant);
    const asked = {
      url: token,
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: code.deviceCode,
        client_id: clientId,
        ...(secret === undefined ? {} : { client_secret: secret }),
      },
    };
    void follow(one, async (signal) => ({ provider, tokens: await pollDevice(clock, code, asked, signal) }));
    return one.view;
  }

  function finished(id: string): Grant {
    const grant = running.get(id)?.grant;
    if (!grant) throw new AppError('conflict', { details: { reason: 'sign-in-unfinished' } });
    return grant;
  }

  return {
    begin: (input) => (input.flow === 'browser' ? inBrowser(input) : byCode(input)),
    state: (id) => running.get(id)?.view,
    cancel,
    take(id) {
      const grant = finished(id);
      running.delete(id);
      return grant;
    },
    peek: finished,
    stop() {
      for (const id of running.keys()) cancel(id);
    },
  };
}

/** Asks as often as the provider allows until the person has entered the code or it has run out. */
async function pollDevice(
  clock: Clock,
  { expiresAt, intervalMs }: DeviceCode,
  asked: Parameters<typeof askTokens>[1],
  signal: AbortSignal,
) {
  let waitMs = intervalMs;
  for (;;) {
    await clock.sleep(waitMs, signal);
    if (clock.now() >= expiresAt) throw new AppError('denied', { details: { reason: 'code-expired' } });
    try {
      return await askTokens(clock, asked, signal);
    } catch (thrown) {
      const { reason, code } = toAppError(thrown);
      // A line that was down for a moment must not cost the person the code.
      if (code !== 'unavailable' && code !== 'timeout') throw thrown;
      if (reason === 'slow-down') waitMs += slowerMs;
    }
  }
}

async function expired(clock: Clock, at: number, signal: AbortSignal): Promise<never> {
  await clock.sleep(Math.max(0, at - clock.now()), signal);
  throw new AppError('denied', { details: { reason: 'code-expired' } });
}

function token64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EndpointsOf } from '../../src/core/mail/oauth/providers.ts';

export type FakeOauth = {
  readonly endpoints: EndpointsOf;
  /** What a mail server asks: whose token it is, or undefined. */
  userOf(accessToken: string): string | undefined;
  /** As a person at the provider's page: follows the address, says yes or no; where the browser ends up. */
  visit(url: string, answer?: 'yes' | 'no'): Promise<Response>;
  /** As a person who types the code of a device. */
  enterCode(userCode: string, answer?: 'yes' | 'no'): void;
  /** The person takes the permission back: no refresh token works any more. */
  revokeGrants(): void;
  /** Access tokens stop working before their time; they can be renewed. */
  revokeTokens(): void;
  /** The next so many polls of a device are told to slow down. */
  slowDown(times: number): void;
  /** Answers 503 until told otherwise. */
  setBusy(busy: boolean): void;
  /** What came to the token endpoint, newest last. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  readonly secret: string;
  /** Where a mail server asks whose token it is. */
  readonly introspection: string;
  stop(): Promise<void>;
};

const user = 'desk@towers.example';
const clientId = 'pult-test';
const secret = 'client-secret';
const scope = /mail\.google\.com|IMAP\.AccessAsUser/;

type Code = { readonly challenge: string; readonly redirect: string };
type Device = { readonly userCode: string; answer: 'yes' | 'no' | undefined };

/** A provider that checks what a strict one does: client, scope, redirect, PKCE, single use of codes and rotated tokens. */
export async function startFakeOauth({
  expiresIn = 3600,
  codeLifeSeconds = 900,
}: { readonly expiresIn?: number; readonly codeLifeSeconds?: number } = {}): Promise<FakeOauth> {
  const codes = new Map<string, Code>();
  const devices = new Map<string, Device>();
  const access = new Map<string, string>();
  const refresh = new Set<string>();
  const asked: Record<string, string>[] = [];
  let slow = 0;
  let isBusy = false;

  const token = () => randomBytes(16).toString('hex');
  function grant() {
    const accessToken = token();
    const refreshToken = token();
    access.set(accessToken, user);
    refresh.add(refreshToken);
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresIn,
      token_type: 'Bearer',
    };
  }

  function authorize(params: URLSearchParams): { status: number; location?: string } {
    const redirect = params.get('redirect_uri') ?? '';
    const isLoopback = /^http:\/\/(127\.0\.0\.1|localhost):\d+\/$/.test(redirect);
    const isRight =
      params.get('client_id') === clientId &&
      params.get('response_type') === 'code' &&
      params.get('code_challenge_method') === 'S256' &&
      (params.get('code_challenge') ?? '').length === 43 &&
      (params.get('state') ?? '').length >= 16 &&
      scope.test(params.get('scope') ?? '');
    if (!isLoopback || !isRight) return { status: 400 };
    const back = new URL(redirect);
    back.searchParams.set('state', params.get('state') ?? '');
    if (params.get('answer') === 'no') back.searchParams.set('error', 'access_denied');
    else {
      const code = token();
      codes.set(code, { challenge: params.get('code_challenge') ?? '', redirect });
      back.searchParams.set('code', code);
    }
    return { status: 302, location: back.href };
  }

  function exchange(form: Record<string, string>): object {
    const code = codes.get(form['code'] ?? '');
    codes.delete(form['code'] ?? '');
    const challenge = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url');
    const isRight = code?.challenge === challenge && code.redirect === form['redirect_uri'];
    return isRight ? grant() : { error: 'invalid_grant' };
  }

  function renew(form: Record<string, string>): object {
    const used = form['refresh_token'] ?? '';
    // Rotated: a refresh token works once.
    return refresh.delete(used)
      ? grant()
      : { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
  }

  function poll(form: Record<string, string>): object {
    const device = devices.get(form['device_code'] ?? '');
    if (!device) return { error: 'expired_token' };
    if (slow > 0) {
      slow -= 1;
      return { error: 'slow_down' };
    }
    if (device.answer === undefined) return { error: 'authorization_pending' };
    devices.delete(form['device_code'] ?? '');
    return device.answer === 'yes' ? grant() : { error: 'authorization_declined' };
  }

  function tokenAnswer(form: Record<string, string>): object {
    asked.push(form);
    const kind = form['grant_type'] ?? '';
    const isPublic = kind.endsWith('device_code');
    if (form['client_id'] !== clientId || (!isPublic && form['client_secret'] !== secret)) {
      return { error: 'invalid_client', error_description: 'The OAuth client was not found.' };
    }
    if (kind === 'authorization_code') return exchange(form);
    if (kind === 'refresh_token') return renew(form);
    return isPublic ? poll(form) : { error: 'unsupported_grant_type' };
  }

  function deviceAnswer(form: Record<string, string>): object {
    if (form['client_id'] !== clientId || !scope.test(form['scope'] ?? ''))
      return { error: 'invalid_client' };
    const deviceCode = token();
    const userCode = token().slice(0, 8).toUpperCase();
    devices.set(deviceCode, { userCode, answer: undefined });
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${base()}/device`,
      expires_in: codeLifeSeconds,
      interval: 1,
    };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://provider.example');
    if (isBusy) {
      response.writeHead(503).end('busy');
      return;
    }
    if (url.pathname === '/authorize') {
      const { status, location } = authorize(url.searchParams);
      response.writeHead(status, location === undefined ? {} : { location }).end();
      return;
    }
    // As a mail server asks (RFC 7662, in the shape Dovecot reads).
    if (url.pathname === '/introspect') {
      const bearer = request.headers.authorization?.replace(/^Bearer /i, '') ?? '';
      const owner = access.get(bearer);
      response
        .writeHead(owner === undefined ? 401 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(owner === undefined ? { active: false } : { active: true, email: owner }));
      return;
    }
    const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const answer = url.pathname === '/token' ? tokenAnswer(form) : deviceAnswer(form);
    const status = 'error' in answer ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base = () => `http://127.0.0.1:${port}`;

  return {
    endpoints: () => ({
      authorize: `${base()}/authorize`,
      token: `${base()}/token`,
      device: `${base()}/devicecode`,
    }),
    userOf: (accessToken) => access.get(accessToken),
    async visit(url, answer = 'yes') {
      const asking = new URL(url);
      asking.searchParams.set('answer', answer);
      const sent = await fetch(asking, { redirect: 'manual' });
      const location = sent.headers.get('location');
      return location === null ? sent : fetch(location);
    },
    enterCode(userCode, answer = 'yes') {
      for (const device of devices.values()) if (device.userCode === userCode) device.answer = answer;
    },
    revokeGrants() {
      refresh.clear();
      access.clear();
    },
    revokeTokens: () => access.clear(),
    slowDown(times) {
      slow = times;
    },
    setBusy(busy) {
      isBusy = busy;
    },
    asked,
    secret,
    introspection: `${base()}/introspect`,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

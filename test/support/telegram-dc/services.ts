import { randomBytes } from 'node:crypto';
import type { AuthKey, AuthKeys, Login } from './auth-key.ts';

export type LoginToken = {
  readonly authKey: AuthKey;
  readonly expires: number;
  acceptedBy: number | undefined;
};

export type Upload = { readonly parts: Map<number, Buffer>; readonly total: number | undefined };

/** What methods remember beside the world: tokens, half-done uploads, thresholds. */
export type Services = {
  readonly keys: AuthKeys;
  readonly ports: ReadonlyMap<number, number>;
  readonly loginTokens: Map<string, LoginToken>;
  readonly exportedLogins: Map<string, number>;
  readonly uploads: Map<string, Upload>;
  readonly api: { id: number; hash: string };
  readonly tooLong: { difference: number; channelDifference: number };
  /** False when this account used the random id before. */
  takeRandomId(account: number, randomId: string): boolean;
};

const rememberedRandomIds = 50_000;

export function createServices(keys: AuthKeys, ports: ReadonlyMap<number, number>): Services {
  const randomIds = new Set<string>();
  return {
    keys,
    ports,
    loginTokens: new Map(),
    exportedLogins: new Map(),
    uploads: new Map(),
    api: { id: 12_345, hash: '0123456789abcdef0123456789abcdef' },
    tooLong: { difference: Number.POSITIVE_INFINITY, channelDifference: Number.POSITIVE_INFINITY },
    takeRandomId(account, randomId) {
      const name = `${account}:${randomId}`;
      if (randomIds.has(name)) return false;
      randomIds.add(name);
      const [oldest] = randomIds;
      if (randomIds.size > rememberedRandomIds && oldest !== undefined) randomIds.delete(oldest);
      return true;
    },
  };
}

/** Files a secret that stands for somebody and can be used once. */
export function makeToken(): { readonly token: Buffer; readonly name: string } {
  const token = randomBytes(32);
  return { token, name: token.toString('base64url') };
}

export function signInto(login: Login, account: number, nowSeconds: number) {
  Object.assign(login, {
    account,
    passwordFor: undefined,
    challenge: undefined,
    code: undefined,
    refusal: undefined,
    signedInAt: nowSeconds,
  });
}

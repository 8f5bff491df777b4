import { randomBytes } from 'node:crypto';
import type { PasswordChallenge } from './srp.ts';

/** What somebody has shown to be who they are; a temporary key shares it with the key it is bound to. */
export type Login = {
  account: number | undefined;
  /** Code or QR was right, the two-step password is still owed. */
  passwordFor: number | undefined;
  challenge: PasswordChallenge | undefined;
  code: { readonly phone: string; readonly hash: string; via: CodeVia } | undefined;
  /** The session was ended elsewhere; every request is answered with this until somebody signs in again. */
  refusal: string | undefined;
  device: { readonly apiId: number; readonly model: string; readonly system: string; readonly app: string };
  signedInAt: number;
};

export type CodeVia = 'app' | 'sms' | 'call' | 'flashCall';

export type AuthKey = {
  readonly id: bigint;
  readonly key: Buffer;
  readonly dcId: number;
  /** A temporary key may do nothing until it is bound to a permanent one. */
  readonly temporary: boolean;
  bound: boolean;
  salt: bigint;
  layer: number | undefined;
  login: Login;
};

export type AuthKeys = {
  add(key: AuthKey): void;
  find(dcId: number, id: bigint): AuthKey | undefined;
  all(): readonly AuthKey[];
  forget(): void;
  rotateSalts(): void;
};

export function createAuthKeys(): AuthKeys {
  const keys = new Map<string, AuthKey>();
  const nameOf = (dcId: number, id: bigint) => `${dcId}:${id}`;
  return {
    add: (key) => void keys.set(nameOf(key.dcId, key.id), key),
    find: (dcId, id) => keys.get(nameOf(dcId, id)),
    all: () => [...keys.values()],
    forget() {
      // Who is connected with such a key is nobody from now on.
      for (const key of keys.values()) key.login = createLogin();
      keys.clear();
    },
    rotateSalts() {
      for (const key of keys.values()) key.salt = randomBytes(8).readBigInt64LE();
    },
  };
}

export function createLogin(): Login {
  return {
    account: undefined,
    passwordFor: undefined,
    challenge: undefined,
    code: undefined,
    refusal: undefined,
    device: { apiId: 0, model: '', system: '', app: '' },
    signedInAt: 0,
  };
}

import type { LoginAttempt, SignInState, TelegramAccount } from '../../shared/contract/telegram.ts';
import type { ApiKey } from './telegram-port.ts';

/** What the page asks about signing in and accounts; chats are another matter. */
export type TelegramDesk = {
  apiId(): number | null;
  accounts(): TelegramAccount[];
  /**
   * Asks Telegram whether it knows the key. Throws `api-refused`, or what is the matter with the network unless `force`
   * keeps the key all the same.
   */
  saveApi(key: ApiKey, force: boolean, actor: number): Promise<void>;
  readonly signIn: TelegramSignIn;
  /** False when Telegram could not be told; the session is forgotten here all the same. */
  logOut(accountId: number, actor: number): Promise<boolean>;
  /** Forgets the session without asking the network. */
  reset(accountId: number, actor: number): Promise<void>;
  /** Throws `conflict` (reason `account-signed-in`) while it is. */
  remove(accountId: number, actor: number): void;
  session(accountId: number): Promise<SessionInfo>;
  attempts(): LoginAttempt[];
};

/** The one sign-in of this desk. Every failure carries a reason of `telegramTroubles`. */
export type TelegramSignIn = {
  /** The state at once and at every change, until the signal aborts. */
  states(signal: AbortSignal): AsyncIterable<SignInState>;
  /** Resolves when it has begun. Throws `sign-in-busy`, `api-missing`, `sign-in-limit`. */
  beginQr(actor: number): Promise<void>;
  beginPhone(phone: string, actor: number): Promise<void>;
  /** These three resolve when Telegram has answered; what it answered stands in the state. */
  resendCode(actor: number): Promise<void>;
  submitCode(code: string, actor: number): Promise<void>;
  submitPassword(password: string, actor: number): Promise<void>;
  /** Harmless when nothing is under way. */
  cancel(): Promise<void>;
};

export type SessionInfo = {
  userId: string;
  name: string;
  username: string | null;
  about: string | null;
  phoneMask: string;
  signedInAt: number;
  lastUpdateAt: number | null;
  device: string;
  secretStore: 'system' | 'keyring' | 'file' | 'memory';
  engine: string;
};

/** How an account's connection is, as its engine knows; of no account that is signed out. */
export type LiveState = {
  readonly state: 'starting' | 'ready' | 'reconnecting';
  /** One of `telegramTroubles`, or null. */
  readonly reason: string | null;
  readonly pauses: readonly { readonly method: string; readonly until: number }[];
  readonly lastUpdateAt: number | null;
};

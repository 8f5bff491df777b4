import type { AccountStore } from '../db/account-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { LoginLimits } from './mail-timing.ts';

export type Login = {
  /** A letter came, or it lived long enough: it does not count as useless. */
  useful(): void;
  /** The connection failed before the server was asked to let anybody in. */
  neverHappened(): void;
};

export type LoginBudget = {
  /** Epoch milliseconds from which a login is allowed; not after now means at once. */
  allowedAt(role: 'inbox' | 'sent'): number;
  /** Written before the attempt: a crash in a loop must not log in for free. */
  begin(): Login;
};

type Parts = {
  readonly accountId: number;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly limits: LoginLimits;
};

export function createLoginBudget({ accountId, accounts, clock, limits }: Parts): LoginBudget {
  return {
    allowedAt(role) {
      const now = clock.now();
      const { all, useless } = accounts.loginsSince(accountId, now - limits.window);
      // A clock set back must not turn an hour into a day.
      const past = all.filter((at) => at <= now);
      const pastUseless = useless.filter((at) => at <= now);
      const most = role === 'sent' ? limits.all - limits.reservedForInbox : limits.all;
      const spacing = limits.spacing[Math.min(pastUseless.length, limits.spacing.length - 1)] ?? 0;
      return Math.max(
        freeAt(past, most, limits.window),
        freeAt(pastUseless, limits.useless, limits.window),
        pastUseless.length === 0 ? 0 : (past.at(-1) ?? 0) + spacing,
      );
    },
    begin() {
      const now = clock.now();
      accounts.deleteLoginsBefore(accountId, now - limits.window);
      const id = accounts.insertLogin(accountId, now);
      return {
        useful: () => accounts.markLoginUseful(id),
        neverHappened: () => accounts.deleteLogin(id),
      };
    },
  };
}

/** When the window holds fewer than `most` of these ascending times. */
function freeAt(times: readonly number[], most: number, window: number): number {
  const blocking = times.at(-most);
  return times.length < most || blocking === undefined ? 0 : blocking + window;
}

import type { LoginAttempt } from '../../shared/contract/telegram.ts';
import type { Db } from '../db/open.ts';
import type { TelegramStore } from '../db/telegram-store.ts';
import type { Clock } from '../platform/clock.ts';

type Kind = LoginAttempt['kind'];

export type OpenAttempt = {
  /** `ok`, or what the person is told; the first word counts. */
  settle(result: string): void;
};

export type LoginAttempts = {
  /** Written before the try as `cancelled`: a crash in a loop must not try for free. */
  begin(kind: Kind, actor: number | null): OpenAttempt;
  /** Epoch milliseconds from which a sign-in may begin; not after now means at once. */
  beginFrom(): number;
  /** From which a code or a password may be tried. */
  guessFrom(): number;
  /** Newest first; without those still open. */
  list(): LoginAttempt[];
};

type Parts = { readonly db: Db; readonly store: TelegramStore; readonly clock: Clock };

type Limit = { readonly most: number; readonly windowMs: number };

/** Telegram asks a number that signs in more often than people do to wait for a day. */
const beginnings: Limit = { most: 5, windowMs: 600_000 };
const misses: Limit = { most: 5, windowMs: 3_600_000 };
/** Anything else says nothing about whether the guess was right. */
const missed: ReadonlySet<string> = new Set(['code-wrong', 'password-wrong', 'cancelled']);
const mostShown = 200;

export function createLoginAttempts({ db, store, clock }: Parts): LoginAttempts {
  const open = new Set<number>();

  function freeFrom({ most, windowMs }: Limit, counts: (attempt: LoginAttempt) => boolean): number {
    const now = clock.now();
    // A clock set back must not turn an hour into a day.
    const times = store
      .attemptsSince(now - windowMs)
      .filter((attempt) => attempt.at <= now && counts(attempt))
      .map(({ at }) => at);
    const blocking = times.at(-most);
    return times.length < most || blocking === undefined ? 0 : blocking + windowMs;
  }

  const guessFrom = () =>
    freeFrom(
      misses,
      ({ id, kind, result }) =>
        (kind === 'code' || kind === 'password') && missed.has(result) && !open.has(id),
    );

  return {
    begin(kind, actor) {
      const id = db.transact(() => {
        db.touch('telegram');
        return store.insertAttempt({ at: clock.now(), kind, result: 'cancelled', actorId: actor });
      });
      open.add(id);
      return {
        settle(result) {
          if (!open.delete(id)) return;
          db.transact(() => {
            store.settleAttempt(id, result);
            db.touch('telegram');
          });
        },
      };
    },
    beginFrom: () =>
      Math.max(
        guessFrom(),
        freeFrom(beginnings, ({ kind }) => kind === 'qr' || kind === 'phone'),
      ),
    guessFrom,
    list: () => store.newestAttempts(mostShown).filter(({ id }) => !open.has(id)),
  };
}

import type { LoginAttempt, SignInState, TelegramAccount } from '../../src/shared/contract/telegram.ts';
import { AppError } from '../../src/shared/errors.ts';

/** An account that is well; only what a test is about is spelled. */
export function makeTelegramAccount(part: Partial<TelegramAccount> = {}): TelegramAccount {
  return {
    id: 1,
    name: 'Смена АВР',
    username: 'avr_shift',
    phoneMask: '+7 ••• •••-••-12',
    state: 'ready',
    reason: null,
    signedInAt: Date.now() - 3_600_000,
    pauses: [],
    ...part,
  };
}

export type FakeTelegram = {
  readonly answers: Readonly<Record<string, (input: never, tell: (event: unknown) => void) => unknown>>;
  /** Every call of a person, as its name and what was given. */
  readonly asked: readonly (readonly [string, unknown])[];
  /** As core's stream would say it, to every page that listens. */
  say(state: SignInState): void;
  /** From now on this call fails so; null makes it work again. */
  fail(name: string, error: AppError | null): void;
};

/** Core's side of signing in, played by the test: it decides when a step comes. */
export function createFakeTelegram({
  apiId = 1_234_567,
  accounts = [],
  attempts = [],
  demo = false,
  state = { step: 'idle', waitUntil: null },
}: {
  readonly apiId?: number | null;
  readonly accounts?: readonly TelegramAccount[];
  readonly attempts?: readonly LoginAttempt[];
  readonly demo?: boolean;
  readonly state?: SignInState;
} = {}): FakeTelegram {
  const asked: (readonly [string, unknown])[] = [];
  const ears: ((event: unknown) => void)[] = [];
  const failing = new Map<string, AppError>();
  const take = (name: string, value: unknown) => (input: unknown) => {
    asked.push([name, input]);
    const error = failing.get(name);
    if (error) throw error;
    return value;
  };
  let now = state;
  const tasks = [
    'saveApi',
    'beginQr',
    'beginPhone',
    'resendCode',
    'submitCode',
    'submitPassword',
    'cancelSignIn',
    'reset',
    'remove',
    'demoScan',
  ];
  return {
    asked,
    answers: {
      ...Object.fromEntries(tasks.map((name) => [`telegram.${name}`, take(name, {})])),
      'telegram.logOut': take('logOut', { ended: false }),
      'telegram.overview': () => ({ apiId, accounts, demo }),
      'telegram.attempts': () => ({ attempts }),
      'telegram.session': () => ({
        userId: '5000000012',
        name: 'Смена АВР',
        username: 'avr_shift',
        about: 'Дежурный диспетчер',
        phoneMask: '+7 ••• •••-••-12',
        signedInAt: Date.now() - 3_600_000,
        lastUpdateAt: Date.now() - 4000,
        device: 'Pult, Linux',
        secretStore: 'file',
        engine: 'GramJS 2.26.22',
      }),
      'telegram.signIn': (_input: never, tell) => {
        ears.push(tell);
        tell(now);
      },
    },
    say(next) {
      now = next;
      for (const tell of ears) tell(next);
    },
    fail(name, error) {
      if (error) failing.set(name, error);
      else failing.delete(name);
    },
  };
}

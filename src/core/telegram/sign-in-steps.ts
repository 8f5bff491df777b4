import type { SignInState } from '../../shared/contract/telegram.ts';
import { toAppError } from '../../shared/errors.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { isPassing, type SignInLink, untilAborted } from './sign-in-link.ts';
import { maskPhone } from './phone-mask.ts';
import { telegramError } from './telegram-error.ts';
import type { CodeKey, CodeSent, Self, SignInAnswer } from './telegram-port.ts';

export type SignInSteps = {
  resendCode(actor: number): Promise<void>;
  submitCode(code: string, actor: number): Promise<void>;
  submitPassword(password: string, actor: number): Promise<void>;
};

type Parts = Pick<SignInParts, 'clock' | 'attempts'> & {
  readonly link: SignInLink;
  readonly phone: string;
  readonly signal: AbortSignal;
  readonly show: (state: SignInState) => void;
  readonly shown: () => SignInState;
  /** Settled with whoever is signed in, or with what ends the sign-in. */
  readonly entered: PromiseWithResolvers<Self>;
  readonly onActivity: () => void;
};

type CodeState = Extract<SignInState, { readonly step: 'code' }>;
type PasswordState = Extract<SignInState, { readonly step: 'password' }>;
type GuessState = CodeState | PasswordState;

/** Each asking may send a code to the phone. */
const mostCodeRequests = 3;

/** After these the person may go on; everything else ends the sign-in. */
const mendable: ReadonlySet<string> = new Set([
  'code-wrong',
  'code-expired',
  'code-undeliverable',
  'password-wrong',
  'flood-wait',
  'phone-flood',
  'network-unreachable',
  'timeout',
  'server-trouble',
  'unexpected-answer',
]);

/** Code and password: what a person types, and what Telegram says to it. */
export function createSignInSteps(parts: Parts) {
  const { clock, attempts, link, phone, signal, show, shown, entered, onActivity } = parts;
  const { connection } = link;
  let sent: CodeKey | undefined;
  let isExpired = false;
  let isActing = false;

  function showCode({ hash, via, length, nextVia, resendAfterMs }: CodeSent): void {
    sent = { phone, hash };
    isExpired = false;
    const resendAt = nextVia === null || resendAfterMs === null ? null : clock.now() + resendAfterMs;
    const blank = { error: null, waitUntil: null };
    show({ step: 'code', phoneMask: maskPhone(phone), via, length, nextVia, resendAt, ...blank });
  }

  async function enter(answer: SignInAnswer): Promise<void> {
    if (answer.step === 'signed-in') {
      entered.resolve(answer.self);
      return;
    }
    const hint = await link.persist(() => connection.passwordHint());
    show({ step: 'password', hint, error: null, waitUntil: null });
  }

  /** The state of the step asked for; throws when the desk stands elsewhere, or something is asked already. */
  function requireStep<S extends GuessState['step']>(step: S): Extract<GuessState, { readonly step: S }> {
    const state = shown();
    if (state.step !== step || signal.aborted) throw telegramError('no-sign-in');
    if (isActing) throw telegramError('sign-in-busy');
    return state as Extract<GuessState, { readonly step: S }>;
  }

  async function act(work: () => Promise<void>): Promise<void> {
    isActing = true;
    onActivity();
    try {
      await work();
    } catch (failure) {
      if (signal.aborted) throw telegramError('no-sign-in', { cause: failure });
      tell(failure);
    } finally {
      isActing = false;
    }
  }

  function tell(failure: unknown): void {
    const { reason = 'unexpected-answer', retryAfterMs } = toAppError(failure);
    const state = shown();
    if (!mendable.has(reason) || (state.step !== 'code' && state.step !== 'password')) {
      entered.reject(failure);
      return;
    }
    const guessFrom = attempts.guessFrom();
    if (guessFrom > clock.now()) {
      show({ ...state, error: 'sign-in-limit', waitUntil: guessFrom });
      return;
    }
    const waitUntil = retryAfterMs === undefined ? null : clock.now() + retryAfterMs;
    if (reason !== 'code-expired' || state.step !== 'code') {
      show({ ...state, error: reason, waitUntil });
      return;
    }
    isExpired = true;
    // The old way is open again: what is asked for now is a new code.
    show({ ...state, nextVia: state.nextVia ?? state.via, resendAt: null, error: reason, waitUntil });
  }

  function refuseWaiting(state: GuessState): void {
    const guessFrom = attempts.guessFrom();
    const now = clock.now();
    if (guessFrom > now) {
      show({ ...state, error: 'sign-in-limit', waitUntil: guessFrom });
      throw telegramError('sign-in-limit', { retryAfterMs: guessFrom - now });
    }
    if (state.waitUntil !== null && state.waitUntil > now) {
      throw telegramError('flood-wait', { retryAfterMs: state.waitUntil - now });
    }
  }

  async function guess(kind: GuessState['step'], actor: number, ask: () => Promise<SignInAnswer>) {
    refuseWaiting(requireStep(kind));
    await act(async () => {
      const attempt = attempts.begin(kind, actor);
      const answer = await untilAborted(ask(), signal).catch(async (failure: unknown) => {
        attempt.settle(signal.aborted ? 'cancelled' : (toAppError(failure).reason ?? 'unexpected-answer'));
        return answerLost(failure);
      });
      attempt.settle('ok');
      await enter(answer);
    });
  }

  /** Telegram may have let us in and only its answer may be lost. */
  async function answerLost(failure: unknown): Promise<SignInAnswer> {
    if (signal.aborted || !isPassing(failure)) throw failure;
    return connection.self().then(
      (self) => ({ step: 'signed-in', self }) as const,
      () => {
        throw failure;
      },
    );
  }

  const steps: SignInSteps = {
    async resendCode(actor) {
      const { nextVia, resendAt, waitUntil } = requireStep('code');
      if (nextVia === null) throw telegramError('code-undeliverable');
      const waitMs = Math.max(resendAt ?? 0, waitUntil ?? 0) - clock.now();
      if (waitMs > 0) throw telegramError('flood-wait', { retryAfterMs: waitMs });
      await act(async () => {
        const attempt = attempts.begin('resend', actor);
        const again = sent === undefined || isExpired ? undefined : sent;
        const ask = again ? connection.resendCode(again) : connection.requestCode(phone);
        try {
          showCode(await untilAborted(ask, signal));
          attempt.settle('ok');
        } catch (failure) {
          attempt.settle(signal.aborted ? 'cancelled' : (toAppError(failure).reason ?? 'unexpected-answer'));
          throw failure;
        }
      });
    },
    async submitCode(code, actor) {
      await guess('code', actor, async () => {
        if (sent === undefined) throw telegramError('code-expired');
        return connection.submitCode({ ...sent, code: code.replaceAll(/[\s-]/g, '') });
      });
    },
    submitPassword: (password, actor) => guess('password', actor, () => connection.submitPassword(password)),
  };

  return {
    steps,
    enter,
    async askCode() {
      showCode(await link.persist(() => connection.requestCode(phone), mostCodeRequests));
    },
    /** The code that is waited for, if any. */
    sent: () => sent,
    onOnline(isOnline: boolean) {
      const state = shown();
      if (state.step !== 'code' && state.step !== 'password') return;
      if (!isOnline && state.waitUntil === null) show({ ...state, error: 'network-unreachable' });
      else if (isOnline && state.error === 'network-unreachable') show({ ...state, error: null });
    },
  };
}

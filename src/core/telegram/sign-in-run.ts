import type { SignInState } from '../../shared/contract/telegram.ts';
import { toAppError } from '../../shared/errors.ts';
import type { OpenAttempt } from './login-attempts.ts';
import { openSignInLink, type SignInLink, untilAborted } from './sign-in-link.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { createSignInSteps, type SignInSteps } from './sign-in-steps.ts';
import { telegramError } from './telegram-error.ts';
import type { ApiKey, CodeKey, Self, SignInAnswer } from './telegram-port.ts';

export type SignInRun = SignInSteps & {
  /** Resolves when nothing of it is left; never rejects. */
  readonly done: Promise<void>;
  isOver(): boolean;
  /** From any step. `asked`: a person knows already and needs no state that says so. */
  end(why: 'asked' | 'abandoned'): void;
};

type Options = {
  readonly api: ApiKey;
  readonly actor: number;
  /** undefined: by QR. */
  readonly phone: string | undefined;
  readonly attempt: OpenAttempt;
  /** The file its session lies in until it is an account's. */
  readonly pending: string;
  readonly show: (state: SignInState) => void;
  readonly shown: () => SignInState;
};

/** Nobody has typed or scanned anything for so long. */
const abandonedMs = 600_000;
const refreshBeforeMs = 3000;
/** Tokens live for 30 seconds; a clock that is wrong must neither hurry nor stall the next one. */
const soonestMs = 5000;
const latestMs = 27_000;
/** How long the desk tries to leave nothing behind at Telegram. */
const leaveMs = 2000;

/** One sign-in from its first connection to its end. */
export function createSignInRun(parts: SignInParts, options: Options): SignInRun {
  const { clock, log } = parts;
  const { actor, phone, attempt, pending, shown } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const entered = Promise.withResolvers<Self>();
  let why: 'asked' | 'abandoned' | undefined;
  let isConnected = false;
  let hasToken = false;
  let activity = new AbortController();

  const show = (state: SignInState) => {
    if (signal.aborted) return;
    hasToken ||= state.step === 'qr';
    options.show(state);
  };
  const showConnecting = () => {
    if (shown().step !== 'connecting') show({ step: 'connecting', since: clock.now() });
  };
  const link = openSignInLink(parts, {
    api: options.api,
    pending,
    signal,
    onTrouble: showConnecting,
    onOnline(isOnline) {
      if (!isOnline && shown().step === 'qr') showConnecting();
      typed.onOnline(isOnline);
    },
    onEnded: (failure) => entered.reject(failure),
  });
  const typed = createSignInSteps({
    ...parts,
    link,
    phone: phone ?? '',
    signal,
    show,
    shown,
    entered,
    onActivity: () => activity.abort(),
  });

  async function walk(): Promise<void> {
    await link.connection.connect(signal);
    isConnected = true;
    link.keep();
    // Telegram may end the session under our hands, and then no further step will answer.
    await Promise.race([entered.promise, begin()]);
    const self = await untilAborted(entered.promise, signal);
    link.keep();
    const session = link.connection.session();
    const { accountId, isNew } = parts.takeUp({ self, session, actor, pending });
    if (isNew) await link.connection.close();
    else await leave(parts, link, { pending, isConnected });
    ending.abort(telegramError('no-sign-in'));
    options.show({ step: 'signed-in', accountId });
    if (isNew) parts.onSignedIn(accountId);
  }

  async function begin(): Promise<void> {
    if (phone === undefined) {
      const answer = await throughQr(link, { clock, signal, show });
      attempt.settle('ok');
      await typed.enter(answer);
    } else {
      await typed.askCode();
      attempt.settle('ok');
    }
  }

  async function run(): Promise<void> {
    try {
      await walk();
    } catch (failure) {
      const { step } = shown();
      const last = endState(failure, step);
      attempt.settle(last?.reason ?? 'cancelled');
      if (last) options.show(last);
      ending.abort(telegramError('no-sign-in'));
      log.info({ step, reason: last?.reason ?? 'asked' }, 'telegram.sign-in-ended');
      await leave(parts, link, {
        pending,
        isConnected,
        sent: typed.sent(),
        hasToken: hasToken && last?.reason !== 'flood-wait',
      });
    }
  }

  function endState(failure: unknown, step: SignInState['step']) {
    if (why === 'asked') return undefined;
    if (why === 'abandoned') return { step: 'failed', reason: abandonedAt(step), retryAt: null } as const;
    const { reason = 'unexpected-answer', retryAfterMs } = toAppError(failure);
    // What is no answer of Telegram's is a trouble of this machine, and only the log can tell.
    if (toAppError(failure).reason === undefined) log.error({ err: failure }, 'telegram.sign-in-failed');
    const retryAt = retryAfterMs === undefined ? null : clock.now() + retryAfterMs;
    return { step: 'failed', reason, retryAt } as const;
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      activity = new AbortController();
      const isOver = await clock.sleep(abandonedMs, AbortSignal.any([activity.signal, signal])).then(
        () => true,
        () => false,
      );
      if (isOver) end('abandoned');
    }
  }

  function end(how: 'asked' | 'abandoned'): void {
    if (signal.aborted) return;
    why = how;
    ending.abort(telegramError('no-sign-in'));
  }

  show({ step: 'connecting', since: clock.now() });
  // The walk hears of it when it comes to it.
  entered.promise.catch(() => undefined);
  const done = Promise.all([run(), watch()]).then(() => undefined);
  return { ...typed.steps, done, isOver: () => signal.aborted, end };
}

/** Shows tokens until one of them is scanned. */
async function throughQr(
  { connection, wake, persist }: SignInLink,
  {
    clock,
    signal,
    show,
  }: Pick<SignInParts, 'clock'> & {
    readonly signal: AbortSignal;
    readonly show: (state: SignInState) => void;
  },
): Promise<SignInAnswer> {
  for (;;) {
    const answer = await persist(() => connection.requestQr());
    if (answer.step !== 'token') return answer;
    const leftMs = answer.expiresAt - clock.now() - refreshBeforeMs;
    const waitMs = Math.min(Math.max(leftMs, soonestMs), latestMs);
    show({ step: 'qr', url: answer.url, expiresAt: clock.now() + waitMs + refreshBeforeMs });
    await wake.wait(waitMs, signal);
  }
}

function abandonedAt(step: SignInState['step']): 'network-unreachable' | 'qr-expired' | 'code-expired' {
  if (step === 'connecting') return 'network-unreachable';
  return step === 'qr' ? 'qr-expired' : 'code-expired';
}

type Leaving = {
  readonly pending: string;
  readonly isConnected: boolean;
  readonly sent?: CodeKey | undefined;
  readonly hasToken?: boolean;
};

/**
 * Leaves nothing behind at Telegram, as far as it can be reached: a session that was let in is ended, whether or not we
 * heard of it. One that could not be reached keeps its file, and the next start tries again.
 */
async function leave(
  { clock, files, log }: Pick<SignInParts, 'clock' | 'files' | 'log'>,
  { connection }: SignInLink,
  { pending, isConnected, sent, hasToken }: Leaving,
): Promise<void> {
  const limit = new AbortController();
  const end = async () => {
    if (sent) await connection.cancelCode(sent).catch(() => undefined);
    // A scan of the last moment takes effect with the next question.
    if (hasToken === true) await connection.requestQr().catch(() => undefined);
    await connection.logOut();
  };
  const ended = end().then(() => true, isNobodys);
  const isEnded = isConnected
    ? await Promise.race([
        ended,
        clock.sleep(leaveMs, limit.signal).then(
          () => false,
          () => false,
        ),
      ])
    : true;
  limit.abort();
  await connection.close();
  if (isEnded) files.remove(pending);
  else log.warn({}, 'telegram.sign-in-left-over');
}

/** There is nobody to log out. */
export function isNobodys(failure: unknown): boolean {
  const { reason = '' } = toAppError(failure);
  return ['signed-out', 'session-revoked', 'session-duplicated', 'session-broken', 'account-banned'].includes(
    reason,
  );
}

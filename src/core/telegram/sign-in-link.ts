import { toAppError } from '../../shared/errors.ts';
import { createBackoff } from '../platform/backoff.ts';
import { createWake, type Wake } from '../platform/wake.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { telegramError } from './telegram-error.ts';
import type { ApiKey, TelegramConnection } from './telegram-port.ts';

export type SignInLink = {
  readonly connection: TelegramConnection;
  /** Rung when something has become of the token, or the network is back. */
  readonly wake: Wake;
  /** Goes on through failures of the network, `tries` times at most; ends with the signal. */
  persist<T>(call: () => Promise<T>, tries?: number): Promise<T>;
  /** Seals what lets a later start end this session. */
  keep(): void;
};

type Options = {
  readonly api: ApiKey;
  readonly pending: string;
  readonly signal: AbortSignal;
  readonly onTrouble: () => void;
  readonly onOnline: (isOnline: boolean) => void;
  /** Telegram has ended the session before it was anybody's. */
  readonly onEnded: (failure: Error) => void;
};

type Parts = Pick<SignInParts, 'port' | 'network' | 'clock' | 'random' | 'files'>;

const passing: ReadonlySet<string | undefined> = new Set([
  'network-unreachable',
  'timeout',
  'server-trouble',
  // A token that grew old on its way to another data centre: the next one is asked for.
  'qr-expired',
]);

/** The network's trouble or the server's, not an answer. */
export function isPassing(failure: unknown): boolean {
  return passing.has(toAppError(failure).reason);
}

/** The one connection of a sign-in. */
export function openSignInLink(parts: Parts, options: Options): SignInLink {
  const { port, network, clock, random, files } = parts;
  const { api, pending, signal, onTrouble, onOnline, onEnded } = options;
  const wake = createWake(clock);
  let isLost = false;
  let kept = '';
  const connection = port.open({
    session: undefined,
    api,
    network,
    events: {
      onUpdates({ updates }) {
        if (updates.some(({ update }) => update.kind === 'login-token')) wake.ring();
      },
      onState(state) {
        onOnline(state === 'ready');
        if (state === 'ready' && isLost) wake.ring();
        isLost = state === 'lost';
      },
      onSignedOut: (reason) => onEnded(telegramError(reason)),
      // The call that has to wait fails with the same wait.
      onPause: () => undefined,
    },
  });
  function keep(): void {
    const session = connection.session();
    if (session === kept) return;
    files.write(pending, { session, userId: '', phone: null, about: null });
    kept = session;
  }

  return {
    connection,
    wake,
    async persist(call, tries = Number.POSITIVE_INFINITY) {
      const backoff = createBackoff({ firstMs: 1000, factor: 2, maxMs: 15_000 }, random);
      for (let tried = 1; ; tried += 1) {
        try {
          const answer = await untilAborted(call(), signal);
          // In another data centre it is another session.
          keep();
          return answer;
        } catch (failure) {
          signal.throwIfAborted();
          if (!isPassing(failure) || tried >= tries) throw failure;
          onTrouble();
          await wake.wait(backoff.next(), signal);
        }
      }
    },
    keep,
  };
}

export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

import { AppError } from '../../../shared/errors.ts';
import { telegramError } from '../telegram-error.ts';
import { dropLink, later } from './twin-delivery.ts';
import type { TwinAccount, TwinFault, TwinLink, TwinState } from './twin-types.ts';

export type CallParts = { readonly state: TwinState; readonly link: TwinLink };

/**
 * One call over a connection, with everything that can happen to it on the way: closed, offline, asked too often, held
 * up, failed before the work or after it.
 */
export async function call<T>(
  { state, link }: CallParts,
  method: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const { signal } = link.closing;
  requireLive(state, link, signal);
  state.calls.push({ method, at: state.clock.now() });
  refuseFlooded(state, link, method);
  const fault = takeFault(state, method);
  if (fault && !fault.after) throw faultError(fault);
  await unlessAborted(state.holds.get(method), signal);
  requireLive(state, link, signal);
  const result = await unlessAborted(work(), signal);
  if (fault) throw faultError(fault);
  return result;
}

/** Throws `signed-out` unless somebody is signed in on this connection. */
export function requireSignedIn({ state, link }: CallParts): TwinAccount {
  const account = link.accountId === null ? undefined : state.accounts.get(link.accountId);
  if (!account) throw telegramError(state.ended.get(link.key) ?? 'signed-out');
  return account;
}

function requireLive(state: TwinState, link: TwinLink, signal: AbortSignal): void {
  signal.throwIfAborted();
  const ended = state.ended.get(link.key);
  if (ended !== undefined) {
    if (link.accountId !== null) dropLink(link, ended);
    throw telegramError(ended);
  }
  if (link.state !== 'ready') throw telegramError('network-unreachable');
}

function refuseFlooded(state: TwinState, link: TwinLink, method: string): void {
  const until = state.floods.get(method) ?? 0;
  const leftMs = until - state.clock.now();
  if (leftMs <= 0) return;
  later(link, () => link.events.onPause({ method, until }));
  throw telegramError('flood-wait', { retryAfterMs: leftMs });
}

function takeFault({ faults }: TwinState, method: string): TwinFault | undefined {
  const fault = faults.find((candidate) => candidate.method === method && candidate.times > 0);
  if (fault) fault.times -= 1;
  return fault;
}

function faultError({ reason, retryAfterMs }: TwinFault): AppError {
  return telegramError(reason, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** Listens no longer than the work takes: a connection lives through very many calls. */
export async function unlessAborted<T>(work: T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

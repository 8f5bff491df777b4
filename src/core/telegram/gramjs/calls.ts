import type { TelegramClient } from 'telegram';
import type { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import type { AppError } from '../../../shared/errors.ts';
import { telegramError } from '../telegram-error.ts';
import type { Lanes, Priority } from './lanes.ts';
import type { Pauses } from './pauses.ts';
import { cancelledBy, unlessAborted, withinTime } from './race.ts';
import { neverBegan, toTelegramError } from './telegram-errors.ts';

export type CallOptions = {
  /** Default `user`. */
  readonly priority?: Priority;
  /** Default 30 seconds from when it is sent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Asking twice is the same as asking once: trouble of the servers is then tried again. */
  readonly repeatable?: boolean;
  /** Right before the request may leave. */
  readonly onSend?: () => void;
  /** Past the library's own repeating, which swallows what the servers said: that a message was sent before is a 500. */
  readonly direct?: boolean;
};

/** Every request to Telegram goes this way: the library's own call knows no time-out, no end and no pause. */
export type Invoke = <R extends Api.AnyRequest>(
  request: R,
  options?: CallOptions,
) => Promise<R['__response']>;

/** Whom to ask, and until when an answer can come. */
export type Asked = { readonly client: TelegramClient; readonly gone: AbortSignal };

type CallParts = {
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly pauses: Pauses;
  /** Aborted with `cancelled` when the connection is closed. */
  readonly closing: AbortSignal;
  /** Throws when there is nobody to ask. */
  readonly ask: () => Asked;
  /** What the failure means for the connection as a whole. */
  readonly judge: (error: AppError) => AppError;
};

const defaultTimeoutMs = 30_000;
const retryAfterMs = [500, 2000] as const;
/** More messages than ever leave together. */
const mostBegins = 20;
const worthRetrying: ReadonlySet<string | undefined> = new Set(['server-trouble', 'timeout']);

export function createInvoke({ clock, lanes, pauses, closing, ask, judge }: CallParts): Invoke {
  const once = async <R extends Api.AnyRequest>(request: R, options: CallOptions, signal: AbortSignal) => {
    const { priority = 'user', timeoutMs = defaultTimeoutMs, onSend, direct = false } = options;
    await pauses.pass(request.className, priority, signal);
    const leave = await lanes.enter(priority, signal);
    try {
      const { client, gone } = ask();
      onSend?.();
      const answer = direct ? sendOver(client, request) : client.invoke(request);
      return await unlessAborted(withinTime(answer, timeoutMs, clock), AbortSignal.any([signal, gone]));
    } finally {
      leave();
    }
  };

  /** What Telegram has not even looked at is asked again, alone or behind fewer others. */
  const untilBegun = async <R extends Api.AnyRequest>(
    request: R,
    options: CallOptions,
    signal: AbortSignal,
  ) => {
    for (let left = mostBegins; ; left -= 1) {
      try {
        return await once(request, options, signal);
      } catch (thrown) {
        if (left <= 1 || signal.aborted || !neverBegan(thrown)) throw thrown;
      }
    }
  };

  return async (request, options = {}) => {
    const { signal, repeatable = false, priority = 'user' } = options;
    const both = signal === undefined ? closing : AbortSignal.any([closing, signal]);
    for (let attempt = 0; ; attempt += 1) {
      if (both.aborted) throw cancelledBy(both);
      try {
        return await untilBegun(request, options, both);
      } catch (thrown) {
        if (both.aborted) throw cancelledBy(both);
        const error = judge(toTelegramError(thrown));
        const isNewFlood = error.reason === 'flood-wait' && error.cause !== undefined;
        if (isNewFlood) pauses.add(request.className, error.retryAfterMs ?? 0);
        const waitMs = retryAfterMs[attempt];
        if (waitMs === undefined) throw error;
        if (isNewFlood && priority === 'background') continue;
        if (!repeatable || !worthRetrying.has(error.reason)) throw error;
        await clock.sleep(waitMs, both);
      }
    }
  };
}

function sendOver<R extends Api.AnyRequest>(client: TelegramClient, request: R): Promise<R['__response']> {
  const { _sender: sender } = client;
  if (sender === undefined) throw telegramError('network-unreachable');
  // Typed as anything at all; it is the answer of the request.
  return sender.send(request) as Promise<R['__response']>;
}

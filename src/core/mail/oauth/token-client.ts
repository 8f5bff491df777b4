import { z } from 'zod';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';

export type Tokens = {
  readonly accessToken: string;
  /** Absent when the provider goes on with the one there is. */
  readonly refreshToken: string | undefined;
  /** Epoch milliseconds by our own clock, which the provider's need not agree with. */
  readonly expiresAt: number;
};

export type DeviceCode = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly url: string;
  readonly expiresAt: number;
  readonly intervalMs: number;
};

type Asked = { readonly url: string; readonly form: Readonly<Record<string, string>> };

const longestMs = 30_000;
const longestBytes = 256 * 1024;
const secondMs = 1000;
/** A provider that says nothing about it means an hour. */
const usualSeconds = 3600;
const usualIntervalSeconds = 5;

const tokenAnswer = z.object({
  access_token: z.string().min(1).max(20_000),
  refresh_token: z.string().min(1).max(20_000).optional(),
  expires_in: z.coerce.number().positive().optional(),
  token_type: z.string().regex(/^bearer$/i),
});
const deviceAnswer = z.object({
  device_code: z.string().min(1).max(5000),
  user_code: z.string().min(1).max(60),
  verification_uri: z.url({ protocol: /^https?$/ }),
  expires_in: z.coerce.number().positive(),
  interval: z.coerce.number().positive().optional(),
});
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/** Throws `denied` where a person must act, `unavailable` or `timeout` where waiting helps; `reason` tells which. */
export async function askTokens(clock: Clock, asked: Asked, signal: AbortSignal): Promise<Tokens> {
  const answer = tokenAnswer.safeParse(await post(clock, asked, signal));
  if (!answer.success) throw new AppError('upstream', { details: { reason: 'unexpected-answer' } });
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer.data;
  return { accessToken, refreshToken, expiresAt: clock.now() + (seconds ?? usualSeconds) * secondMs };
}

export async function askDeviceCode(clock: Clock, asked: Asked, signal: AbortSignal): Promise<DeviceCode> {
  const answer = deviceAnswer.safeParse(await post(clock, asked, signal));
  if (!answer.success) throw new AppError('upstream', { details: { reason: 'unexpected-answer' } });
  const { data } = answer;
  return {
    deviceCode: data.device_code,
    userCode: data.user_code,
    url: data.verification_uri,
    expiresAt: clock.now() + data.expires_in * secondMs,
    intervalMs: (data.interval ?? usualIntervalSeconds) * secondMs,
  };
}

async function post(clock: Clock, { url, form }: Asked, signal: AbortSignal): Promise<unknown> {
  const timer = new AbortController();
  const deadline = new AbortController();
  const timeout = new AppError('timeout', { details: { reason: 'timeout' } });
  clock.sleep(longestMs, timer.signal).then(
    () => deadline.abort(timeout),
    () => undefined,
  );
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
      // The code and the secret must not go where they were not meant to.
      redirect: 'error',
      signal: AbortSignal.any([signal, deadline.signal]),
    });
    const text = await readText(response);
    if (response.ok) return JSON.parse(text) as unknown;
    throw refused(response.status, text);
  } catch (thrown) {
    if (deadline.signal.aborted) throw timeout;
    signal.throwIfAborted();
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof SyntaxError) {
      throw new AppError('upstream', { details: { reason: 'unexpected-answer' }, cause: thrown });
    }
    throw new AppError('unavailable', {
      details: { reason: 'network-unreachable' },
      cause: toAppError(thrown),
    });
  } finally {
    timer.abort();
  }
}

async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > longestBytes) throw new AppError('upstream', { details: { reason: 'unexpected-answer' } });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** RFC 6749 5.2 and RFC 8628 3.5: what each word asks of whom. */
const reasons: Readonly<Record<string, string>> = {
  invalid_grant: 'sign-in-expired',
  interaction_required: 'sign-in-expired',
  consent_required: 'sign-in-expired',
  invalid_client: 'oauth-client-refused',
  unauthorized_client: 'oauth-client-refused',
  invalid_scope: 'oauth-client-refused',
  redirect_uri_mismatch: 'oauth-client-refused',
  access_denied: 'sign-in-refused',
  authorization_declined: 'sign-in-refused',
  expired_token: 'code-expired',
  authorization_pending: 'pending',
  slow_down: 'slow-down',
};

function refused(status: number, text: string): AppError {
  const said = refusal.safeParse(parse(text));
  const reason = said.success ? reasons[said.data.error] : undefined;
  if (reason === 'pending' || reason === 'slow-down')
    return new AppError('unavailable', { details: { reason } });
  if (reason !== undefined) {
    // Microsoft explains in a sentence what an administrator has to change; Google says hardly more than the word.
    const words = (said.data?.error_description ?? '')
      .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
      .slice(0, 300);
    return new AppError('denied', { details: { reason, text: words } });
  }
  if (status === 429 || status >= 500) {
    return new AppError('unavailable', { details: { reason: 'server-busy', status } });
  }
  return new AppError('upstream', { details: { reason: 'unexpected-answer', status } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { AppError, toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';

export type SourceRequest = {
  readonly url: string;
  /** Name of the header that lets us in; '' with a secret is Authorization. */
  readonly authHeader: string;
  readonly secret: string | undefined;
  /** '' asks for everything. */
  readonly etag: string;
};

export type SourceAnswer = { readonly bytes: Uint8Array; readonly etag: string } | 'unchanged';

const longestBytes = 50 * 1024 * 1024;
const longestMs = 120_000;

/**
 * One question to a source. Throws `denied`, `unavailable`, `upstream` or `timeout` with a reason; a redirect is refused,
 * because the key must not go where it was not meant to.
 */
export async function fetchSource(
  clock: Clock,
  request: SourceRequest,
  signal: AbortSignal,
): Promise<SourceAnswer> {
  const timer = new AbortController();
  const timeout = new AppError('timeout', { details: { reason: 'source-unreachable' } });
  const deadline = new AbortController();
  clock.sleep(longestMs, timer.signal).then(
    () => deadline.abort(timeout),
    () => undefined,
  );
  try {
    const all = AbortSignal.any([signal, deadline.signal]);
    const response = await fetch(request.url, {
      headers: headersOf(request),
      redirect: 'manual',
      signal: all,
    });
    if (response.status === 304) return 'unchanged';
    refuseStatus(response);
    const bytes = await readBody(response);
    return { bytes, etag: response.headers.get('etag') ?? '' };
  } catch (thrown) {
    if (deadline.signal.aborted) throw timeout;
    signal.throwIfAborted();
    if (thrown instanceof AppError) throw thrown;
    // What fetch itself throws says nothing a person could use, and may name the address.
    throw new AppError('unavailable', {
      details: { reason: 'source-unreachable' },
      cause: toAppError(thrown),
    });
  } finally {
    timer.abort();
  }
}

function headersOf({ authHeader, secret, etag }: SourceRequest): Record<string, string> {
  return {
    accept: 'application/json',
    ...(secret === undefined ? {} : { [authHeader || 'authorization']: secret }),
    ...(etag === '' ? {} : { 'if-none-match': etag }),
  };
}

function refuseStatus({ status, ok }: Response): void {
  if (ok) return;
  const details = { status };
  if (status >= 300 && status < 400)
    throw new AppError('upstream', { details: { reason: 'source-moved', ...details } });
  if (status === 401 || status === 403) {
    throw new AppError('denied', { details: { reason: 'source-refused', ...details } });
  }
  const code = status === 429 || status >= 500 ? 'unavailable' : 'upstream';
  throw new AppError(code, { details: { reason: 'source-status', ...details } });
}

/** Counted as it comes, unpacked: what the sender says of the length is not trusted. */
async function readBody(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > longestBytes) throw new AppError('upstream', { details: { reason: 'too-large' } });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

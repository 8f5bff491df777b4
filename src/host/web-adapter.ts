import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../shared/errors.ts';

/** The largest file that may be attached. */
export const maxUploadBytes = 100 * 1024 * 1024;

/** What core is handed: the path below the instance's base, the headers that concern it, and the body as it arrives. */
export function toRequest(incoming: IncomingMessage, path: string, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const name of [
    'content-type',
    'content-length',
    'range',
    'if-none-match',
    'x-file-name',
    'accept-language',
  ]) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://pult${path}`, {
    method,
    headers,
    signal,
    ...(hasBody ? { body: limitBody(incoming), duplex: 'half' as const } : {}),
  });
}

/** Writes an answer of core; a reader that leaves ends it quietly. */
export async function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  guards: Readonly<Record<string, string>>,
): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of Object.entries(guards)) outgoing.setHeader(name, value);
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  const isHead = outgoing.req.method === 'HEAD';
  if (!response.body || isHead) {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function limitBody(incoming: IncomingMessage): ReadableStream {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxUploadBytes) done(null, chunk);
      else done(new AppError('invalid-input', { details: { reason: 'too-large' } }));
    },
  });
  incoming.on('error', (error) => limit.destroy(error));
  incoming.on('aborted', () => limit.destroy(new AppError('cancelled')));
  return Readable.toWeb(incoming.pipe(limit)) as ReadableStream;
}

function isGone(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return (
    code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ABORT_ERR'
  );
}

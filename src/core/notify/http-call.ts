import { request, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { hostOf, openSocket, proxyLogin, toProxy } from './open-socket.ts';
import { routeError } from './route-errors.ts';

export type HttpCall = {
  readonly clock: Clock;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Until the answer begins, and again until it ends; of `httpLines` between two signs of life. */
  readonly timeoutMs: number;
  /** `http://`, `https://`, `socks4://` or `socks5://`, with name and password; empty goes straight. */
  readonly proxy: string;
  readonly signal: AbortSignal;
  /** Called when the connection stands and nothing of the request is written yet; what it throws stops it. */
  readonly wrote?: () => void;
  /** A longer answer is not read to its end; 4 MiB unless said otherwise. */
  readonly mostBytes?: number;
  /** PEM of who else may vouch for the server. */
  readonly caCertificate?: string;
};

export type HttpAnswer = {
  readonly status: number;
  /** Names in lower case; of a repeated one all values, joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Throws `route-answer-unreadable` when it is no JSON: whether the message was taken is unknown then. */
  json(): unknown;
};

const usualMostBytes = 4 * 1024 * 1024;

/**
 * One exchange over a connection of its own: a kept one may be closed by the server just as the next request is written,
 * and nobody could say whether that one was taken. Redirects are not followed. Throws routeError whose certainty is
 * `not-sent` before the request is written and `unknown` after it, and `cancelled` with the same certainty.
 */
export async function httpCall(call: HttpCall): Promise<HttpAnswer> {
  return exchange(call, async (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > (call.mostBytes ?? usualMostBytes)) throw tooLong();
      chunks.push(chunk);
    }
    return toAnswer(response, Buffer.concat(chunks));
  });
}

/**
 * Reads an answer that goes on for hours, line by line, until it ends; `heard` resolves when a line is dealt with and
 * may throw to stop. An answer that is no 2xx is given back whole, without a line.
 */
export async function httpLines(
  call: HttpCall,
  heard: (line: string) => void | Promise<void>,
): Promise<HttpAnswer> {
  return exchange(call, async (response, deadline) => {
    const isWell = (response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 300;
    const most = call.mostBytes ?? usualMostBytes;
    let rest = Buffer.alloc(0);
    for await (const chunk of response as AsyncIterable<Buffer>) {
      // Dealing with a line may take longer than the server is given.
      deadline.stop();
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(10); isWell && end !== -1; end = rest.indexOf(10)) {
        const line = rest.toString('utf8', 0, end).replace(/\r$/, '');
        rest = rest.subarray(end + 1);
        await heard(line);
      }
      if (rest.length > most) throw tooLong();
      deadline.again();
    }
    if (isWell && rest.length > 0) await heard(rest.toString('utf8'));
    return toAnswer(response, isWell ? Buffer.alloc(0) : rest);
  });
}

function tooLong(): AppError {
  return routeError('route-answer-unreadable', { certainty: 'unknown', raw: 'the answer is too long' });
}

type Progress = { isWritten: boolean };

async function exchange<Read>(
  call: HttpCall,
  read: (response: IncomingMessage, deadline: Deadline) => Promise<Read>,
): Promise<Read> {
  const url = toUrl(call.url);
  const deadline = createDeadline(call.clock, call.timeoutMs);
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  const progress: Progress = { isWritten: false };
  let sent: ClientRequest | undefined;
  let socket: Socket | undefined;
  const abort = () => socket?.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const isPassedOn = url.protocol === 'http:' && /^https?:/.test(call.proxy);
    socket = isPassedOn
      ? await toProxy(call.proxy, signal)
      : await openSocket(targetOf(url, call), call.proxy, signal);
    sent = prepare(call, url, socket, isPassedOn);
    const answered = answerOf(sent);
    call.wrote?.();
    progress.isWritten = true;
    sent.end(call.body);
    const response = await answered;
    deadline.again();
    return await read(response, deadline);
  } catch (thrown) {
    throw classify(thrown, call, deadline, progress);
  } finally {
    signal.removeEventListener('abort', abort);
    deadline.stop();
    sent?.destroy();
    socket?.destroy();
  }
}

function toUrl(address: string): URL {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol)) return url;
  // The address itself is not told: keys stand in it.
  throw routeError('route-not-set-up', { certainty: 'not-sent' });
}

function targetOf(url: URL, { caCertificate }: HttpCall) {
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  return { host: hostOf(url), port, isTls, caCertificate };
}

/** Refused here is a header that cannot be written at all, such as a key with a line break in it. */
function prepare(call: HttpCall, url: URL, socket: Socket, isPassedOn: boolean): ClientRequest {
  const headers: OutgoingHttpHeaders = { ...call.headers, host: url.host, connection: 'close' };
  if (url.username !== '' && headers['authorization'] === undefined) {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(login).toString('base64')}`;
  }
  const login = isPassedOn ? proxyLogin(call.proxy) : '';
  if (login !== '') headers['proxy-authorization'] = login;
  const path = `${url.pathname}${url.search}`;
  try {
    return request({
      method: call.method,
      path: isPassedOn ? `${url.origin}${path}` : path,
      headers,
      createConnection: () => socket,
    });
  } catch (cause) {
    throw routeError('route-not-set-up', { certainty: 'not-sent', cause });
  }
}

function answerOf(sent: ClientRequest): Promise<IncomingMessage> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.on('close', () => reject(new Error('the connection was closed without an answer')));
  });
  // Nobody waits for it yet when `wrote` says no.
  answered.catch(() => {});
  return answered;
}

type Deadline = ReturnType<typeof createDeadline>;

function createDeadline(clock: Clock, ms: number) {
  const late = new AbortController();
  let timer = new AbortController();
  const run = () => {
    const mine = new AbortController();
    timer = mine;
    clock.sleep(ms, mine.signal).then(
      () => late.abort(),
      () => undefined,
    );
  };
  run();
  return {
    signal: late.signal,
    again: () => {
      timer.abort();
      run();
    },
    stop: () => timer.abort(),
  };
}

function classify(thrown: unknown, call: HttpCall, deadline: Deadline, { isWritten }: Progress): AppError {
  const certainty = isWritten ? 'unknown' : 'not-sent';
  if (call.signal.aborted) {
    return new AppError('cancelled', { details: { certainty }, cause: call.signal.reason });
  }
  if (deadline.signal.aborted) return routeError('route-timeout', { certainty });
  // Of `wrote`, of a reader, or of a header: it knows better than the network.
  if (thrown instanceof AppError) return thrown;
  const { code, message } = toNetworkError(thrown);
  const trouble = code.startsWith('HPE_') ? 'route-answer-unreadable' : 'route-unavailable';
  return routeError(trouble, { certainty, raw: message || code, cause: thrown });
}

/** Of several addresses tried in vain the error has no words of its own. */
function toNetworkError(thrown: unknown): { readonly code: string; readonly message: string } {
  const { code } = thrown as { readonly code?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    message: thrown instanceof Error ? thrown.message : '',
  };
}

function toAnswer({ statusCode, headers }: IncomingMessage, bytes: Buffer): HttpAnswer {
  const text = bytes.toString('utf8');
  return {
    status: statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    bytes,
    text,
    json: () => {
      try {
        return JSON.parse(text) as unknown;
      } catch (cause) {
        throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: text, cause });
      }
    },
  };
}

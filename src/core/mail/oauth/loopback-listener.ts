import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../shared/errors.ts';

export type LoopbackListener = {
  readonly port: number;
  /** The code the browser brought. Throws `denied` with what the provider said instead. */
  readonly code: Promise<string>;
  close(): void;
};

const host = '127.0.0.1';

/**
 * Listens on this machine alone, for one answer with the right state. Whoever else knocks, or comes by another name (a
 * page that rebinds its own), is sent away without ending the wait.
 */
export async function listenOnLoopback(state: string, words: string): Promise<LoopbackListener> {
  const answer = Promise.withResolvers<string>();
  // Nobody may be waiting any more when it is closed.
  answer.promise.catch(() => undefined);
  const server = createServer((request, response) => {
    const port = (server.address() as AddressInfo | null)?.port ?? 0;
    const params = readRequest(request, port);
    if (params?.get('state') !== state) {
      reply(response, 404, '');
      return;
    }
    reply(response, 200, words);
    const code = params.get('code');
    if (code) answer.resolve(code);
    else answer.reject(new AppError('denied', { details: { reason: refusalOf(params.get('error')) } }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  server.on('error', () => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    code: answer.promise,
    close() {
      answer.reject(new AppError('cancelled'));
      server.close();
      server.closeAllConnections();
    },
  };
}

function readRequest(request: IncomingMessage, port: number): URLSearchParams | undefined {
  const named = request.headers.host;
  if (named !== `${host}:${port}` && named !== `localhost:${port}`) return undefined;
  if (request.method !== 'GET' || (request.url ?? '').length > 8000) return undefined;
  const url = new URL(request.url ?? '/', `http://${host}`);
  return url.pathname === '/' ? url.searchParams : undefined;
}

function refusalOf(error: string | null): string {
  return error === 'access_denied' ? 'sign-in-refused' : 'oauth-client-refused';
}

function reply(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(words === '' ? '' : `<!doctype html><meta charset="utf-8"><title>Pult</title><p>${words}</p>`);
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEventFiles } from './event-files.ts';

export type RelayOptions = {
  readonly host: string;
  readonly port: number;
  readonly directory: string;
  /** Of GET /webhook, as it is written in Meta's console. */
  readonly verifyToken: string;
  /** Of readers. */
  readonly readToken: string;
  /** When it is given, what Meta has not signed is not kept. Readers check signatures either way. */
  readonly appSecret?: string;
};

const longestBody = 1024 * 1024;
const mostAtOnce = 100;
const longestWaitSeconds = 25;

/** The contract is in docs/whatsapp-relay.md. TLS is the business of what stands before it. */
export async function startRelay(options: RelayOptions) {
  const files = createEventFiles(options.directory, Date.now);
  const waiting = new Set<() => void>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://relay');
    if (url.pathname === '/webhook' && request.method === 'GET') return confirm(url, response);
    if (url.pathname === '/webhook' && request.method === 'POST') return take(request, response);
    if (url.pathname === '/events' && request.method === 'GET') return give(url, request, response);
    return end(response, 404);
  }

  function confirm({ searchParams }: URL, response: ServerResponse): void {
    const isMeant =
      searchParams.get('hub.mode') === 'subscribe' &&
      isSame(searchParams.get('hub.verify_token') ?? '', options.verifyToken);
    end(
      response,
      isMeant ? 200 : 403,
      isMeant ? (searchParams.get('hub.challenge') ?? '') : '',
      'text/plain',
    );
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readBody(request);
    if (raw === undefined) return end(response, 413);
    const signature = String(request.headers['x-hub-signature-256'] ?? '').slice(0, 200);
    if (!isKept(raw, signature)) return end(response, 403);
    files.add({ signature, body: raw.toString('base64') });
    end(response, 200);
    for (const wake of waiting) wake();
  }

  function isKept(raw: Buffer, signature: string): boolean {
    if (signature === '') return false;
    if (options.appSecret === undefined) return true;
    const wanted = createHmac('sha256', options.appSecret).update(raw).digest('hex');
    return isSame(signature, `sha256=${wanted}`);
  }

  async function give(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isSame(request.headers.authorization ?? '', `Bearer ${options.readToken}`))
      return end(response, 401);
    const after = url.searchParams.get('after') ?? '';
    const wait = Math.min(longestWaitSeconds, Math.max(0, Number(url.searchParams.get('wait') ?? 0) || 0));
    if (files.after(after, 1).length === 0 && wait > 0) await nextEvent(wait * 1000, response);
    if (response.destroyed) return;
    end(response, 200, JSON.stringify({ events: files.after(after, mostAtOnce) }));
  }

  function nextEvent(ms: number, response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiting.add(done);
      response.on('close', done);
    });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      // Not acknowledged: Meta brings it again.
      if (!response.headersSent) end(response, 500);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const wake of waiting) wake();
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, body = '', type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** Both are hashed first: what is compared is always as long, whatever came. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

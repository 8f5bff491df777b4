import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ServiceRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly body: string;
};

export type ServiceAnswer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  /** Never answers. */
  | 'silent'
  | 'hang-up';

export type HttpService = {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
};

/** A service on loopback: what it answers is text as it stands, anything else as JSON. */
export async function startHttpService(
  handle: (request: ServiceRequest) => ServiceAnswer | Promise<ServiceAnswer>,
): Promise<HttpService> {
  const server = createServer((incoming, outgoing) => {
    // A client that goes away in the middle is part of the play.
    incoming.on('error', () => {});
    const serve = async () => {
      const answer = await handle(await read(incoming));
      if (answer === 'silent') return;
      if (answer === 'hang-up') return void incoming.socket.destroy();
      const isText = typeof answer.body === 'string';
      const body = isText ? (answer.body as string) : JSON.stringify(answer.body);
      const type = { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' };
      outgoing.writeHead(answer.status ?? 200, { ...type, ...answer.headers }).end(body);
    };
    serve().catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stop: () => {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return stopped;
    },
  };
}

async function read(incoming: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://service.example');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')]),
  );
  return {
    method: incoming.method ?? '',
    path: pathname,
    query: searchParams,
    headers,
    bytes,
    body: bytes.toString('utf8'),
  };
}

/** Fields of a form or of a JSON object, as text; an unreadable body has none. */
export function fieldsOf({ body, headers }: ServiceRequest): Readonly<Record<string, string>> {
  if (!/json/.test(headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const said = JSON.parse(body) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

/** Whether a Basic header says this name and password. */
export function knowsBasic({ headers }: ServiceRequest, login: string, password: string): boolean {
  return headers['authorization'] === `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
}

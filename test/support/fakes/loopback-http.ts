import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
};

/** `silent` keeps the request and never answers, `hang-up` cuts the line; a function goes on by itself. */
export type Answer =
  | 'silent'
  | 'hang-up'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly json: unknown }
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Buffer;
    }
  | ((response: ServerResponse) => void);

/** A real server on a free port; what `answer` throws is a fault of the test and shown as 500. */
export async function startLoopbackHttp(answer: (asked: Asked) => Answer | Promise<Answer>) {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void serve(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let isStopped = false;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked = await read(request);
      const given = await answer(asked);
      if (given === 'silent') return;
      if (given === 'hang-up') request.socket.destroy();
      else if (typeof given === 'function') given(response);
      else if ('json' in given) {
        response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
        response.end(JSON.stringify(given.json));
      } else {
        response.writeHead(given.status, given.headers);
        response.end(given.body);
      }
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return sockets.size;
    },
    cutConnections() {
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://fake');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    bytes,
    text: bytes.toString('utf8'),
  };
}

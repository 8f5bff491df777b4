import { createServer, request, type IncomingMessage } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

export type FakeProxy = {
  readonly url: string;
  /** What was asked of it, such as `CONNECT host:port` or `GET http://…`. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
};

/** An http proxy that wants `desk:way` and passes on both ways: CONNECT, and requests with a whole address. */
export async function startHttpProxy(): Promise<FakeProxy> {
  const asked: string[] = [];
  const knows = ({ headers }: IncomingMessage) =>
    headers['proxy-authorization'] === `Basic ${Buffer.from('desk:way').toString('base64')}`;
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (!knows(incoming)) {
      outgoing.writeHead(407).end();
      return;
    }
    const { 'proxy-authorization': _own, ...headers } = incoming.headers;
    const onward = request(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (!knows(incoming)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    forget(socket, onward);
  });
  return { ...(await opened(server, 'http')), asked };
}

/** A SOCKS5 proxy (RFC 1928) with a name and a password (RFC 1929). */
export async function startSocksProxy(): Promise<FakeProxy> {
  const asked: string[] = [];
  const server = createTcpServer((socket) => void serveSocks(socket, asked).catch(() => socket.destroy()));
  return { ...(await opened(server, 'socks5')), asked };
}

async function serveSocks(socket: Socket, asked: string[]): Promise<void> {
  await next(socket);
  socket.write(Buffer.from([5, 2]));
  const login = (await next(socket)).toString('latin1');
  const isKnown = login === '\u0001\u0004desk\u0003way';
  socket.write(Buffer.from([1, isKnown ? 0 : 1]));
  if (!isKnown) return void socket.end();
  const wanted = await next(socket);
  const isName = wanted[3] === 3;
  const length = isName ? wanted[4]! : 4;
  const from = isName ? 5 : 4;
  const address = wanted.subarray(from, from + length);
  const host = isName ? address.toString('latin1') : address.join('.');
  const port = wanted.readUInt16BE(from + length);
  asked.push(`CONNECT ${host}:${port}`);
  const onward = connect(port, host, () => {
    socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    socket.pipe(onward).pipe(socket);
  });
  forget(socket, onward);
}

const next = (socket: Socket) => new Promise<Buffer>((resolve) => socket.once('data', resolve));

function forget(...sockets: readonly Socket[]): void {
  for (const socket of sockets) {
    socket.on('error', () => {
      for (const other of sockets) other.destroy();
    });
  }
}

async function opened(server: Server, protocol: string) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${protocol}://desk:way@127.0.0.1:${port}`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SocksClient } from 'socks';

export type SocketTarget = {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** PEM of who else may vouch for the server. */
  readonly caCertificate?: string | undefined;
};

/**
 * A connected socket to the target, through an http, https, socks4 or socks5 proxy where one is given. Rejects with the
 * network's own error, or with the signal's reason; nothing of the caller's was written then.
 */
export async function openSocket(target: SocketTarget, proxy: string, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const plain = await reach(target, proxy, signal);
  return target.isTls ? secure(plain, target, signal) : plain;
}

async function reach(target: SocketTarget, proxy: string, signal: AbortSignal): Promise<Socket> {
  if (proxy === '') return ready(connect(target.port, target.host), 'connect', signal);
  const by = new URL(proxy);
  if (by.protocol.startsWith('socks')) return throughSocks(by, target, signal);
  const socket = await toProxy(proxy, signal);
  return throughConnect(socket, by, target, signal);
}

/** The connection to an http proxy itself, for requests that it passes on. */
export async function toProxy(proxy: string, signal: AbortSignal): Promise<Socket> {
  const by = new URL(proxy);
  const isTls = by.protocol === 'https:';
  const host = hostOf(by);
  const port = by.port === '' ? (isTls ? 443 : 8080) : Number(by.port);
  const socket = await ready(connect(port, host), 'connect', signal);
  return isTls ? secure(socket, { host, port, isTls }, signal) : socket;
}

/** Empty when the proxy's address names nobody. */
export function proxyLogin(proxy: string): string {
  const { username, password } = new URL(proxy);
  if (username === '') return '';
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

/** Of an address without the brackets that a URL puts around IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

async function throughSocks(by: URL, target: SocketTarget, signal: AbortSignal): Promise<Socket> {
  // The library's socket is out of reach until it is done: what comes too late is thrown away.
  const opening = SocksClient.createConnection({
    command: 'connect',
    proxy: {
      host: hostOf(by),
      port: by.port === '' ? 1080 : Number(by.port),
      type: by.protocol.startsWith('socks4') ? 4 : 5,
      ...(by.username === '' ? {} : { userId: decodeURIComponent(by.username) }),
      ...(by.password === '' ? {} : { password: decodeURIComponent(by.password) }),
    },
    destination: { host: target.host, port: target.port },
  }).then(({ socket }) => socket);
  return new Promise((resolve, reject) => {
    const abort = () => {
      opening.then((socket) => socket.destroy()).catch(() => {});
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const longestProxyAnswer = 16_384;

async function throughConnect(
  socket: Socket,
  by: URL,
  { host, port }: SocketTarget,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const login = proxyLogin(by.href);
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(login === '' ? [] : [`Proxy-Authorization: ${login}`]),
  ];
  const answered = readHead(socket, signal);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const head = await answered;
  if (!/^HTTP\/1\.[01] 2\d\d /.test(head)) {
    socket.destroy();
    throw new Error(`the proxy refused: ${head.split('\r\n', 1)[0] ?? ''}`);
  }
  return socket;
}

function readHead(socket: Socket, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const done = () => {
      socket.off('data', onData).off('error', fail).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      done();
      socket.destroy();
      reject(error);
    };
    const onAbort = () => fail(signal.reason);
    const onClose = () => fail(new Error('the proxy hung up'));
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1 && head.length > longestProxyAnswer) fail(new Error('the proxy answers without end'));
      if (end === -1) return;
      done();
      socket.pause();
      const rest = head.subarray(end + 4);
      if (rest.length > 0) socket.unshift(rest);
      resolve(head.toString('latin1', 0, end));
    };
    socket.on('data', onData).on('error', fail).on('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function secure(socket: Socket, { host, caCertificate }: SocketTarget, signal: AbortSignal): Promise<Socket> {
  const wrapped = connectTls({
    socket,
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(caCertificate === undefined || caCertificate === '' ? {} : { ca: caCertificate }),
  });
  return ready(wrapped, 'secureConnect', signal);
}

function ready<Opened extends Socket>(
  socket: Opened,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const done = () => {
      socket.off(event, open).off('error', fail).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      done();
      socket.destroy();
      reject(error);
    };
    const open = () => {
      done();
      resolve(socket);
    };
    const onClose = () => fail(new Error('the connection was closed at once'));
    const onAbort = () => fail(signal.reason);
    // What a dying socket says between two owners is heard by nobody, and must not end the process.
    socket.on('error', () => {});
    socket.on(event, open).on('error', fail).on('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

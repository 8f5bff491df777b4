import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import fastify from 'fastify';
import { WebSocketServer } from 'ws';
import type { Backend, Logger } from '../core/app-types.ts';
import { frameLimits } from '../shared/rpc/frame-limits.ts';
import { createAccess, type Access } from './access.ts';
import { isProvenNow, prove } from './control-proof.ts';
import { guardHeaders, pagePolicy } from './page-headers.ts';
import { createPageFiles, type PageFiles } from './page-files.ts';
import { tokenPage } from './token-page.ts';
import { maxUploadBytes, sendResponse, toRequest } from './web-adapter.ts';
import { createWebSocketPort } from './websocket-port.ts';

export type Loopback = {
  /** Where the desk is, with the closing slash. */
  readonly base: string;
  readonly port: number;
  /** A link that lets one browser in, once. */
  makeLink(): string;
  /** Drops every page; they come back by themselves. For when the backend behind changes. */
  dropPages(): void;
  close(): Promise<void>;
};

export type LoopbackParts = {
  readonly instance: string;
  readonly secret: string;
  readonly port: number;
  readonly rendererDir: string;
  /** undefined while it restarts: pages wait. */
  readonly backend: () => Backend | undefined;
  readonly log: Logger;
  readonly now: () => number;
};

const maxSockets = 32;
const serviceRestart = 1012;

/** The desk on 127.0.0.1, for whoever came by a link of ours. Rejects with EADDRINUSE when the port is taken. */
export async function listenOnLoopback(parts: LoopbackParts): Promise<Loopback> {
  const { instance, secret, log } = parts;
  const access = createAccess({ secret: Buffer.from(secret, 'base64url'), instance, now: parts.now });
  const base = `/${instance}/`;
  const app = fastify({ bodyLimit: Number.MAX_SAFE_INTEGER, forceCloseConnections: true });
  let origin = '';
  const files = createPageFiles(parts.rendererDir, () =>
    pagePolicy(origin.replace('http', 'ws'), parts.backend()?.tileOrigin()),
  );
  const site: Site = { ...parts, access, base, files, origin: () => origin };

  // Bodies go to core as they come; nothing is read before the caller was let in.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.all('/*', (request, reply) => {
    reply.hijack();
    answer(site, request.raw, reply.raw).catch((error: unknown) => {
      log.error({ err: error }, 'host.answer-failed');
      refuse(reply.raw, 500);
    });
  });

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameLimits.maxLength,
    handleProtocols: (offered) => (offered.has('pult') ? 'pult' : false),
  });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const status = judgeSocket(site, request, sockets.clients.size);
    const backend = parts.backend();
    if (status !== 101 || !backend) {
      socket.end(
        `HTTP/1.1 ${status === 101 ? 503 : status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      backend.connect(createWebSocketPort(accepted)),
    );
  });

  await app.listen({ host: '127.0.0.1', port: parts.port });
  const { port } = app.server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  const dropPages = () => {
    for (const socket of sockets.clients) socket.close(serviceRestart);
  };
  return {
    base: `${origin}${base}`,
    port,
    makeLink: () => `${origin}${base}?token=${access.makeToken()}`,
    dropPages,
    async close() {
      dropPages();
      for (const socket of sockets.clients) setTimeout(() => socket.terminate(), 500).unref();
      await app.close();
    },
  };
}

type Site = Omit<LoopbackParts, 'port'> & {
  readonly access: Access;
  readonly base: string;
  readonly files: PageFiles;
  readonly origin: () => string;
};

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access, base, origin } = site;
  if (request.headers.host !== new URL(origin()).host) return refuse(response, 421);
  const url = new URL(request.url ?? '/', origin());
  if (url.pathname === '/healthz') return sendJson(response, { ok: true });
  if (!url.pathname.startsWith(base)) return refuse(response, 404);
  const path = url.pathname.slice(base.length - 1);
  if (path === '/control/link') return control(site, request, response);
  if (isForeign(request, origin(), path)) return refuse(response, 403);
  const token = path === '/' ? url.searchParams.get('token') : null;
  const session = access.session(request.headers.cookie);
  if (token !== null) {
    const cookie = access.redeem(token) ?? session;
    return cookie === undefined ? sendTokenPage(response) : letIn(site, response, cookie);
  }
  if (session === undefined) return sendTokenPage(response);
  if (path === '/session.json') return sendJson(response, { token: access.pageToken(session) });
  return serveDesk(site, request, response, path + url.search);
}

async function serveDesk(
  { files, backend, log }: Site,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const file = reads ? await files.read(path.split('?')[0] ?? '/') : undefined;
  if (file) return sendResponse(file, response, guardHeaders);
  const core = backend();
  if (!core) return refuse(response, 503);
  if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes) return refuse(response, 413);
  const left = new AbortController();
  response.on('close', () => left.abort());
  try {
    await sendResponse(await core.web(toRequest(request, path, left.signal)), response, guardHeaders);
  } catch (error) {
    if (!left.signal.aborted) log.error({ err: error }, 'host.web-failed');
    refuse(response, 500);
  }
}

/** Asked by the next `npm start` on this data directory, which can read our secret; no page and no other user can. */
async function control(
  { secret, access, base, origin, now }: Site,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const isOurs = isProvenNow(request.headers.authorization, secret, now());
  if (request.method !== 'POST' || !isOurs || request.headers.origin !== undefined)
    return refuse(response, 403);
  const link = `${origin()}${base}?token=${access.makeToken()}`;
  return sendJson(response, { link, proof: prove(secret, 'answer', link) });
}

/** Another port of this machine is "same site" to a browser and brings our cookie along; it has no business here. */
function isForeign(request: IncomingMessage, origin: string, path: string): boolean {
  const { headers, method } = request;
  if (headers.origin !== undefined && headers.origin !== 'null' && headers.origin !== origin) return true;
  if (method !== 'GET' && method !== 'HEAD') return headers.origin !== origin;
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  return (
    !isOwn &&
    !(path === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document')
  );
}

function judgeSocket({ access, base, origin }: Site, request: IncomingMessage, open: number): number {
  const url = new URL(request.url ?? '/', origin());
  const session = access.session(request.headers.cookie);
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const token = offered.find((name) => name.startsWith('token.'))?.slice('token.'.length);
  if (request.headers.host !== new URL(origin()).host) return 421;
  if (url.pathname !== `${base}rpc`) return 404;
  if (request.headers.origin !== origin()) return 403;
  if (session === undefined) return 401;
  if (token === undefined || !access.isPageToken(session, token)) return 403;
  return open >= maxSockets ? 503 : 101;
}

function letIn({ access, base }: Site, response: ServerResponse, cookie: string): void {
  response.writeHead(303, {
    ...guardHeaders,
    location: base,
    'cache-control': 'no-store',
    'set-cookie': `${access.cookieName}=${cookie}; Path=${base}; HttpOnly; SameSite=Strict`,
  });
  response.end();
}

function sendTokenPage(response: ServerResponse): void {
  response.writeHead(401, {
    ...guardHeaders,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  response.end(tokenPage());
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, {
    ...guardHeaders,
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...guardHeaders,
    'cache-control': 'no-store',
    'content-length': 0,
    connection: 'close',
  });
  response.end();
}

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/core/platform/clock.ts';
import { createWebSocketPort } from '../../src/host/websocket-port.ts';
import { contract, type PultContract } from '../../src/shared/contract/index.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import type { Connection } from '../../src/shared/rpc/connection.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import type { Port } from '../../src/shared/rpc/port.ts';

export type SocketClient = {
  readonly rpc: Client<PultContract>;
  readonly connection: Connection;
  /** As the page would, with its cookie: letters, files, uploads. */
  fetch(path: string, init?: PageRequest): Promise<Response>;
};

type PageRequest = {
  readonly method?: string;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A page without a browser: comes in by a link, keeps the cookie, speaks over a real socket, returns when dropped. */
export async function openSocketClient(
  link: string,
  prepare?: (rpc: Client<PultContract>) => Promise<void>,
): Promise<SocketClient> {
  const base = link.slice(0, link.indexOf('?'));
  const { origin } = new URL(base);
  const entered = await fetch(link, { redirect: 'manual' });
  const [cookie = ''] = (entered.headers.getSetCookie()[0] ?? '').split(';');
  if (!cookie) throw new Error(`The link let nobody in: ${entered.status}`);

  const connect = async (): Promise<Port> => {
    const answer = await fetch(`${base}session.json`, { headers: { cookie } });
    const { token } = (await answer.json()) as { token: string };
    const socket = new WebSocket(`${base.replace(/^http/, 'ws')}rpc`, ['pult', `token.${token}`], {
      headers: { cookie, origin },
    });
    const port = createWebSocketPort(socket);
    await once(socket, 'open');
    return port;
  };
  const { rpc, connection } = createClient(contract, connect, {
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    ...(prepare ? { prepare } : {}),
  });
  return {
    rpc,
    connection,
    fetch: (path, init = {}) =>
      fetch(new URL(path, base), { ...init, headers: { origin, cookie, ...init.headers } }),
  };
}

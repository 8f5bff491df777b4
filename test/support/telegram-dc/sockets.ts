import { createServer, type AddressInfo, type Server } from 'node:net';
import type { AuthKey } from './auth-key.ts';
import { openConnection, type Connection, type ConnectionParts } from './connection.ts';
import type { Session } from './session.ts';
import { encode, type TlObject } from './tl.ts';
import type { Account } from './world/model.ts';

export type Sockets = ReturnType<typeof createSockets>;

type SocketsParts = Omit<ConnectionParts, 'id' | 'dcId' | 'isHeld'> & {
  readonly dcIds: readonly number[];
  /** Filled when the servers first listen; the same ports are taken again after that. */
  readonly ports: Map<number, number>;
};

/** The listening sockets of all data centres and everything that is connected to them. */
export function createSockets({ dcIds, ports, ...parts }: SocketsParts) {
  const connections = new Set<Connection>();
  let servers: Server[] = [];
  let isRefusing = false;
  let isHeld = false;
  let nextId = 1;

  const listenOne = async (dcId: number) => {
    const server = createServer((socket) => {
      if (isRefusing) {
        socket.destroy();
        return;
      }
      const connection = openConnection(socket, { ...parts, id: nextId, dcId, isHeld: () => isHeld });
      nextId += 1;
      connections.add(connection);
      socket.on('close', () => connections.delete(connection));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(ports.get(dcId) ?? 0, '127.0.0.1', resolve);
    });
    ports.set(dcId, (server.address() as AddressInfo).port);
    return server;
  };
  const sessions = (): readonly Session[] => [...connections].flatMap((connection) => connection.sessions());
  const sessionsOf = ({ person, dcId }: Account) =>
    sessions().filter(
      ({ authKey, wantsUpdates }) =>
        wantsUpdates && authKey.dcId === dcId && authKey.login.account === person.id,
    );
  const tell = (session: Session, body: Buffer) => session.send({ body, kind: 'push', content: true });
  const dropAll = () => {
    for (const connection of connections) connection.drop();
  };

  return {
    sessionsOf,
    dropAll,
    async listen() {
      if (servers.length === 0) servers = await Promise.all(dcIds.map(listenOne));
    },
    async close() {
      const closing = servers;
      servers = [];
      const closed = closing.map((server) => new Promise((resolve) => server.close(resolve)));
      dropAll();
      await Promise.all(closed);
    },
    refuse(on: boolean) {
      isRefusing = on;
    },
    hold(on: boolean) {
      isHeld = on;
      if (!on) for (const session of sessions()) session.flush();
    },
    push(account: Account, updates: TlObject, except?: bigint) {
      const open = sessionsOf(account).filter(({ id }) => id !== except);
      if (open.length === 0) return;
      const body = encode(updates);
      for (const session of open) tell(session, body);
    },
    pushToKey(authKey: AuthKey, updates: TlObject) {
      const body = encode(updates);
      for (const session of sessions()) if (session.authKey === authKey) tell(session, body);
    },
  };
}

import type { Socket } from 'node:net';
import { PromisedNetSockets } from 'telegram/extensions/index.js';
import type { TelegramNetwork } from '../telegram-network.ts';

/** The sockets of one client. GramJS tries to connect for ever, also after it was destroyed: only this ends it. */
export type SocketGate = {
  close(): void;
  readonly isClosed: boolean;
  enter(socket: Socket): void;
};

export function createSocketGate(): SocketGate {
  const sockets = new Set<Socket>();
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    enter(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
    close() {
      isClosed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

const connectMs = 15_000;
/** Pings go every fifteen seconds: a socket that was silent for this long is dead, whatever the system thinks of it. */
const pingedSilenceMs = 45_000;
const keepAliveMs = 15_000;
/** GramJS always says 80 or 443, and what looks at traffic looks at 80. */
const telegramPort = 443;

/**
 * What GramJS lacks: an end to a connection attempt, an end to silence, TCP keep-alive, and the gate. With a network
 * every address but those of its data centres is refused, so that nothing leaves the machine by mistake.
 */
export function safeSocket(
  gate: SocketGate,
  network: TelegramNetwork | undefined,
  silenceMs: number = pingedSilenceMs,
): typeof PromisedNetSockets {
  return class SafeSocket extends PromisedNetSockets {
    override async connect(_port: number, ip: string): Promise<unknown> {
      if (gate.isClosed) return parked();
      const { host, port } = placeOf(ip, network);
      const connecting = super.connect(port, host);
      // Private in the type; the class has no other way to reach its own socket.
      const { client: socket } = this as unknown as { readonly client: Socket };
      gate.enter(socket);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAliveMs);
      socket.setTimeout(connectMs, () => socket.destroy(new Error('no answer in time')));
      const connected = await connecting;
      socket.setTimeout(silenceMs);
      return connected;
    }
  };
}

/** Never settles and is held by nobody: what waits for it is collected with it. */
function parked(): Promise<never> {
  return new Promise(() => {});
}

function placeOf(ip: string, network: TelegramNetwork | undefined) {
  if (network === undefined) return { host: ip, port: telegramPort };
  const port = network.ports[Number(/^10\.0\.0\.(\d+)$/.exec(ip)?.[1] ?? Number.NaN)];
  if (port === undefined) throw new Error('not a data centre of this network');
  return { host: '127.0.0.1', port };
}

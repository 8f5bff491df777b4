import type { RawData, WebSocket } from 'ws';
import { createPortCore } from '../shared/rpc/port-core.ts';
import type { Port } from '../shared/rpc/port.ts';

/** A page that does not read is let go before its backlog becomes our memory. */
const maxBufferedBytes = 8 * 1024 * 1024;

const unsupportedData = 1003;
const tryAgainLater = 1013;

/** One open socket as a Port. The server it came from bounds the size of what arrives (`maxPayload`). */
export function createWebSocketPort(socket: WebSocket): Port {
  const { port, receive, gone } = createPortCore({
    transmit(text) {
      socket.send(text);
      if (socket.bufferedAmount > maxBufferedBytes) socket.close(tryAgainLater);
    },
    shut: () => socket.close(),
  });
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) socket.close(unsupportedData);
    else receive(toText(data));
  });
  socket.on('close', gone);
  // What broke the socket closes it too; without a listener the process would end.
  socket.on('error', gone);
  return port;
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

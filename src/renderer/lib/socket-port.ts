import type { Port } from '../../shared/rpc/port.ts';
import { AppError } from '../../shared/errors.ts';

/** A browser's WebSocket as a Port; resolves when it is open. The token goes as a subprotocol: addresses are logged. */
export function connectSocket(url: string, token: string): Promise<Port> {
  const socket = new WebSocket(url, ['pult', `token.${token}`]);
  const early: string[] = [];
  let onFrame: ((frame: string) => void) | undefined;

  socket.addEventListener('message', (event) => {
    if (typeof event.data !== 'string') socket.close();
    else if (onFrame) onFrame(event.data);
    else early.push(event.data);
  });

  const port: Port = {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    onFrame(listener) {
      onFrame = listener;
      for (const frame of early.splice(0)) listener(frame);
    },
    onClose(listener) {
      if (socket.readyState === WebSocket.CLOSED) listener();
      else socket.addEventListener('close', () => listener(), { once: true });
    },
    close() {
      socket.close();
    },
  };

  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(port), { once: true });
    socket.addEventListener('close', () => reject(new AppError('unavailable')), { once: true });
  });
}

import { createPortCore, type PortCore } from '../shared/rpc/port-core.ts';
import type { Bridge, BridgeMessage } from './bridge.ts';

type Parts = {
  readonly send: (message: BridgeMessage) => void;
  /** Called once; the event object of Electron never reaches the page. */
  readonly listen: (listener: (message: BridgeMessage) => void) => void;
  readonly newId: () => string;
};

/** The page's end of the pipe: ports told apart by an id, over one channel. */
export function createBridge({ send, listen, newId }: Parts): Bridge {
  const open = new Map<string, PortCore>();
  listen((message) => {
    const core = open.get(message.id);
    if (message.kind === 'frame') core?.receive(message.text);
    else if (message.kind === 'close') core?.gone();
  });
  return {
    connect() {
      const id = newId();
      const core = createPortCore({
        transmit: (text) => send({ kind: 'frame', id, text }),
        shut() {
          open.delete(id);
          send({ kind: 'close', id });
        },
      });
      open.set(id, core);
      send({ kind: 'open', id });
      return core.port;
    },
  };
}

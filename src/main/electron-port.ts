import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { z } from 'zod';
import { bridgeChannel, type BridgeMessage } from '../preload/bridge.ts';
import { createPortCore, type PortCore } from '../shared/rpc/port-core.ts';
import type { Port } from '../shared/rpc/port.ts';

type Parts = {
  readonly ipc: Pick<IpcMain, 'on' | 'removeListener'>;
  readonly contents: Pick<WebContents, 'on' | 'send' | 'isDestroyed' | 'mainFrame'>;
  /** Whether a page at this address is ours. */
  readonly isOurs: (url: string) => boolean;
  readonly accept: (port: Port) => void;
  readonly onRefused: (url: string) => void;
};

/** A page that was reloaded a thousand times without telling is broken. */
const maxPorts = 32;

const message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('frame'), id: z.uuid(), text: z.string() }),
  z.strictObject({ kind: z.literal('close'), id: z.uuid() }),
]);

/** Ports for the pages of one window. Heard is only our own WebContents, its main frame, at our own address. */
export function acceptPorts({ ipc, contents, isOurs, accept, onRefused }: Parts): void {
  const open = new Map<string, PortCore>();

  const send = (frame: BridgeMessage) => {
    if (!contents.isDestroyed()) contents.send(bridgeChannel, frame);
  };

  const create = (id: string) => {
    const core = createPortCore({
      transmit: (text) => send({ kind: 'frame', id, text }),
      shut() {
        open.delete(id);
        send({ kind: 'close', id });
      },
    });
    open.set(id, core);
    accept(core.port);
  };

  const closeAll = () => {
    for (const core of open.values()) core.gone();
  };

  const receive = (event: IpcMainEvent, payload: unknown) => {
    if (event.sender !== contents) return;
    const url = event.senderFrame?.url ?? '';
    if (event.senderFrame !== contents.mainFrame || !isOurs(url)) {
      onRefused(url);
      return;
    }
    const parsed = message.safeParse(payload);
    if (!parsed.success) {
      onRefused(url);
      closeAll();
      return;
    }
    const { data } = parsed;
    if (data.kind === 'open' && open.size < maxPorts && !open.has(data.id)) create(data.id);
    else if (data.kind === 'frame') open.get(data.id)?.receive(data.text);
    else if (data.kind === 'close') open.get(data.id)?.gone();
  };

  ipc.on(bridgeChannel, receive);
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) closeAll();
  });
  contents.on('render-process-gone', closeAll);
  contents.on('destroyed', () => {
    ipc.removeListener(bridgeChannel, receive);
    closeAll();
  });
}

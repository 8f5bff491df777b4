import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { IpcMain, WebContents } from 'electron';
import { WebSocket, WebSocketServer } from 'ws';
import { createWebSocketPort } from '../../src/host/websocket-port.ts';
import { acceptPorts } from '../../src/main/electron-port.ts';
import type { BridgeMessage } from '../../src/preload/bridge.ts';
import { createBridge } from '../../src/preload/page-port.ts';
import { frameLimits } from '../../src/shared/rpc/frame-limits.ts';
import type { Port } from '../../src/shared/rpc/port.ts';
import { createPipe } from '../support/pipe.ts';
import { describePort } from './port-contract.ts';

describePort('in-memory pipe', async () => createPipe());

describePort('WebSocket', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: frameLimits.maxLength });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const [[accepted]] = (await Promise.all([once(server, 'connection'), once(socket, 'open')])) as [
    [WebSocket],
    unknown,
  ];
  return {
    page: createWebSocketPort(socket),
    core: createWebSocketPort(accepted),
    dispose: async () => {
      socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});

describePort('Electron IPC', async () => {
  const ipc = new EventEmitter();
  const mainFrame = { url: 'app://pult/index.html' };
  const toPage = new EventEmitter();
  const contents = Object.assign(new EventEmitter(), {
    mainFrame,
    isDestroyed: () => false,
    send: (_channel: string, message: BridgeMessage) => queueMicrotask(() => toPage.emit('message', message)),
  });
  const accepted = Promise.withResolvers<Port>();
  acceptPorts({
    ipc: ipc as unknown as IpcMain,
    contents: contents as unknown as WebContents,
    isOurs: (url) => url.startsWith('app://pult/'),
    accept: accepted.resolve,
    onRefused: () => undefined,
  });
  const bridge = createBridge({
    send: (message) =>
      queueMicrotask(() => ipc.emit('pult:port', { sender: contents, senderFrame: mainFrame }, message)),
    listen: (listener) => toPage.on('message', listener),
    newId: () => crypto.randomUUID(),
  });
  return { page: bridge.connect(), core: await accepted.promise };
});

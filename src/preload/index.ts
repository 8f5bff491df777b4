import { contextBridge, ipcRenderer } from 'electron';
import { bridgeChannel, type Bridge, type BridgeMessage } from './bridge.ts';
import { createBridge } from './page-port.ts';

const bridge: Bridge = createBridge({
  send: (message) => ipcRenderer.send(bridgeChannel, message),
  listen: (listener) => ipcRenderer.on(bridgeChannel, (_event, message: BridgeMessage) => listener(message)),
  newId: () => crypto.randomUUID(),
});

contextBridge.exposeInMainWorld('pult', bridge);

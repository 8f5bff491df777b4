import { join } from 'node:path';
import { BrowserWindow, app, ipcMain, shell } from 'electron';
import type { Running } from '../host/running.ts';
import { checkExternal } from '../host/system-tools.ts';
import type { Port } from '../shared/rpc/port.ts';
import { isDesk } from './app-protocol.ts';
import { acceptPorts } from './electron-port.ts';
import { confineNavigation, deskAddress, windowOptions } from './window.ts';

type Parts = {
  /** Of the built entry. */
  readonly folder: string;
  readonly icon: string;
  /** The page could not be loaded. */
  readonly onFatal: (error: unknown) => void;
};

type Desk = Pick<Running, 'current' | 'log'>;

export type DeskWindows = {
  /** The desk's own window: closing it hides it, the tray brings it back. */
  open(desk: Desk): void;
  /** Brings it forward, at this path of the page when one is given. */
  show(path?: unknown): void;
  /** Lets every page go; each comes back by itself. */
  dropPages(): void;
};

export function createDeskWindows({ folder, icon, onFatal }: Parts): DeskWindows {
  const ports = new Set<Port>();
  let window: BrowserWindow | undefined;

  const create = (desk: Desk, address: string): BrowserWindow => {
    const created = new BrowserWindow(windowOptions(join(folder, '../preload/index.cjs'), icon));
    confineNavigation({
      contents: created.webContents,
      openOutside,
      openDesk: (url) => void create(desk, url),
    });
    acceptPorts({
      ipc: ipcMain,
      contents: created.webContents,
      isOurs: isDesk,
      accept(port) {
        const backend = desk.current();
        if (!backend) return port.close();
        ports.add(port);
        port.onClose(() => ports.delete(port));
        backend.connect(port);
      },
      onRefused: (url) => desk.log.warn({ origin: URL.parse(url)?.origin }, 'shell.sender-refused'),
    });
    created.once('ready-to-show', () => created.show());
    created.loadURL(address).catch(onFatal);
    return created;
  };

  return {
    open(desk) {
      const created = create(desk, deskAddress);
      window = created;
      let isQuitting = false;
      app.on('before-quit', () => (isQuitting = true));
      created.on('close', (event) => {
        if (isQuitting) return;
        event.preventDefault();
        created.hide();
      });
    },
    show(path) {
      if (typeof path === 'string') void window?.loadURL(`${deskAddress}#${path}`);
      if (window?.isMinimized()) window.restore();
      window?.show();
      window?.focus();
    },
    dropPages() {
      for (const port of ports) port.close();
    },
  };
}

function openOutside(url: string): void {
  try {
    void shell.openExternal(checkExternal(url));
  } catch {
    // An address no system program should see: a letter may try, and nothing happens.
  }
}

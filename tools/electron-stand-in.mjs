/**
 * What an entry of ours asks of Electron, with nothing behind it: put in place of the module, it lets a packed program
 * start, show its window and quit under plain Node. The window asks for its page as Chromium would.
 */
import { EventEmitter } from 'node:events';

const nothing = () => undefined;
let serve;

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  setPath: nothing,
  commandLine: { appendSwitch: nothing },
  requestSingleInstanceLock: () => true,
  whenReady: () => Promise.resolve(),
  getLocale: () => 'ru',
  setBadgeCount: () => true,
  quit: () => app.emit('before-quit', { preventDefault: nothing }),
  exit: (code) => process.exit(code),
});

export const protocol = {
  registerSchemesAsPrivileged: nothing,
  handle(_scheme, handler) {
    serve = handler;
  },
};

export function BrowserWindow() {
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: nothing });
  return Object.assign(new EventEmitter(), {
    webContents: contents,
    show: nothing,
    async loadURL(address) {
      const page = await serve(new Request(address));
      process.stdout.write(`page ${page.status}\n`);
    },
  });
}

export function Tray() {
  return Object.assign(new EventEmitter(), {
    setToolTip: (name) => process.stdout.write(`tray ${name}\n`),
    setTitle: nothing,
    setContextMenu: nothing,
    destroy: nothing,
  });
}

export function Notification() {
  return Object.assign(new EventEmitter(), { show: nothing });
}
Notification.isSupported = () => false;

export const Menu = { buildFromTemplate: (items) => items };
export const dialog = { showErrorBox: (title, words) => process.stderr.write(`${title}: ${words}\n`) };
export const ipcMain = new EventEmitter();
export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = { start: () => 1, stop: nothing };
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
  },
};
export const shell = { openExternal: async () => undefined, beep: nothing };

process.once('SIGTERM', () => app.quit());

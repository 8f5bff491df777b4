import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
} from 'electron';
import packageJson from '../../package.json' with { type: 'json' };
import { createBackend } from '../core/app.ts';
import { readArguments } from '../host/args.ts';
import { defaultDataDir } from '../host/default-data-dir.ts';
import { requestLink } from '../host/host-file.ts';
import { readBuild } from '../host/page-files.ts';
import { readProvision } from '../host/provision.ts';
import { createRunning } from '../host/running.ts';
import { createSecretBox } from '../host/secret-box.ts';
import { readSecretKeys } from '../host/secret-keys.ts';
import { checkExternal } from '../host/system-tools.ts';
import { AppError } from '../shared/errors.ts';
import type { Port } from '../shared/rpc/port.ts';
import { appScheme, createAppProtocol, isDesk } from './app-protocol.ts';
import { createElectronCapabilities, createSystemSecretBox } from './capabilities.ts';
import { acceptPorts } from './electron-port.ts';
import { failureWords } from './failure-words.ts';
import { followPower, holdSingleInstance, stopBeforeQuit } from './lifecycle.ts';
import { createDeskTray, type DeskTray } from './tray.ts';
import { confineNavigation, denyPermissions, deskAddress, windowOptions } from './window.ts';

const environment = process.env;
const args = readArguments(process.argv.slice(app.isPackaged ? 1 : 2), false);
const dataDir = resolve(
  args.data ?? defaultDataDir({ platform: process.platform, home: homedir(), environment }),
);
const rendererDir = join(import.meta.dirname, '../renderer');
const icon = join(import.meta.dirname, '../../resources/icons/256x256.png');

// Letters and their index are nobody else's, wherever the directory lies.
process.umask(0o077);
// Electron's own files, and with them the single instance, belong to this desk.
app.setPath('userData', join(dataDir, 'electron'));
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

const ports = new Set<Port>();
let window: BrowserWindow | undefined;
let tray: DeskTray | undefined;

if (holdSingleInstance({ app, showWindow: () => showWindow() })) {
  app.whenReady().then(start).catch(fail);
}

async function start(): Promise<void> {
  const provision =
    args.config === undefined ? undefined : readProvision(resolve(args.config), { environment });
  const running = createRunning({
    createBackend,
    onFatal: (error) => void fail(error),
    options: {
      dataDir,
      workerPath: join(import.meta.dirname, 'parse-worker.js'),
      build: await readBuild(rendererDir),
      version: packageJson.version,
      shell: 'electron',
      ...(provision ? { provision } : {}),
    },
  });
  const fileBox = createSecretBox(await readSecretKeys(dataDir, undefined));
  const capabilities = createElectronCapabilities({
    app,
    shell,
    powerSaveBlocker,
    notificationsSupported: Notification.isSupported(),
    createNotification: (options) => new Notification(options),
    secretBox: createSystemSecretBox(safeStorage, process.platform, fileBox),
    restart: running.restart,
    show: showWindow,
    setUnread: (count) => tray?.setUnread(count),
  });
  running.onTurn(() => {
    for (const port of ports) port.close();
  });
  await running.start(capabilities);
  followPower(powerMonitor, (from) => running.current()?.resumed(from));
  stopBeforeQuit({
    app,
    stop: async () => {
      capabilities.release();
      tray?.destroy();
      await running.stop();
    },
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      running.log.error({ err: error }, 'process.failed');
      void running.stop().finally(() => app.exit(70));
    });
  }
  denyPermissions(session.defaultSession);
  protocol.handle(appScheme, createAppProtocol(rendererDir, running.current));
  tray = createDeskTray({
    createTray: () => new Tray(icon.replace('256x256', '22x22')),
    buildMenu: (items) => Menu.buildFromTemplate(items),
    isRussian: app.getLocale().startsWith('ru'),
    open: () => showWindow(),
    quit: () => app.quit(),
  });
  openWindow(running);
}

type Running = Pick<ReturnType<typeof createRunning>, 'current' | 'log'>;

/** The desk's own window: closing it hides it, the tray brings it back. */
function openWindow(running: Running): void {
  const created = createDeskWindow(running, deskAddress);
  window = created;
  let isQuitting = false;
  app.on('before-quit', () => (isQuitting = true));
  created.on('close', (event) => {
    if (isQuitting) return;
    event.preventDefault();
    created.hide();
  });
}

function createDeskWindow(running: Running, address: string): BrowserWindow {
  const created = new BrowserWindow(windowOptions(join(import.meta.dirname, '../preload/index.cjs'), icon));
  confineNavigation({
    contents: created.webContents,
    openOutside,
    openDesk: (url) => void createDeskWindow(running, url),
  });
  acceptPorts({
    ipc: ipcMain,
    contents: created.webContents,
    isOurs: isDesk,
    accept(port) {
      const backend = running.current();
      if (!backend) return port.close();
      ports.add(port);
      port.onClose(() => ports.delete(port));
      backend.connect(port);
    },
    onRefused: (url) => running.log.warn({ origin: URL.parse(url)?.origin }, 'shell.sender-refused'),
  });
  created.once('ready-to-show', () => created.show());
  created.loadURL(address).catch(fail);
  return created;
}

function showWindow(path?: unknown): void {
  if (typeof path === 'string') void window?.loadURL(`${deskAddress}#${path}`);
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function openOutside(url: string): void {
  try {
    void shell.openExternal(checkExternal(url));
  } catch {
    // An address no system program should see: a letter may try, and nothing happens.
  }
}

/** The desk cannot run: a browser already has it, or a person must read why. */
async function fail(error: unknown): Promise<void> {
  const isTaken = error instanceof AppError && error.reason === 'data-dir-in-use';
  const link = isTaken ? await requestLink(dataDir) : undefined;
  if (link !== undefined) await shell.openExternal(link);
  else dialog.showErrorBox('Pult', failureWords(error));
  app.exit(link === undefined ? 1 : 0);
}

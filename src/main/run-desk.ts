import { join } from 'node:path';
import {
  app,
  dialog,
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
import { readArguments, type HostArguments } from '../host/args.ts';
import { requestLink } from '../host/host-file.ts';
import { readBuild } from '../host/page-files.ts';
import { createRunning } from '../host/running.ts';
import { createSecretBox } from '../host/secret-box.ts';
import { readSecretKeys } from '../host/secret-keys.ts';
import { AppError } from '../shared/errors.ts';
import { appScheme, createAppProtocol } from './app-protocol.ts';
import { createElectronCapabilities, createSystemSecretBox } from './capabilities.ts';
import type { DeskPlace, DeskProgram } from './desk-program.ts';
import { createDeskWindows, type DeskWindows } from './desk-windows.ts';
import { failureWords } from './failure-words.ts';
import { followPower, holdSingleInstance, stopBeforeQuit } from './lifecycle.ts';
import { createDeskTray, type DeskTray } from './tray.ts';
import { denyPermissions } from './window.ts';

type Desk = {
  readonly program: DeskProgram;
  readonly args: HostArguments;
  readonly place: DeskPlace;
  readonly icon: string;
  readonly windows: DeskWindows;
  readonly fail: (error: unknown) => void;
};

/** The whole life of a desk in Electron, once in a process and before Electron is ready. */
export function runDesk(program: DeskProgram): void {
  const args = readArguments(process.argv.slice(app.isPackaged ? 1 : 2), false);
  const place = program.place(args);
  // Letters and their index are nobody else's, wherever the directory lies.
  process.umask(0o077);
  // Electron's own files, and with them the single instance, belong to this desk.
  app.setPath('userData', place.electronDir);
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  const icon = join(program.folder, '../../resources/icons/256x256.png');
  const fail = (error: unknown) => void giveUp(program, place, error);
  const windows = createDeskWindows({ folder: program.folder, icon, onFatal: fail });
  if (!holdSingleInstance({ app, showWindow: () => windows.show() })) return;
  app
    .whenReady()
    .then(() => start({ program, args, place, icon, windows, fail }))
    .catch(fail);
}

async function start({ program, args, place, icon, windows, fail }: Desk): Promise<void> {
  const { dataDir } = place;
  const rendererDir = join(program.folder, '../renderer');
  const opened = await program.open(args, place);
  let tray: DeskTray | undefined = undefined;
  const running = createRunning({
    createBackend: opened.createBackend,
    onFatal: fail,
    options: {
      dataDir,
      workerPath: join(program.folder, 'parse-worker.js'),
      build: await readBuild(rendererDir),
      version: packageJson.version,
      shell: 'electron',
      ...opened.options,
    },
  });
  opened.follow?.(running.log);
  const stop = async () => {
    await running.stop();
    await opened.stop?.();
  };
  const fileBox = createSecretBox(await readSecretKeys(dataDir, undefined));
  const secretBox =
    opened.secretStore === 'file' ? fileBox : createSystemSecretBox(safeStorage, process.platform, fileBox);
  if (args.restore !== undefined) {
    await opened.restore?.({
      from: args.restore,
      dataDir,
      recoveryKey: args['recovery-key'],
      secretBox,
    });
  }
  const capabilities = createElectronCapabilities({
    app,
    shell,
    powerSaveBlocker,
    notificationsSupported: Notification.isSupported(),
    createNotification: (options) => new Notification(options),
    secretBox,
    restart: running.restart,
    show: windows.show,
    setUnread: (count) => tray?.setUnread(count),
  });
  running.onTurn(windows.dropPages);
  await running.start(capabilities);
  followPower(powerMonitor, (from) => running.current()?.resumed(from));
  stopBeforeQuit({
    app,
    stop: async () => {
      capabilities.release();
      tray?.destroy();
      await stop();
    },
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      running.log.error({ err: error }, 'process.failed');
      void stop().finally(() => app.exit(70));
    });
  }
  denyPermissions(session.defaultSession);
  protocol.handle(appScheme, createAppProtocol(rendererDir, running.current));
  tray = createDeskTray({
    createTray: () => new Tray(icon.replace('256x256', '22x22')),
    buildMenu: (items) => Menu.buildFromTemplate(items),
    names: program.names,
    isRussian: app.getLocale().startsWith('ru'),
    open: () => windows.show(),
    quit: () => app.quit(),
  });
  windows.open(running);
}

/** The desk cannot run: a browser already has it, or a person must read why. */
async function giveUp({ names }: DeskProgram, { dataDir }: DeskPlace, error: unknown): Promise<void> {
  const isTaken = error instanceof AppError && error.reason === 'data-dir-in-use';
  const link = isTaken ? await requestLink(dataDir) : undefined;
  if (link !== undefined) await shell.openExternal(link);
  else dialog.showErrorBox(names.en, failureWords(error));
  app.exit(link === undefined ? 1 : 0);
}

import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  App,
  IpcMain,
  Menu,
  MenuItemConstructorOptions,
  PowerMonitor,
  Session,
  WebContents,
} from 'electron';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../core/app-types.ts';
import { silentLogger } from '../core/platform/logger.ts';
import type { Port } from '../shared/rpc/port.ts';
import { createAppProtocol, isDesk } from './app-protocol.ts';
import { createElectronCapabilities, createSystemSecretBox } from './capabilities.ts';
import { acceptPorts } from './electron-port.ts';
import { followPower, holdSingleInstance, stopBeforeQuit } from './lifecycle.ts';
import { createDeskTray } from './tray.ts';
import { confineNavigation, denyPermissions, windowOptions } from './window.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a second start brings the first window forward and ends', () => {
  const told: string[] = [];
  const first = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => true,
    quit: () => told.push('quit'),
  });
  const second = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => false,
    quit: () => told.push('quit'),
  });

  expect(
    holdSingleInstance({ app: first as unknown as App, showWindow: () => void told.push('shown') }),
  ).toBe(true);
  first.emit('second-instance');
  expect(
    holdSingleInstance({ app: second as unknown as App, showWindow: () => void told.push('wrong') }),
  ).toBe(false);

  expect(told).toEqual(['shown', 'quit']);
});

test('quitting waits for the backend, once', async () => {
  const app = Object.assign(new EventEmitter(), {
    exits: [] as number[],
    exit: (code: number) => app.exits.push(code),
  });
  let stops = 0;
  const done = Promise.withResolvers<void>();
  stopBeforeQuit({
    app: app as unknown as App,
    stop: () => {
      stops += 1;
      return done.promise;
    },
  });
  let prevented = 0;
  const event = { preventDefault: () => (prevented += 1) };

  app.emit('before-quit', event);
  app.emit('before-quit', event);
  expect([stops, prevented, app.exits.length]).toEqual([1, 2, 0]);
  done.resolve();
  await settle();

  expect(app.exits).toEqual([0]);
});

test('a backend that hangs does not hold up quitting for ever', async () => {
  const exited = Promise.withResolvers<number>();
  const app = Object.assign(new EventEmitter(), { exit: exited.resolve });
  stopBeforeQuit({ app: app as unknown as App, stop: () => new Promise(() => undefined), stopWithinMs: 1 });

  app.emit('before-quit', { preventDefault: () => undefined });

  await expect(exited.promise).resolves.toBe(70);
});

test('the desk hears that the machine woke and that somebody is back', () => {
  const heard: string[] = [];
  const monitor = new EventEmitter();
  followPower(monitor as unknown as PowerMonitor, (from) => void heard.push(from));

  for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) monitor.emit(event);

  expect(heard).toEqual(['sleep', 'lock']);
});

describe('the window', () => {
  const confine = () => {
    const outside: string[] = [];
    const cards: string[] = [];
    let open: (details: { url: string }) => unknown = () => undefined;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: typeof open) => {
        open = handler;
      },
    });
    confineNavigation({
      contents: contents as unknown as WebContents,
      openOutside: (url) => outside.push(url),
      openDesk: (url) => cards.push(url),
    });
    const go = (event: string, url: string, isMainFrame = true) => {
      let prevented = false;
      contents.emit(event, { url, isMainFrame, preventDefault: () => (prevented = true) });
      return prevented;
    };
    return { outside, cards, go, open: (url: string) => open({ url }) };
  };

  test('stays at the desk', () => {
    const { go, outside } = confine();

    expect(go('will-navigate', 'app://pult/index.html#/queue/4')).toBe(false);
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://pult.evil/',
      'app://pult/letter/5',
    ]) {
      expect(go('will-navigate', url)).toBe(true);
    }
    expect(go('will-redirect', 'https://evil.example/')).toBe(true);

    expect(outside).toEqual(['https://evil.example/', 'file:///etc/passwd', 'app://pult.evil/']);
  });

  test('lets a letter fill its frame and sends its links outside', () => {
    const { go, outside } = confine();

    expect(go('will-frame-navigate', 'app://pult/letter/5', false)).toBe(false);
    expect(go('will-frame-navigate', 'app://pult/dossier/token', false)).toBe(false);
    expect(go('will-frame-navigate', 'https://tower.example/', false)).toBe(true);
    expect(go('will-frame-navigate', 'app://pult/index.html', false)).toBe(true);

    expect(outside[0]).toBe('https://tower.example/');
  });

  test('opens a second one for a card of the desk, and for nothing else', () => {
    const { open, outside, cards } = confine();

    for (const url of [
      'https://tower.example/',
      'app://pult/letter/5',
      'app://pult/index.html#/incident/7',
    ]) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(cards).toEqual(['app://pult/index.html#/incident/7']);
    expect(outside).toEqual(['https://tower.example/', 'app://pult/letter/5']);
  });

  test('gives the page no Node', () => {
    expect(windowOptions('/preload.cjs', '/icon.png').webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  });

  test('may notify and nothing else', () => {
    type Ask = (
      contents: unknown,
      permission: string,
      answer: (ok: boolean) => void,
      details: { requestingUrl: string },
    ) => void;
    const handlers: {
      ask?: Ask;
      check?: (contents: unknown, permission: string, origin: string) => boolean;
    } = {};
    denyPermissions({
      setPermissionRequestHandler: (handler: Ask) => (handlers.ask = handler),
      setPermissionCheckHandler: (handler: typeof handlers.check) => (handlers.check = handler),
      setDevicePermissionHandler: () => undefined,
    } as unknown as Session);
    const asked = (permission: string, requestingUrl = 'app://pult/index.html') => {
      let answer: boolean | undefined;
      handlers.ask?.({}, permission, (ok) => (answer = ok), { requestingUrl });
      return answer;
    };

    expect(asked('notifications')).toBe(true);
    expect(asked('notifications', 'https://evil.example/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'openExternal', 'clipboard-read', 'fullscreen']) {
      expect(asked(permission)).toBe(false);
    }
    expect(handlers.check?.({}, 'media', 'app://pult')).toBe(false);
  });
});

describe('app://', () => {
  const make = (web: Backend['web'] = async () => new Response('core')) => {
    const rendererDir = mkdtempSync(join(tmpdir(), 'pult-app-'));
    mkdirSync(join(rendererDir, 'assets'));
    writeFileSync(join(rendererDir, 'index.html'), '<title>Пульт</title>');
    const backend: Backend = {
      connect: () => undefined,
      web,
      tileOrigin: () => undefined,
      resumed: () => undefined,
      stop: async () => undefined,
      log: silentLogger,
    };
    return createAppProtocol(rendererDir, () => backend);
  };

  test('serves the page with its policy', async () => {
    const answer = await make()(new Request('app://pult/index.html'));

    expect(await answer.text()).toContain('Пульт');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'app://pult/../../etc/passwd',
    'app://pult/%2e%2e/%2e%2e/etc/passwd',
    'app://pult/..%2f..%2fetc%2fpasswd',
  ])('gives nothing from outside the page: %s', async (url) => {
    const answer = await make(async () => new Response(null, { status: 404 }))(new Request(url));

    expect(answer.status).toBe(404);
  });

  test('answers for no other host', async () => {
    expect((await make()(new Request('app://other/index.html'))).status).toBe(404);
  });

  test('hands letters and uploads to core, and keeps the policy of a letter', async () => {
    const seen: string[] = [];
    const serve = make(async (request) => {
      const { pathname, search } = new URL(request.url);
      seen.push(`${request.method} ${pathname}${search} ${request.body ? await request.text() : ''}`.trim());
      return new Response('x', { headers: { 'content-security-policy': 'sandbox' } });
    });

    const letter = await serve(new Request('app://pult/letter/5?remote=1'));
    await serve(new Request('app://pult/upload', { method: 'POST', body: 'bytes' }));

    expect(letter.headers.get('content-security-policy')).toBe('sandbox');
    expect(seen).toEqual(['GET /letter/5?remote=1', 'POST /upload bytes']);
  });

  test.each([
    ['app://pult/', true],
    ['app://pult/index.html#/queue', true],
    ['app://pult/letter/5', false],
    ['app://pult.evil.example/index.html', false],
    ['https://pult/index.html', false],
    ['not an address', false],
  ])('the desk is at %s: %s', (url, expected) => {
    expect(isDesk(url)).toBe(expected);
  });
});

describe('the pipe to the page', () => {
  const make = () => {
    const ipc = new EventEmitter();
    const mainFrame = { url: 'app://pult/index.html' };
    const contents = Object.assign(new EventEmitter(), {
      mainFrame,
      isDestroyed: () => false,
      send: () => undefined,
    });
    const ports: Port[] = [];
    const refused: string[] = [];
    acceptPorts({
      ipc: ipc as unknown as IpcMain,
      contents: contents as unknown as WebContents,
      isOurs: isDesk,
      accept: (port) => ports.push(port),
      onRefused: (url) => refused.push(url),
    });
    const open = (event: object) => ipc.emit('pult:port', event, { kind: 'open', id: crypto.randomUUID() });
    return { ipc, contents, mainFrame, ports, refused, open };
  };

  test('hears the main frame of its own window at our address, and nobody else', () => {
    const { contents, mainFrame, ports, refused, open } = make();

    open({ sender: {}, senderFrame: mainFrame });
    open({ sender: contents, senderFrame: { url: 'app://pult/index.html' } });
    open({ sender: contents, senderFrame: null });
    mainFrame.url = 'https://evil.example/';
    open({ sender: contents, senderFrame: mainFrame });
    expect(ports).toHaveLength(0);
    expect(refused).toHaveLength(3);

    mainFrame.url = 'app://pult/index.html';
    open({ sender: contents, senderFrame: mainFrame });
    expect(ports).toHaveLength(1);
  });

  test('hangs up when the page sends what our preload would not', () => {
    const { ipc, contents, mainFrame, ports, open } = make();
    open({ sender: contents, senderFrame: mainFrame });
    let closed = 0;
    ports[0]?.onClose(() => (closed += 1));

    ipc.emit('pult:port', { sender: contents, senderFrame: mainFrame }, { kind: 'eval', code: '1' });

    expect(closed).toBe(1);
  });

  test.each(['did-start-navigation', 'render-process-gone', 'destroyed'])(
    'ends with the page: %s',
    (event) => {
      const { contents, mainFrame, ports, open, ipc } = make();
      open({ sender: contents, senderFrame: mainFrame });
      let closed = 0;
      ports[0]?.onClose(() => (closed += 1));

      contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
      expect(closed).toBe(0);
      contents.emit(event, { isMainFrame: true, isSameDocument: false });

      expect(closed).toBe(1);
      expect(ipc.listenerCount('pult:port')).toBe(event === 'destroyed' ? 0 : 1);
    },
  );
});

describe('secrets', () => {
  const file = {
    kind: 'file' as const,
    seal: (text: string) => `f:${text}`,
    open: (text: string) => text.slice(2),
  };
  const storage = (over: object = {}) => ({
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret' as const,
    encryptString: (text: string) => Buffer.from(text).reverse(),
    decryptString: (sealed: Buffer) => Buffer.from(sealed).reverse().toString(),
    ...over,
  });

  test('are sealed by the system, and those the key file sealed before stay readable', () => {
    const box = createSystemSecretBox(storage(), 'linux', file);

    expect(box.kind).toBe('system');
    expect(box.open(box.seal('abc'))).toBe('abc');
    expect(box.seal('abc')).not.toContain('abc');
    expect(box.open('f:old')).toBe('old');
  });

  test('go to the key file where the system would only pretend', () => {
    const basic = storage({ getSelectedStorageBackend: () => 'basic_text' });

    expect(createSystemSecretBox(basic, 'linux', file).kind).toBe('file');
    expect(createSystemSecretBox(storage({ isEncryptionAvailable: () => false }), 'win32', file).kind).toBe(
      'file',
    );
  });

  test('that the system cannot open are said to be unreadable', () => {
    const broken = storage({
      decryptString: () => {
        throw new Error('bad');
      },
    });

    expect(() => createSystemSecretBox(broken, 'darwin', file).open('v1.s.AAAA')).toThrow(
      expect.objectContaining({ reason: 'secret-unreadable' }),
    );
  });
});

test('a click on a notification leads to its incident; the machine sleeps again at the end', () => {
  const told: string[] = [];
  const notification = Object.assign(new EventEmitter(), { show: () => told.push('notified') });
  const capabilities = createElectronCapabilities({
    app: { setBadgeCount: (count = 0) => told.push(`badge ${count}`) > 0 },
    shell: { openExternal: async (url) => void told.push(url), beep: () => void told.push('beep') },
    powerSaveBlocker: { start: () => told.push('awake'), stop: () => told.push('asleep') > 0 },
    notificationsSupported: true,
    createNotification: () => notification as never,
    secretBox: { kind: 'file', seal: (text) => text, open: (text) => text },
    restart: () => undefined,
    show: (path) => told.push(`show ${path}`),
    setUnread: (count) => told.push(`tray ${count}`),
  });

  capabilities.notifier.show({ title: 't', body: 'b', urgency: 'critical', path: '/queue/42' });
  notification.emit('click');
  capabilities.attention.badge(3);
  capabilities.wakefulness.hold(true);
  capabilities.wakefulness.hold(true);
  capabilities.release();

  expect(told).toEqual(['notified', 'show /queue/42', 'badge 3', 'tray 3', 'awake', 'asleep']);
});

test('the tray opens the desk, quits it and counts what is unread', () => {
  const told: string[] = [];
  let items: MenuItemConstructorOptions[] = [];
  const tray = Object.assign(new EventEmitter(), {
    setToolTip: (text: string) => told.push(text),
    setTitle: () => undefined,
    setContextMenu: () => undefined,
    destroy: () => told.push('destroyed'),
  });
  const desk = createDeskTray({
    createTray: () => tray as never,
    buildMenu: (built) => {
      items = built;
      return {} as Menu;
    },
    names: { ru: 'Пульт', en: 'Pult' },
    isRussian: true,
    open: () => told.push('open'),
    quit: () => told.push('quit'),
  });

  desk.setUnread(7);
  tray.emit('click');
  items.at(-1)?.click?.({} as never, undefined, {} as never);

  expect(told).toEqual(['Пульт', 'Пульт: 7', 'open', 'quit']);
});

import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron';
import { appOrigin, isDesk } from './app-protocol.ts';

export const deskAddress = `${appOrigin}/index.html`;

/** A page without Node, without a way to other pages, awake in the background because alarms sound there. */
export function windowOptions(preload: string, icon: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#14171c',
    autoHideMenuBar: true,
    icon,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      backgroundThrottling: false,
      spellcheck: true,
    },
  };
}

type Guarded = {
  readonly contents: Pick<BrowserWindow['webContents'], 'on' | 'setWindowOpenHandler'>;
  /** Checks the scheme itself. */
  readonly openOutside: (url: string) => void;
  /** A card in a window of its own. */
  readonly openDesk: (url: string) => void;
};

/** The window stays at the desk; letters may fill their own frames; every other address goes outside or nowhere. */
export function confineNavigation({ contents, openOutside, openDesk }: Guarded): void {
  contents.on('will-navigate', (details) => {
    if (isDesk(details.url)) return;
    details.preventDefault();
    if (!details.url.startsWith(`${appOrigin}/`)) openOutside(details.url);
  });
  contents.on('will-frame-navigate', (details) => {
    const isPaper = ['letter', 'dossier'].some((room) => details.url.startsWith(`${appOrigin}/${room}/`));
    if (details.isMainFrame || isPaper || details.url === 'about:blank') return;
    details.preventDefault();
    openOutside(details.url);
  });
  contents.on('will-redirect', (details) => {
    if (!details.url.startsWith(`${appOrigin}/`)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isDesk(url)) openDesk(url);
    else openOutside(url);
    return { action: 'deny' };
  });
}

/** A page may notify; it gets no camera, no place, no device. */
export function denyPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === 'notifications' && isDesk(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'notifications' && origin.startsWith(appOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

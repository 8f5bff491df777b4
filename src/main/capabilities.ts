import type {
  App,
  Notification,
  NotificationConstructorOptions,
  PowerSaveBlocker,
  SafeStorage,
  Shell,
} from 'electron';
import type { Capabilities, SecretBox } from '../core/app-types.ts';
import { checkExternal } from '../host/system-tools.ts';
import { AppError } from '../shared/errors.ts';

export type ElectronParts = {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly shell: Pick<Shell, 'openExternal' | 'beep'>;
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly notificationsSupported: boolean;
  readonly createNotification: (options: NotificationConstructorOptions) => Pick<Notification, 'on' | 'show'>;
};

type Parts = ElectronParts & {
  readonly secretBox: SecretBox;
  readonly restart: () => void;
  /** Brings the window forward at a path of the page. */
  readonly show: (path: string) => void;
  readonly setUnread: (count: number) => void;
};

/** What Electron has to offer. */
export function createElectronCapabilities(parts: Parts): Capabilities & { release(): void } {
  const { app, shell, powerSaveBlocker } = parts;
  // A notification that is collected loses its click.
  const shown = new Set<object>();
  let blocker: number | undefined;
  const hold = (awake: boolean) => {
    if (awake) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  return {
    secretBox: parts.secretBox,
    notifier: {
      available: parts.notificationsSupported,
      show({ title, body, urgency, path }) {
        if (!parts.notificationsSupported) return;
        const timeoutType = urgency === 'critical' ? 'never' : 'default';
        const notification = parts.createNotification({ title, body, urgency, timeoutType });
        shown.add(notification);
        notification.on('click', () => parts.show(path));
        notification.on('close', () => shown.delete(notification));
        notification.show();
      },
      beep: () => shell.beep(),
    },
    opener: { external: async (url) => shell.openExternal(checkExternal(url)) },
    attention: {
      available: true,
      tray: true,
      badge(count) {
        app.setBadgeCount(count);
        parts.setUnread(count);
      },
    },
    wakefulness: { available: true, hold },
    restarter: { restart: parts.restart },
    release: () => hold(false),
  };
}

const systemPrefix = 'v1.s.';

type Storage = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

/**
 * The system's own sealing where it is real: on Linux without a keyring Electron would seal with a key everybody knows,
 * and then the key file is better and honest. What the file sealed before stays readable.
 */
export function createSystemSecretBox(
  storage: Storage,
  platform: NodeJS.Platform,
  file: SecretBox,
): SecretBox {
  const isWeak =
    platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
  if (isWeak || !storage.isEncryptionAvailable()) return file;
  return {
    kind: 'system',
    seal: (plain) => systemPrefix + storage.encryptString(plain).toString('base64url'),
    open(sealed) {
      if (!sealed.startsWith(systemPrefix)) return file.open(sealed);
      try {
        return storage.decryptString(Buffer.from(sealed.slice(systemPrefix.length), 'base64url'));
      } catch (error) {
        throw new AppError('denied', { details: { reason: 'secret-unreadable' }, cause: error });
      }
    },
  };
}

import { posix, win32 } from 'node:path';

type Machine = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Where a desk lies when nobody says otherwise: the place each system gives to a program's own data. */
export function defaultDataDir({ platform, home, environment }: Machine): string {
  if (platform === 'win32') {
    return win32.join(environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Pult');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Pult');
  return posix.join(environment['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), 'pult');
}

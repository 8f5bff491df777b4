import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Electron's program, when it is on the disk. Its package is never imported to ask: importing it starts a download, and
 * on a network that swallows packets that hangs.
 */
export function findElectron(packageDir: string, environment: Environment): string | undefined {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(packageDir, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined;
  if (!name && !override) return undefined;
  const program = join(
    override ?? join(packageDir, 'dist'),
    name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'),
  );
  return existsSync(program) ? program : undefined;
}

/** Why Electron could not show a window here even with its program; undefined when it could. */
export function whyNoWindow(
  platform: NodeJS.Platform,
  environment: Environment,
  userId: number | undefined,
): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'there is no display for Electron';
  return userId === 0 ? 'Electron does not run as root' : undefined;
}

import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AppError } from '../shared/errors.ts';

/** Whether a program of this name can be started. */
export function hasTool(name: string, path: string | undefined = process.env['PATH']): boolean {
  return (path ?? '').split(delimiter).some((folder) => {
    if (!folder) return false;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}

export type Started = {
  /** Ends the program and what it started. */
  stop(): void;
};

/** Starts a program nobody waits for; one that cannot start is told to `onFailure`. */
export function startDetached(
  command: string,
  args: readonly string[],
  onFailure: (error: Error) => void = () => undefined,
): Started {
  const child = spawn(command, [...args], { stdio: 'ignore', detached: true, windowsHide: true });
  child.once('error', onFailure);
  child.unref();
  return {
    stop() {
      if (child.pid === undefined || child.exitCode !== null) return;
      try {
        if (process.platform === 'win32') child.kill();
        else process.kill(-child.pid);
      } catch {
        // It ended by itself in the meantime.
      }
    },
  };
}

/** How this system opens an address with the program meant for it. */
export function openCommand(platform: NodeJS.Platform, url: string): readonly [string, readonly string[]] {
  if (platform === 'darwin') return ['open', [url]];
  // The shell's `start` would read `&` in an address as a command.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

/** The address as the system may have it; refuses with `denied` whatever is not the web or a letter. */
export function checkExternal(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !['https:', 'http:', 'mailto:'].includes(parsed.protocol)) {
    throw new AppError('denied', { details: { reason: 'scheme' } });
  }
  return parsed.href;
}

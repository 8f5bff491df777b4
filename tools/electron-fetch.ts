import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type FetchOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export type FetchParts = {
  /** Electron's own installer: it knows mirrors, its cache and the checksums. */
  readonly installer: string;
  /** Where it unpacks. */
  readonly dist: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly firstByteMs?: number;
  readonly stallMs?: number;
  readonly onProgress: (bytes: number) => void;
};

const lookEveryMs = 100;

/**
 * Runs Electron's installer for as long as bytes arrive. It has no time limits of its own, so what it writes is watched:
 * nothing at first means no network, nothing later means a stall.
 */
export function fetchElectron(parts: FetchParts): Promise<FetchOutcome> {
  const { installer, dist, environment, firstByteMs = 5000, stallMs = 30_000, onProgress } = parts;
  const temporary = mkdtempSync(join(tmpdir(), 'pult-electron-'));
  const child = spawn(process.execPath, [installer], {
    env: {
      ...environment,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ELECTRON_GET_NO_PROGRESS: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const atStart = sizeOf(dist);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));

  return new Promise((resolve) => {
    let bytes = 0;
    let quietSince = performance.now();
    const finish = (outcome: FetchOutcome) => {
      clearInterval(timer);
      rmSync(temporary, { recursive: true, force: true });
      resolve(outcome);
    };
    const abort = (reason: string) => {
      clearInterval(timer);
      child.removeAllListeners('close');
      child.once('close', () => finish({ ok: false, reason }));
      child.kill('SIGKILL');
    };
    const timer = setInterval(() => {
      const now = sizeOf(temporary) + sizeOf(dist) - atStart;
      if (now !== bytes) {
        bytes = now;
        quietSince = performance.now();
        onProgress(bytes);
      }
      const quietMs = performance.now() - quietSince;
      if (bytes === 0 && quietMs > firstByteMs) abort(`no answer within ${firstByteMs / 1000} s`);
      else if (quietMs > stallMs) abort(`the download stood still for ${stallMs / 1000} s`);
    }, lookEveryMs);
    child.once('error', (error) => finish({ ok: false, reason: error.message }));
    child.once('close', (code) => {
      finish(code === 0 ? { ok: true } : { ok: false, reason: firstLine(complaint) });
    });
  });
}

/** Remembers for a day that this version could not be fetched, so that each start does not wait for it again. */
export function createFetchMemory(file: string, version: string, now: () => number) {
  const dayMs = 24 * 3_600_000;
  return {
    /** Why the last attempt failed, when that was less than a day ago. */
    recentFailure(): string | undefined {
      try {
        const kept = JSON.parse(readFileSync(file, 'utf8')) as {
          version?: unknown;
          failedAt?: unknown;
          reason?: unknown;
        };
        const isRecent = typeof kept.failedAt === 'number' && Math.abs(now() - kept.failedAt) < dayMs;
        return isRecent && kept.version === version ? String(kept.reason) : undefined;
      } catch {
        // Never tried, or the note is torn: trying is harmless.
        return undefined;
      }
    },
    noteFailure(reason: string): void {
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify({ version, failedAt: now(), reason }));
      } catch {
        // A cache that cannot be written costs five seconds at the next start.
      }
    },
    forget: () => rmSync(file, { force: true }),
  };
}

/** Where this user's programs keep what may be lost. */
export function cacheDir(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'Pult');
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/Pult');
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'pult');
}

function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Renamed between listing and looking; counted at the next look.
    }
  }
  return bytes;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) || 'the installer failed';
}

import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultDataDir } from '../src/host/default-data-dir.ts';

const startLimitMs = 30_000;
const stopLimitMs = 10_000;

type Smoke = { readonly startedMs: number; readonly tray: string; readonly leftBehind: boolean };

/**
 * Starts the program packed in `app` under plain Node, with a stand-in for Electron, until its window has its page, and
 * quits it. `data` is where its letters lie, as an ending of the desk's own place. Throws what went wrong.
 */
export async function smokeElectron(app: string, entry: string, data: string): Promise<Smoke> {
  putStandIn(app);
  const home = mkdtempSync(join(tmpdir(), 'pult-electron-'));
  const environment = { HOME: home, APPDATA: home, XDG_DATA_HOME: home };
  const place = defaultDataDir({ platform: process.platform, home, environment }) + data;
  const startedAt = performance.now();
  const shell = spawn(process.execPath, [join(app, entry)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  try {
    const { output, startedMs } = await untilPage(shell, startedAt);
    const ended = new Promise<number | null>((resolve) => shell.once('exit', resolve));
    shell.kill('SIGTERM');
    const code = await Promise.race([ended, late()]);
    if (code !== 0) throw new Error(`The program stopped with code ${String(code)}:\n${output()}`);
    const tray = /^tray (.*)$/m.exec(output())?.[1] ?? '';
    return { startedMs, tray, leftBehind: existsSync(place) };
  } finally {
    if (shell.exitCode === null) shell.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

function putStandIn(app: string): void {
  const folder = join(app, 'node_modules/electron');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "electron", "main": "index.mjs" }');
  copyFileSync(join(import.meta.dirname, 'electron-stand-in.mjs'), join(folder, 'index.mjs'));
}

function untilPage(
  shell: ChildProcess,
  startedAt: number,
): Promise<{ readonly output: () => string; readonly startedMs: number }> {
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No page came:\n${text}`)), startLimitMs);
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!text.includes('page 200')) return;
      clearTimeout(timer);
      resolve({ output: () => text, startedMs: Math.round(performance.now() - startedAt) });
    };
    shell.stdout?.on('data', read);
    shell.stderr?.on('data', read);
    shell.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The program ended with code ${code}:\n${text}`));
    });
  });
}

function late(): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), stopLimitMs).unref());
}

/**
 * `npm run dev`: builds on every change and restarts the host after it. A page that is open reconnects by itself (its
 * session outlives the host) and reloads when its build is no longer the host's. Flags go to the host.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { resolveConfig } from 'electron-vite';
import { build, type InlineConfig } from 'vite';

import { root } from './run.ts';

/** One change may set off two builds; the host is restarted once both have been quiet for this long. */
const quietMs = 300;

const given = process.argv.slice(2);
const flags = given.includes('--data')
  ? given
  : [...given, '--data', join(root, '.pult/dev'), '--secret-store', 'file'];
const entry = join(root, 'out/main/host.js');

let host: ChildProcess | undefined;
let started = false;
let timer: NodeJS.Timeout | undefined;
/** Restarts queue up behind each other: a host must have let go of the data directory before the next one asks for it. */
let turn: Promise<void> = Promise.resolve();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave());
const { config } = await resolveConfig({ root }, 'build', 'development');
for (const part of ['main', 'preload', 'renderer'] as const) await watchPart(config?.[part] ?? {});

/** Resolves after the first build, so that the host finds the page when it starts. */
async function watchPart(part: InlineConfig): Promise<void> {
  const watcher = await build({
    ...part,
    logLevel: 'warn',
    build: { ...part.build, minify: false, watch: {} },
  });
  if (!('on' in watcher)) throw new Error('vite did not watch');
  await new Promise<void>((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      resolve();
      clearTimeout(timer);
      timer = setTimeout(queueRestart, quietMs);
    });
  });
}

function queueRestart(): void {
  turn = turn.then(restartHost).catch((failure: unknown) => console.error(failure));
}

async function restartHost(): Promise<void> {
  if (!existsSync(entry) || !existsSync(join(root, 'out/renderer/index.html'))) return;
  if (host?.exitCode === null) {
    const ended = new Promise((resolve) => host?.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
  }
  host = spawn(process.execPath, [entry, ...flags, ...(started ? ['--no-open'] : [])], {
    cwd: root,
    stdio: 'inherit',
  });
  started = true;
}

function leave(): void {
  host?.kill('SIGTERM');
  process.exit(0);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { KillOrder } from './crash-phases.ts';

const root = join(import.meta.dirname, '../..');
const startLimitMs = 30_000;

export type CrashHost = {
  /** The single-use link it prints once it serves, and how long that took. */
  readonly ready: Promise<{ readonly link: string; readonly startedMs: number }>;
  readonly ended: Promise<{ readonly signal: NodeJS.Signals | null; readonly code: number | null }>;
  isAlive(): boolean;
  order(order: KillOrder<string>): void;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  output(): string;
};

/** Bundles a crash entry of the host and the parser into `dir`, where it finds the packages through a link. */
export async function buildCrashHost(
  dir: string,
  source = new URL('./crash-host.ts', import.meta.url),
): Promise<string> {
  const main = join(dir, 'main');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: main,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: {
          host: fileURLToPath(source),
          'parse-worker': join(root, 'src/core/mail/parse-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  mkdirSync(join(dir, 'renderer'));
  writeFileSync(join(dir, 'renderer/index.html'), '<!doctype html>');
  return join(main, 'host.js');
}

type Start = {
  readonly entry: string;
  readonly dataDir: string;
  readonly config: string;
  readonly marks: string;
  readonly cursor?: 'with-rows' | 'apart';
  readonly env?: Readonly<Record<string, string>>;
};

export function startCrashHost({ entry, dataDir, config, marks, cursor, env }: Start): CrashHost {
  const startedAt = performance.now();
  const args = ['--data', dataDir, '--config', config, '--no-open', '--secret-store', 'file'];
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env, PULT_CRASH_MARKS: marks, PULT_CRASH_CURSOR: cursor ?? 'with-rows' },
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const ended = new Promise<{ signal: NodeJS.Signals | null; code: number | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      process.removeListener('exit', killWithUs);
      resolve({ code, signal });
    });
  });
  // An order may be on its way to a process that has just died.
  child.on('error', () => undefined);
  const output = collect(child);
  const ready = new Promise<{ link: string; startedMs: number }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The host did not start:\n${output()}`)), startLimitMs);
    child.stdout?.on('data', () => {
      const link = /(http:\S+token=\S+)\n/.exec(output())?.[1];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve({ link, startedMs: performance.now() - startedAt });
    });
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`The host ended before it served:\n${output()}`));
    });
  });
  ready.catch(() => undefined);
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    ready,
    ended,
    isAlive,
    order(order) {
      if (child.connected) child.send(order, () => undefined);
    },
    kill(signal) {
      if (isAlive()) child.kill(signal);
    },
    output,
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-8000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

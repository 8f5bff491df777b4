import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export type Outcome = { readonly code: number; readonly output: string; readonly ms: number };

export type RunOptions = {
  /** `inherit` shows the output as it comes, `keep` returns it. */
  readonly show: 'inherit' | 'keep';
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * Runs a tool of the repository by name with this very Node. Node comes first in PATH, so that a tool which starts
 * another one does not land on the machine's own, where the database crashes.
 */
export function run(command: string, parameters: readonly string[], options: RunOptions): Promise<Outcome> {
  const startedAt = performance.now();
  const path = [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(command === 'node' ? process.execPath : command, [...parameters], {
      cwd: root,
      // What is kept is shown later, maybe in a file: without colours.
      env: {
        ...process.env,
        ...(options.show === 'keep' ? { NO_COLOR: '1' } : {}),
        ...options.env,
        PATH: path,
      },
      stdio: options.show === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command !== 'node',
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output, ms: performance.now() - startedAt }));
  });
}

/** Builds what `npm run build` or `npm run build:demo` builds; rejects with the builder's words when it fails. */
export async function buildOut(kind: 'desk' | 'demo'): Promise<void> {
  const mode = kind === 'demo' ? ['--mode', 'demo'] : [];
  const { code, output } = await run('electron-vite', ['build', '--logLevel', 'warn', ...mode], {
    show: 'keep',
  });
  if (code !== 0) throw new Error(`The ${kind} build failed:\n${output}`);
}

/** Runs a long program in the foreground, hands it our signals and resolves with its exit code. */
export function runUntilDone(
  command: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(command, [...parameters], { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

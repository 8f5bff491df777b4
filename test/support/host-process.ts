import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestLink } from '../../src/host/host-file.ts';

export type HostProcess = {
  readonly dataDir: string;
  /** Good for one browser. */
  readonly link: string;
  /** Where the desk is, with the closing slash. */
  readonly base: string;
  readonly pid: number;
  /** Everything it wrote to the terminal so far. */
  output(): string;
  /** For another browser. */
  newLink(): Promise<string>;
  /** Resolves with its exit code, or the signal's name. */
  kill(signal: NodeJS.Signals): Promise<number | string>;
  /** As Ctrl+C does, and removes a data directory made here. */
  stop(): Promise<number | string>;
};

export type HostProcessOptions = {
  /** A temporary one unless given; a given one is kept. */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Which build; `out/main/host.js` unless given. */
  readonly entry?: string;
  readonly startWithinMs?: number;
};

const root = join(import.meta.dirname, '../..');

/** The built host as a process of its own, as a person would start it. */
export async function startHostProcess(options: HostProcessOptions = {}): Promise<HostProcess> {
  const { args = [], env = {}, startWithinMs = 20_000 } = options;
  const entry = options.entry ?? join(root, 'out/main/host.js');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: npm run build`);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'pult-host-'));
  const child = spawn(
    process.execPath,
    [entry, '--data', dataDir, '--no-open', '--secret-store', 'file', ...args],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const linked = new Promise<string>((resolve) => {
    const add = (chunk: Buffer) => {
      output += chunk.toString();
      const link = /http:\/\/127\.0\.0\.1:\S+\?token=[\w-]{43}(?=\s)/.exec(output)?.[0];
      if (link) resolve(link);
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
  });
  const timer = new AbortController();
  const late = new Promise<never>((_resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`The host gave no link:\n${output}`)), startWithinMs);
    timer.signal.addEventListener('abort', () => clearTimeout(timeout));
  });
  const early = ended.then((code) => Promise.reject(new Error(`The host ended with ${code}:\n${output}`)));
  early.catch(() => undefined);

  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  try {
    const link = await Promise.race([linked, early, late]);
    return {
      dataDir,
      link,
      base: link.slice(0, link.indexOf('?')),
      pid: child.pid ?? -1,
      output: () => output,
      async newLink() {
        const fresh = await requestLink(dataDir);
        if (fresh === undefined) throw new Error('The host gave no further link');
        return fresh;
      },
      kill,
      async stop() {
        const code = await kill('SIGTERM');
        if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
        return code;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    timer.abort();
  }
}

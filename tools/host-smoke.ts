import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startLimitMs = 20_000;
const stopLimitMs = 10_000;

/** Starts a built host on a data directory of its own until `/healthz` answers, and stops it. Throws what went wrong. */
export async function smokeHost(entry: string): Promise<{ readonly startedMs: number }> {
  const data = mkdtempSync(join(tmpdir(), 'pult-smoke-'));
  const port = await freePort();
  const startedAt = performance.now();
  const host = spawn(
    process.execPath,
    [entry, '--data', data, '--port', String(port), '--no-open', '--secret-store', 'file'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output = collect(host);
  const ended = new Promise<number | null>((resolve) => host.once('exit', resolve));
  try {
    await untilHealthy(port, host, output);
    const startedMs = Math.round(performance.now() - startedAt);
    host.kill('SIGTERM');
    const code = await Promise.race([ended, wait(stopLimitMs).then(() => 'late' as const)]);
    if (code === 'late') throw new Error(`The host did not stop within ${stopLimitMs / 1000} s`);
    if (code !== 0) throw new Error(`The host stopped with code ${String(code)}:\n${output()}`);
    return { startedMs };
  } finally {
    if (host.exitCode === null) host.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}

async function untilHealthy(port: number, host: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + startLimitMs;
  while (performance.now() < deadline) {
    if (host.exitCode !== null) throw new Error(`The host ended with code ${host.exitCode}:\n${output()}`);
    if (await answers(port)) return;
    await wait(50);
  }
  throw new Error(`/healthz did not answer within ${startLimitMs / 1000} s:\n${output()}`);
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  } catch {
    // Not listening yet; the caller asks again until its deadline.
    return false;
  }
}

function collect(host: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-4000);
  };
  host.stdout?.on('data', add);
  host.stderr?.on('data', add);
  return () => text.trim();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { takeDataLock } from '../core/db/data-lock.ts';
import { silentLogger } from '../core/platform/logger.ts';
import type { BackendOptions, Capabilities } from '../core/app-types.ts';
import { readArguments } from './args.ts';
import { runHost, type Host } from './run-host.ts';
import type { CreateBackend } from './running.ts';

type RunningHost = Extract<Host, { state: 'running' }>;
const hosts: RunningHost[] = [];
const rendererDir = mkdtempSync(join(tmpdir(), 'pult-page-'));
writeFileSync(join(rendererDir, 'index.html'), '<title>Пульт</title>');
const fresh = () => mkdtempSync(join(tmpdir(), 'pult-desk-'));

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
});

/** As the real one where the directory is concerned: it locks it and lets it go. */
function createBackends() {
  const started: { options: BackendOptions; capabilities: Capabilities }[] = [];
  const createBackend: CreateBackend = async (options, capabilities) => {
    const lock = takeDataLock(join(options.dataDir, 'lock.db'));
    started.push({ options, capabilities });
    return {
      connect: () => undefined,
      web: async () => new Response(`backend ${started.length}`),
      tileOrigin: () => undefined,
      resumed: () => undefined,
      stop: async () => lock.release(),
      log: silentLogger,
    };
  };
  return { createBackend, started };
}

async function run(
  data: string,
  over: { argv?: string[]; createBackend?: CreateBackend; onFatal?: (error: unknown) => void } = {},
) {
  const host = await runHost({
    args: readArguments(['--data', data, '--no-open', '--secret-store', 'file', ...(over.argv ?? [])]),
    createBackend: over.createBackend ?? createBackends().createBackend,
    rendererDir,
    workerPath: '/worker.js',
    version: '1.2.3',
    environment: {},
    onFatal: over.onFatal ?? (() => undefined),
  });
  if (host.state === 'running') hosts.push(host);
  return host;
}

async function enter(link: string): Promise<(path: string) => Promise<string>> {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path) => (await fetch(new URL(path, link), { headers: { cookie } })).text();
}

test('a desk starts with what its shell has to say about it', async () => {
  const { createBackend, started } = createBackends();
  const data = fresh();

  const host = await run(data, { createBackend });

  expect(host.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{10}\/\?token=[\w-]{43}$/);
  expect(started[0]?.options).toMatchObject({
    dataDir: data,
    workerPath: '/worker.js',
    version: '1.2.3',
    shell: 'browser',
    build: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
  expect(started[0]?.capabilities.secretBox.kind).toBe('file');
  expect(statSync(join(data, 'host.json')).mode & 0o777).toBe(0o600);
});

test('a second start on the same data gets a link to the first', async () => {
  const data = fresh();
  await run(data);

  const second = await run(data);

  expect(second.state).toBe('elsewhere');
  expect(await (await enter(second.link))('.')).toContain('Пульт');
});

test('a directory held by something that gives no link is said to be in use', async () => {
  const data = fresh();
  const lock = takeDataLock(join(data, 'lock.db'));

  await expect(run(data)).rejects.toMatchObject({ code: 'conflict', reason: 'data-dir-in-use' });
  lock.release();
});

test('the secret is not told to a program that took the port, nor is its link believed', async () => {
  const data = fresh();
  const lock = takeDataLock(join(data, 'lock.db'));
  const secret = 'B'.repeat(43);
  const heard: string[] = [];
  const stranger = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers));
    response.end(JSON.stringify({ link: 'http://127.0.0.1:9/evil', proof: 'x' }));
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  writeFileSync(join(data, 'host.json'), JSON.stringify({ port, secret }));

  await expect(run(data)).rejects.toMatchObject({ reason: 'data-dir-in-use' });

  expect(heard).toHaveLength(1);
  expect(heard[0]).not.toContain(secret);
  stranger.close();
  lock.release();
});

test('the next start listens where the last one did, and an open page stays signed in to the host', async () => {
  const data = fresh();
  const first = (await run(data)) as RunningHost;
  const read = await enter(first.link);
  hosts.splice(0);
  await first.stop();

  const second = await run(data);

  expect(new URL(second.link).host).toBe(new URL(first.link).host);
  expect(await read('.')).toContain('Пульт');
});

test('a port that somebody else took in the meantime is replaced, one that was asked for is not', async () => {
  const first = (await run(fresh())) as RunningHost;
  const { port } = new URL(first.link);
  const data = fresh();
  writeFileSync(join(data, 'host.json'), JSON.stringify({ port: Number(port), secret: 'A'.repeat(43) }));

  const second = await run(data);
  expect(new URL(second.link).port).not.toBe(port);

  await expect(run(fresh(), { argv: ['--port', port] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a backend is replaced behind an address that stays', async () => {
  const { createBackend, started } = createBackends();
  const host = await run(fresh(), { createBackend });
  const read = await enter(host.link);
  expect(await read('letter/1')).toBe('backend 1');

  started[0]?.capabilities.restarter.restart();
  started[0]?.capabilities.restarter.restart();

  await expect.poll(() => read('letter/1')).toBe('backend 2');
  expect(started).toHaveLength(2);
});

test('a backend that cannot come back is fatal, not silent', async () => {
  const { createBackend, started } = createBackends();
  const fatal: unknown[] = [];
  let broken = false;
  await run(fresh(), {
    createBackend: (options, capabilities) =>
      broken ? Promise.reject(new Error('disk gone')) : createBackend(options, capabilities),
    onFatal: (error) => fatal.push(error),
  });

  broken = true;
  started[0]?.capabilities.restarter.restart();

  await expect.poll(() => fatal).toMatchObject([{ message: 'disk gone' }]);
});

test('a desk that cannot listen lets its directory go', async () => {
  const first = await run(fresh());
  const data = fresh();

  await expect(run(data, { argv: ['--port', new URL(first.link).port] })).rejects.toThrow();

  takeDataLock(join(data, 'lock.db')).release();
});

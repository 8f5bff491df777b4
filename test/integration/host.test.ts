import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startHostProcess, type HostProcess, type HostProcessOptions } from '../support/host-process.ts';
import { openSocketClient, type SocketClient } from '../support/socket-client.ts';

const hosts: HostProcess[] = [];
const clients: SocketClient[] = [];
const fresh = () => mkdtempSync(join(tmpdir(), 'pult-host-test-'));

afterEach(async () => {
  for (const client of clients.splice(0)) client.connection.close();
  for (const host of hosts.splice(0)) await host.kill('SIGKILL');
});

async function start(options: HostProcessOptions) {
  const host = await startHostProcess(options);
  hosts.push(host);
  return host;
}

async function open(...parameters: Parameters<typeof openSocketClient>) {
  const client = await openSocketClient(...parameters);
  clients.push(client);
  return client;
}

function provision(folder: string): string {
  const path = join(folder, 'pult.json');
  writeFileSync(path, JSON.stringify({ people: [{ name: 'Анна' }], settings: { zone: 'Europe/Moscow' } }));
  return path;
}

test('a desk is provisioned, signed in to and worked on over a real socket', async () => {
  const folder = fresh();
  const host = await start({ dataDir: join(folder, 'desk'), args: ['--config', provision(folder)] });
  const { rpc, fetch: get } = await open(host.link);

  const { people } = await rpc.session.people({});
  expect(people.map(({ name }) => name)).toEqual(['Анна']);
  await expect(rpc.incidents.open({ title: 'Нет света на опоре' })).rejects.toMatchObject({ code: 'denied' });
  await rpc.session.signIn({ personId: people[0]?.id ?? 0 });
  const opened = await rpc.incidents.open({ title: 'Нет света на опоре' });

  expect(opened.code).toMatch(/-\d+$/);
  expect((await get('.')).headers.get('content-security-policy')).toContain("script-src 'self'");
  expect((await get('letter/999')).status).toBe(404);
  const uploaded = await get('upload', {
    method: 'POST',
    body: new Uint8Array(300_000),
    headers: { 'x-file-name': 'a.bin' },
  });
  expect(await uploaded.json()).toMatchObject({
    size: 300_000,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a page comes back by itself after the host was killed and started again, with what it had done', async () => {
  const folder = fresh();
  const options = { dataDir: join(folder, 'desk'), args: ['--config', provision(folder)] };
  const first = await start(options);
  const kept: { key?: string } = {};
  const { rpc, connection } = await open(first.link, async (straight) => {
    if (kept.key !== undefined) await straight.session.resume({ key: kept.key });
  });
  const { people } = await rpc.session.people({});
  kept.key = (await rpc.session.signIn({ personId: people[0]?.id ?? 0 })).key;
  const before = await rpc.incidents.open({ title: 'До обрыва' });

  await first.kill('SIGKILL');
  await expect.poll(() => connection.state().status).toBe('lost');
  const asked = rpc.incidents.card({ id: before.id });
  await start(options);

  expect((await asked).row.title).toBe('До обрыва');
});

test('a second start on the same data leads to the first and leaves it alone', async () => {
  const host = await start({ dataDir: fresh() });

  const second = await start({ dataDir: host.dataDir });

  expect(second.output()).toContain('already runs');
  expect(second.base).toBe(host.base);
  const { rpc } = await open(second.link);
  expect(await rpc.shell.describe({})).toMatchObject({ shell: 'browser', setupNeeded: true });
});

test('stopping is clean and quick, and nothing written is open to others', async () => {
  const host = await start({ dataDir: fresh() });
  const askedAt = performance.now();

  // Ctrl+C reaches the host twice: from the terminal and through the launcher.
  void host.kill('SIGINT');
  expect(await host.kill('SIGINT')).toBe(0);

  expect(performance.now() - askedAt).toBeLessThan(8000);
  expect(readFileSync(join(host.dataDir, 'logs', 'pult.log'), 'utf8')).toContain('desk.stopped');
  for (const name of readdirSync(host.dataDir)) {
    expect(statSync(join(host.dataDir, name)).mode & 0o077, name).toBe(0);
  }
});

test.each([
  ['an option nobody knows', ['--colour', 'red'], 64, /colour/],
  ['a configuration that is missing', ['--config', '/nowhere/pult.json'], 1, /cannot be read/],
])('%s ends with its reason', (_name, args, code, reason) => {
  const entry = join(import.meta.dirname, '../../out/main/host.js');

  const { status, stderr } = spawnSync(process.execPath, [entry, '--data', fresh(), '--no-open', ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  });

  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/ at .*\.js:\d+/);
  expect(status).toBe(code);
});

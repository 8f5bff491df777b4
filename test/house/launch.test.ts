import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { chooseShell, takeShell, type ChoiceParts } from '../../tools/choose-shell.ts';
import { findElectron, whyNoWindow } from '../../tools/electron-binary.ts';
import { createFetchMemory, fetchElectron } from '../../tools/electron-fetch.ts';

const packageDir = join(import.meta.dirname, '../../node_modules/electron');
const fresh = () => mkdtempSync(join(tmpdir(), 'pult-launch-'));
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serveMirror(listener: RequestListener): Promise<{ mirror: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { mirror: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

/** The real installer of Electron against a mirror of our own; nothing of it ever completes. */
function fetchFrom(mirror: string, limits: { firstByteMs?: number; stallMs?: number }) {
  const progress: number[] = [];
  const outcome = fetchElectron({
    installer: join(packageDir, 'install.js'),
    dist: join(fresh(), 'dist'),
    environment: { PATH: process.env['PATH'], ELECTRON_MIRROR: mirror, electron_config_cache: fresh() },
    onProgress: (bytes) => progress.push(bytes),
    ...limits,
  });
  return { outcome, progress };
}

const isHere = existsSync(join(packageDir, 'path.txt'));

describe.skipIf(isHere)('fetching Electron', () => {
  test('gives up on a network that swallows everything', async () => {
    const { mirror, asked } = await serveMirror(() => undefined);

    const { outcome, progress } = fetchFrom(mirror, { firstByteMs: 1500 });

    expect(await outcome).toEqual({ ok: false, reason: 'no answer within 1.5 s' });
    expect(asked[0]).toMatch(/electron-v[\d.]+-.*\.zip$/);
    expect(progress).toEqual([]);
  });

  test('gives up on a download that stands still, having shown how far it came', async () => {
    const { mirror } = await serveMirror((_request, response) => {
      response.writeHead(200, { 'content-length': '100000000' });
      response.write(Buffer.alloc(200_000));
    });

    const { outcome, progress } = fetchFrom(mirror, { firstByteMs: 5000, stallMs: 800 });

    expect(await outcome).toEqual({ ok: false, reason: 'the download stood still for 0.8 s' });
    expect(progress.at(-1)).toBeGreaterThan(100_000);
  });

  test('refuses a program that is not what its maker published', async () => {
    const { mirror } = await serveMirror((_request, response) => response.end('not electron'));

    const outcome = await fetchFrom(mirror, {}).outcome;

    expect(outcome).toMatchObject({ ok: false, reason: expect.stringMatching(/checksum/i) });
    expect(findElectron(packageDir, {})).toBeUndefined();
  });

  test('says at once that nobody is there', async () => {
    const outcome = await fetchFrom('http://127.0.0.1:9/', {}).outcome;

    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('fetch failed') });
  });
});

test('an installer that succeeds is believed', async () => {
  const folder = fresh();
  const installer = join(folder, 'install.cjs');
  writeFileSync(installer, `require('fs').mkdirSync(${JSON.stringify(join(folder, 'dist'))})`);

  await expect(
    fetchElectron({ installer, dist: join(folder, 'dist'), environment: {}, onProgress: () => undefined }),
  ).resolves.toEqual({ ok: true });
});

describe('the choice', () => {
  const make = (over: Partial<ChoiceParts> = {}) => {
    const notes: string[] = [];
    let fetches = 0;
    const parts: ChoiceParts = {
      wanted: undefined,
      noWindow: undefined,
      mayDownload: true,
      findElectron: () => undefined,
      fetchElectron: async () => {
        fetches += 1;
        return { ok: false, reason: 'no answer within 5 s' };
      },
      memory: {
        recentFailure: () => undefined,
        noteFailure: (reason) => notes.push(reason),
        forget: () => notes.push('-'),
      },
      ...over,
    };
    return { choose: () => chooseShell(parts), notes, fetches: () => fetches };
  };

  test('is Electron where its program is', async () => {
    const { choose, fetches } = make({ findElectron: () => '/electron' });

    expect(await choose()).toEqual({ shell: 'electron', program: '/electron', why: 'it is installed' });
    expect(fetches()).toBe(0);
  });

  test('is Electron after one fetch', async () => {
    let found: string | undefined;
    const { choose, notes } = make({
      findElectron: () => found,
      fetchElectron: async () => {
        found = '/electron';
        return { ok: true };
      },
    });

    expect(await choose()).toMatchObject({ shell: 'electron', why: 'it was fetched just now' });
    expect(notes).toEqual(['-']);
  });

  test('is the browser after a fetch that failed, and the failure is remembered', async () => {
    const { choose, notes } = make();

    expect(await choose()).toEqual({
      shell: 'browser',
      why: 'Electron could not be fetched: no answer within 5 s',
    });
    expect(notes).toEqual(['no answer within 5 s']);
  });

  test('does not wait again on the same day', async () => {
    const memory = {
      recentFailure: () => 'no answer',
      noteFailure: () => undefined,
      forget: () => undefined,
    };
    const { choose, fetches } = make({ memory });

    expect((await choose()).why).toContain('earlier today');
    expect(fetches()).toBe(0);
  });

  test.each([
    [
      'there is no display',
      { noWindow: 'there is no display for Electron' },
      'there is no display for Electron',
    ],
    ['downloads are off', { mayDownload: false }, 'Electron is not installed and downloads are switched off'],
    ['it was asked for', { wanted: 'browser' as const, findElectron: () => '/electron' }, 'as asked'],
  ])('is the browser when %s', async (_name, over, why) => {
    expect(await make(over).choose()).toEqual({ shell: 'browser', why });
  });

  test('of a person who asked for Electron is never answered by a browser', async () => {
    const memory = {
      recentFailure: () => 'no answer',
      noteFailure: () => undefined,
      forget: () => undefined,
    };
    const { choose, fetches } = make({ wanted: 'electron', memory });

    expect((await choose()).shell).toBe('none');
    expect(fetches()).toBe(1);
  });
});

test('a failure is remembered for a day, for this version of Electron', () => {
  let now = 1_800_000_000_000;
  const file = join(fresh(), 'deep', 'note.json');
  const memory = createFetchMemory(file, '45.0.0', () => now);
  expect(memory.recentFailure()).toBeUndefined();

  memory.noteFailure('no answer');
  expect(memory.recentFailure()).toBe('no answer');
  expect(createFetchMemory(file, '46.0.0', () => now).recentFailure()).toBeUndefined();

  now += 24 * 3_600_000 + 1;
  expect(memory.recentFailure()).toBeUndefined();
});

test('the program is found by its own note, or where a person says it is', () => {
  const folder = fresh();
  const program = join(folder, 'dist', 'electron');
  mkdirSync(join(folder, 'dist'));
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  expect(findElectron(folder, {})).toBeUndefined();

  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(findElectron(folder, {})).toBe(program);
  expect(findElectron(fresh(), { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') })).toBe(program);
  expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: fresh() })).toBeUndefined();
});

test('a window needs a display and an ordinary user', () => {
  expect(whyNoWindow('linux', {}, 1000)).toContain('display');
  expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeUndefined();
  expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toContain('root');
  expect(whyNoWindow('win32', {}, undefined)).toBeUndefined();
});

test('the launcher keeps --shell and hands on the rest', () => {
  expect(takeShell(['--data', 'd', '--shell', 'browser', '--no-open'])).toEqual({
    wanted: 'browser',
    rest: ['--data', 'd', '--no-open'],
  });
  expect(takeShell(['--shell=electron'])).toEqual({ wanted: 'electron', rest: [] });
  expect(() => takeShell(['--shell', 'firefox'])).toThrow();
});

import { expect, test } from 'vitest';
import { createAccess } from './access.ts';
import { readArguments } from './args.ts';
import { createHostCapabilities, type Machine } from './capabilities.ts';
import { defaultDataDir } from './default-data-dir.ts';
import { openCommand } from './system-tools.ts';

test.each([
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/pult'],
  ['linux', {}, '/home/anna/.local/share/pult'],
  ['darwin', {}, '/home/anna/Library/Application Support/Pult'],
  [
    'win32',
    { APPDATA: String.raw`C:\Users\Anna\AppData\Roaming` },
    String.raw`C:\Users\Anna\AppData\Roaming\Pult`,
  ],
] as const)(
  'on %s a desk lies where the system keeps data of programs',
  (platform, environment, expected) => {
    expect(defaultDataDir({ platform, home: '/home/anna', environment })).toBe(expected);
  },
);

test('arguments not understood are named', () => {
  expect(readArguments(['--port', '8080', '--no-open'])).toMatchObject({ port: 8080, 'no-open': true });
  expect(() => readArguments(['--port', 'many'])).toThrow(/--port/);
  expect(() => readArguments(['--prot', '1'])).toThrow(/prot/);
});

test('a session ends after a month', () => {
  let now = 1_800_000_000_000;
  const access = createAccess({ secret: Buffer.alloc(32, 1), instance: 'desk', now: () => now });
  const cookie = `pult_desk=${access.redeem(access.makeToken())}`;
  expect(access.session(`other=1; ${cookie}`)).toBeDefined();

  now += 31 * 24 * 3_600_000;

  expect(access.session(cookie)).toBeUndefined();
});

test('a session outlives a restart of the host, a token of a link does not', () => {
  const parts = { secret: Buffer.alloc(32, 1), instance: 'desk', now: () => 1_800_000_000_000 };
  const before = createAccess(parts);
  const session = before.redeem(before.makeToken()) ?? '';
  const token = before.makeToken();

  const after = createAccess(parts);

  expect(after.session(`pult_desk=${session}`)).toBe(session);
  expect(after.isPageToken(session, before.pageToken(session))).toBe(true);
  expect(after.redeem(token)).toBeUndefined();
});

function createMachine(tools: readonly string[]) {
  const started: string[] = [];
  let running = 0;
  const machine: Machine = {
    platform: 'linux',
    hasTool: (name) => tools.includes(name),
    start(command, args) {
      started.push([command, ...args].join(' '));
      running += 1;
      return { stop: () => (running -= 1) };
    },
  };
  const secretBox = { kind: 'file' as const, seal: (text: string) => text, open: (text: string) => text };
  const capabilities = createHostCapabilities({ secretBox, restart: () => undefined, machine });
  return { capabilities, started, running: () => running };
}

test('a link in a letter opens outside only when it is the web or a letter', async () => {
  const { capabilities, started } = createMachine([]);

  await capabilities.opener.external('https://tower.example/map?a=1&b=2');
  for (const url of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    '--help',
    'vbscript:x',
  ]) {
    await expect(capabilities.opener.external(url)).rejects.toMatchObject({ code: 'denied' });
  }

  expect(started).toEqual(['xdg-open https://tower.example/map?a=1&b=2']);
});

test('Windows never reads a link as a command', () => {
  expect(openCommand('win32', 'https://a.example/?x=1&calc')[0]).toBe('rundll32');
});

test('a notice whose title looks like an option is still a title', () => {
  const { capabilities, started } = createMachine(['notify-send']);

  capabilities.notifier.show({ title: '--hint=x', body: 'b', urgency: 'critical', path: '/' });

  expect(started).toEqual(['notify-send --app-name=Pult --urgency=critical -- --hint=x b']);
});

test('the machine is kept awake once and let go at the end', () => {
  const { capabilities, running } = createMachine(['systemd-inhibit']);
  expect(capabilities.wakefulness.available).toBe(true);

  capabilities.wakefulness.hold(true);
  capabilities.wakefulness.hold(true);
  expect(running()).toBe(1);
  capabilities.release();
  capabilities.release();

  expect(running()).toBe(0);
});

test('what the machine cannot do is said', () => {
  const { capabilities, started } = createMachine([]);

  capabilities.wakefulness.hold(true);
  capabilities.notifier.show({ title: 't', body: 'b', urgency: 'normal', path: '/' });

  expect(capabilities).toMatchObject({
    notifier: { available: false },
    attention: { available: false, tray: false },
    wakefulness: { available: false },
  });
  expect(started).toEqual([]);
});

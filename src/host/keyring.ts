import { spawn } from 'node:child_process';

export type Keyring = {
  /** The stored text, null when nothing is stored, undefined where there is no keyring that can be trusted. */
  read(account: string): Promise<string | null | undefined>;
  /** Whether it is stored and reads back. */
  write(account: string, text: string): Promise<boolean>;
};

const service = 'Pult';
const limitMs = 4000;

/**
 * Asked in a process of its own: the library's calls block, a locked keyring waits for a person, and a blocked thread
 * of ours would even hold up our exit. The account comes as an argument, the text through the pipe.
 */
const helper = `
const [library, verb, account] = process.argv.slice(1);
const { Entry } = await import(library);
const entry = new Entry(${JSON.stringify(service)}, account);
let text = '';
if (verb === 'write') {
  for await (const chunk of process.stdin) text += chunk;
  entry.setPassword(text);
}
const found = entry.getPassword();
process.stdout.write(found === null || found === undefined ? '-' : '+' + found);
`;

/** Whether a store that outlives a reboot answers on the session bus; each line is one tool that can ask. */
const busTools: readonly (readonly [string, readonly string[]])[] = [
  [
    'busctl',
    [
      '--user',
      'call',
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus',
      'NameHasOwner',
      's',
      'org.freedesktop.secrets',
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      '--dest',
      'org.freedesktop.DBus',
      '--object-path',
      '/org/freedesktop/DBus',
      '--method',
      'org.freedesktop.DBus.NameHasOwner',
      'org.freedesktop.secrets',
    ],
  ],
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    ],
  ],
];

export function createKeyring(library: string = import.meta.resolve('@napi-rs/keyring')): Keyring {
  let trusted: Promise<boolean> | undefined;
  const isTrusted = () => (trusted ??= hasLastingStore());
  return {
    async read(account) {
      if (!(await isTrusted())) return undefined;
      const answer = await ask(process.execPath, [
        '--input-type=module',
        '-e',
        helper,
        library,
        'read',
        account,
      ]);
      if (answer === undefined) return undefined;
      return answer.startsWith('+') ? answer.slice(1) : null;
    },
    async write(account, text) {
      if (!(await isTrusted())) return false;
      const answer = await ask(
        process.execPath,
        ['--input-type=module', '-e', helper, library, 'write', account],
        text,
      );
      return answer === `+${text}`;
    },
  };
}

/** Without the Secret Service the library falls back to the kernel's keyring, which forgets at the next boot. */
async function hasLastingStore(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  for (const [tool, args] of busTools) {
    const answer = await ask(tool, args);
    if (answer !== undefined) return answer.includes('true');
  }
  return false;
}

/** What a command wrote, or undefined when it failed, is missing or took too long. */
function ask(command: string, args: readonly string[], input = ''): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? output : undefined));
    child.stdin.end(input);
  });
}

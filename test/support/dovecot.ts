import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';
import { dovecotConfig, mailOwner, passwordLookup } from './dovecot-config.ts';
import { deliverOverLmtp } from './lmtp.ts';
import { dropIntoMaildir, forgetUids, maildirPath, type Seed } from './maildir.ts';
import { freePorts, readGreeting } from './ports.ts';

const run = promisify(execFile);

export type DovecotOptions = {
  /** Name to password; names may be whole addresses. */
  readonly users?: Readonly<Record<string, string>>;
  /** The SPECIAL-USE \Sent folder, made for every user. */
  readonly sentFolder?: string;
  readonly separator?: string;
  /** Raw Dovecot 2.3 settings appended to ours. */
  readonly extra?: string;
};

export type Dovecot = Awaited<ReturnType<typeof startDovecot>>;

function dovecotPath(): string | undefined {
  return ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));
}

/** For `describe.skipIf(!hasDovecot)`: the Debian package is not on every machine. */
export const hasDovecot = dovecotPath() !== undefined;

/** A throw-away Dovecot on free loopback ports; ready when it resolves (about 80 ms). Call `stop` in the end. */
export async function startDovecot(options: DovecotOptions = {}) {
  const { users = { desk: 'secret' }, sentFolder = 'Sent', separator = '/', extra = '' } = options;
  const dir = mkdtempSync(join(tmpdir(), 'pult-dovecot-'));
  prepareFolders(dir);
  writeCertificate(dir);
  writeFileSync(join(dir, 'passwords.conf'), passwordLookup(dir));
  for (const [user, password] of Object.entries(users)) writePassword(dir, user, password);
  const begin = async () => {
    const [imap = 0, imaps = 0, lmtp = 0] = await freePorts(3);
    const ports = { imap, imaps, lmtp };
    writeFileSync(join(dir, 'dovecot.conf'), dovecotConfig({ dir, ports, sentFolder, separator, extra }));
    return { ports, server: await launch(dir, ports) };
  };
  // Between the looking and the listening another process may take a port: then others are looked for.
  const begun = await begin().catch((error: unknown) => {
    if (!/Address already in use/.test(String(error))) throw error;
    return begin();
  });
  const { ports } = begun;
  const { lmtp } = ports;
  let { server } = begun;

  const mailbox = (user: string) => join(dir, 'mail', user, 'maildir');
  const folderPath = (user: string, folder = 'INBOX') => maildirPath(mailbox(user), folder, separator);
  const doveadm = (...args: string[]) => run('doveadm', ['-c', join(dir, 'dovecot.conf'), ...args]);

  return {
    host: '127.0.0.1',
    ...ports,
    dir,
    /** PEM of the self-signed certificate for 127.0.0.1 and localhost: pass as `tls: { ca }`. */
    caCert: readFileSync(join(dir, 'cert.pem'), 'utf8'),
    sentFolder,
    /** Adds a user or changes a password; live connections stay as they are. */
    setPassword: (user: string, password: string) => writePassword(dir, user, password),
    removeUser: (user: string) => rmSync(join(dir, 'users', user)),
    folderPath,
    /** As a mail server does: over LMTP, into INBOX, after the `250`. */
    deliver: (user: string, raw: string | Uint8Array, from = '') =>
      deliverOverLmtp(lmtp, { from, to: user, raw }),
    /** Thousands of letters straight into the maildir, with their dates; UIDs follow the order. */
    fill(user: string, letters: readonly (string | Uint8Array | Seed)[], folder = 'INBOX') {
      const seeds = letters.map((letter) =>
        typeof letter === 'string' || letter instanceof Uint8Array ? { raw: letter } : letter,
      );
      dropIntoMaildir(folderPath(user, folder), seeds);
    },
    /** `uids` in IMAP notation, such as `3:7`. Connected clients are told. */
    async expunge(user: string, uids: string, folder = 'INBOX') {
      await doveadm('expunge', '-u', user, 'mailbox', folder, 'uid', uids);
    },
    async uids(user: string, folder = 'INBOX'): Promise<number[]> {
      const { stdout } = await doveadm('-f', 'tab', 'fetch', '-u', user, 'uid', 'mailbox', folder);
      return stdout.split('\n').slice(1).filter(Boolean).map(Number);
    },
    /** A new UIDVALIDITY and new UIDs from 1, as after the provider rebuilt the folder. */
    resetUidValidity: (user: string, folder = 'INBOX') => forgetUids(folderPath(user, folder)),
    /** Cuts every logged-in IMAP connection without a goodbye. Linux only. */
    killConnections() {
      for (const pid of childrenNamed(server.pid, 'imap')) process.kill(pid, 'SIGKILL');
    },
    /** The server is gone (connections refused) until `resume`; letters stay. */
    halt: () => server.kill(),
    async resume() {
      server = await launch(dir, ports);
    },
    async stop() {
      await server.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

type Running = { readonly pid: number; kill(): Promise<void> };

async function launch(
  dir: string,
  ports: { readonly imap: number; readonly lmtp: number },
): Promise<Running> {
  const path = dovecotPath();
  if (path === undefined) throw new Error('dovecot is not installed');
  // Its own process group with no inherited descriptors: the children go with it, and nobody waits for a pipe.
  const child = spawn(path, ['-F', '-c', join(dir, 'dovecot.conf')], { detached: true, stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) throw new Error('dovecot could not be spawned');
  const killGroup = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  };
  process.once('exit', killGroup);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    process.removeListener('exit', killGroup);
    killGroup();
    await gone;
  };
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await Promise.all([readGreeting(ports.imap), readGreeting(ports.lmtp)]);
      return { pid, kill };
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await kill();
        const log = join(dir, 'log');
        throw new Error(`dovecot did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

function prepareFolders(dir: string): void {
  chmodSync(dir, 0o755);
  for (const name of ['run', 'state', 'mail', 'users']) mkdirSync(join(dir, name));
  const { asRoot, uid, gid } = mailOwner();
  if (asRoot) chownSync(join(dir, 'mail'), uid, gid);
}

function writePassword(dir: string, user: string, password: string): void {
  writeFileSync(join(dir, 'users', user), JSON.stringify({ password: `{PLAIN}${password}` }));
}

function writeCertificate(dir: string): void {
  const { key, cert } = makeCertificate();
  writeFileSync(join(dir, 'key.pem'), key, { mode: 0o600 });
  writeFileSync(join(dir, 'cert.pem'), cert);
}

function childrenNamed(parent: number, name: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const [, command = '', rest = ''] =
          /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return command === name && rest.split(' ')[1] === String(parent);
      } catch {
        // A process may end between the listing and the reading.
        return false;
      }
    });
}

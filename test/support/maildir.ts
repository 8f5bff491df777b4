import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { mailOwner } from './dovecot-config.ts';

export type Seed = {
  readonly raw: string | Uint8Array;
  /** Becomes INTERNALDATE. Epoch milliseconds. */
  readonly receivedAt?: number;
  readonly seen?: boolean;
};

let dropped = 0;

/** Maildir++: INBOX is the folder itself, every other folder a dotted, modified UTF-7 name inside it. */
export function maildirPath(root: string, folder: string, separator: string): string {
  if (folder.toUpperCase() === 'INBOX') return root;
  return join(root, `.${folder.split(separator).map(toModifiedUtf7).join('.')}`);
}

/** Puts letters where Dovecot finds them, owned as it expects; UIDs follow the order given. */
export function dropIntoMaildir(path: string, seeds: readonly Seed[]): void {
  const { uid, gid, asRoot } = mailOwner();
  const own = (target: string) => {
    if (asRoot) chownSync(target, uid, gid);
  };
  for (const part of missingFolders(path)) {
    mkdirSync(part, { mode: 0o700 });
    own(part);
  }
  for (const { raw, receivedAt, seen } of seeds) {
    dropped += 1;
    const name = `${Math.floor(Date.now() / 1000)}.M${String(dropped).padStart(9, '0')}P${process.pid}.test`;
    const draft = join(path, 'tmp', name);
    writeFileSync(draft, raw);
    chmodSync(draft, 0o600);
    own(draft);
    if (receivedAt !== undefined) utimesSync(draft, receivedAt / 1000, receivedAt / 1000);
    renameSync(draft, seen ? join(path, 'cur', `${name}:2,S`) : join(path, 'new', name));
  }
}

/** The server forgets which UID was whose, as after a restore from an old copy. */
export function forgetUids(path: string): void {
  for (const name of [
    'dovecot-uidlist',
    'dovecot.index',
    'dovecot.index.log',
    'dovecot.index.log.2',
    'dovecot.index.cache',
  ]) {
    rmSync(join(path, name), { force: true });
  }
}

function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let part = path; !existsSync(part); part = join(part, '..')) missing.unshift(part);
  return [
    ...missing,
    ...['tmp', 'new', 'cur'].map((name) => join(path, name)).filter((part) => !existsSync(part)),
  ];
}

/** RFC 3501 section 5.1.3. */
function toModifiedUtf7(name: string): string {
  return name.replaceAll('&', '&-').replaceAll(/[^\x20-\x7e]+/g, (run) => {
    const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64');
    return `&${base64.replaceAll('/', ',').replaceAll('=', '')}-`;
  });
}

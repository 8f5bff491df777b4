import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Where everything of one desk lies. Made here, locked by `db/data-lock.ts`. */
export type DataDir = {
  readonly root: string;
  readonly db: string;
  readonly lock: string;
  readonly raw: string;
  readonly attachments: string;
  readonly backups: string;
  /** Sealed sessions, never copied anywhere. */
  readonly telegram: string;
  readonly logs: string;
  readonly tmp: string;
  /** What an ordinary user may still write, in bytes. */
  freeBytes(): number;
  /** Throws away what a killed process left half written; only for the holder of the lock. */
  clearTemporary(): void;
};

type Filesystem = { readonly type: number; readonly bavail: number; readonly bsize: number };

type Probes = {
  readonly platform: NodeJS.Platform;
  readonly statfs: (path: string) => Filesystem;
  /** Text of Linux's mountinfo; empty where there is none. */
  readonly mounts: () => string;
};

/** Locks over a network are promises nobody keeps; numbers from Linux's statfs(2). */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x517b, // SMB
  0x5346414f, // AFS
  0x73757245, // Coda
  0x564c, // NCP
  0x00c36400, // Ceph
]);

/** FUSE carries local disks too, so the name of the file system decides. */
const fuseType = 0x65735546;
const networkFuse = /^fuse\.(sshfs|rclone|s3fs|davfs2?|curlftpfs|glusterfs|gvfsd-fuse|smbnetfs|gcsfuse)$/;

const realProbes: Probes = {
  platform: process.platform,
  statfs: (path) => statfsSync(path),
  mounts: () => readFileSync('/proc/self/mountinfo', 'utf8'),
};

/**
 * Makes the folders that are missing, readable by their owner only. Refuses a network drive with `unavailable` (reason
 * `network-drive`) and what cannot be written with reason `data-dir-unwritable`. A drive letter mapped to a share on
 * Windows and a network volume on macOS are not recognised.
 */
export function createDataDir(path: string, probes: Probes = realProbes): DataDir {
  const root = resolve(path);
  if (probes.platform === 'win32' && root.startsWith('\\\\')) throw networkDrive(root);
  makeFolder(root);
  if (probes.platform === 'linux' && isOnNetwork(root, probes)) throw networkDrive(root);
  const folder = (name: string) => {
    const made = join(root, name);
    makeFolder(made);
    return made;
  };
  const tmp = folder('tmp');
  return {
    root,
    db: join(root, 'pult.db'),
    lock: join(root, 'lock.db'),
    raw: folder('raw'),
    attachments: folder('attachments'),
    backups: folder('backups'),
    telegram: folder('telegram'),
    logs: folder('logs'),
    tmp,
    freeBytes() {
      const { bavail, bsize } = probes.statfs(root);
      return bavail * bsize;
    },
    clearTemporary() {
      for (const name of readdirSync(tmp)) rmSync(join(tmp, name), { recursive: true, force: true });
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError('unavailable', {
      message: 'Data directory cannot be made',
      details: { reason: 'data-dir-unwritable', path },
      cause: error,
    });
  }
}

function isOnNetwork(root: string, { statfs, mounts }: Probes): boolean {
  // Signed on some builds, unsigned on others.
  const type = statfs(root).type >>> 0;
  if (networkTypes.has(type)) return true;
  return type === fuseType && networkFuse.test(mountedAs(root, mounts()));
}

/** The type of the mount nearest to a path; mountinfo writes blanks as octal. */
function mountedAs(path: string, mountinfo: string): string {
  let best = { point: '', type: '' };
  for (const line of mountinfo.split('\n')) {
    const [mount = '', filesystem = ''] = line.split(' - ');
    const point = (mount.split(' ')[4] ?? '').replaceAll('\\040', ' ');
    const isAbove = point === '/' || path === point || path.startsWith(`${point}/`);
    if (point && isAbove && point.length >= best.point.length) {
      best = { point, type: filesystem.split(' ')[0] ?? '' };
    }
  }
  return best.type;
}

function networkDrive(path: string): AppError {
  return new AppError('unavailable', {
    message: 'Data directory is on a network drive',
    details: { reason: 'network-drive', path },
  });
}

import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDataDir } from './data-dir.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'pult-data-')), 'desk');
const probes = (type: number, mounts = '') => ({
  platform: 'linux' as const,
  statfs: () => ({ type, bavail: 1000, bsize: 4096 }),
  mounts: () => mounts,
});

test('a new desk gets its folders, closed to other users', () => {
  const dir = createDataDir(fresh());

  for (const path of [dir.raw, dir.attachments, dir.backups, dir.telegram, dir.logs, dir.tmp]) {
    expect(statSync(path).mode & 0o777).toBe(0o700);
  }
  expect(dir.freeBytes()).toBeGreaterThan(0);
});

test.each([
  ['NFS', 0x6969],
  ['CIFS, as a negative number', 0xff534d42 | 0],
  ['SMB2', 0xfe534d42],
])('a desk on %s is refused', (_name, type) => {
  expect(() => createDataDir(fresh(), probes(type))).toThrow(
    expect.objectContaining({ code: 'unavailable', reason: 'network-drive' }),
  );
});

test('a desk on sshfs is refused, one on a local FUSE disk is taken', () => {
  const path = fresh();
  const mount = (type: string) =>
    [`21 1 8:1 / / rw - ext4 /dev/sda1 rw`, `50 21 0:44 / ${path} rw shared:1 - ${type} source rw`].join(
      '\n',
    );

  expect(() => createDataDir(path, probes(0x65735546, mount('fuse.sshfs')))).toThrow();
  expect(createDataDir(path, probes(0x65735546, mount('fuseblk'))).root).toBe(path);
});

test('a path that cannot be made is named', () => {
  const file = fresh();
  writeFileSync(file, '');

  expect(() => createDataDir(join(file, 'inside'))).toThrow(
    expect.objectContaining({ reason: 'data-dir-unwritable' }),
  );
});

test('leftovers of a killed process are thrown away', () => {
  const dir = createDataDir(fresh());
  writeFileSync(join(dir.tmp, 'half'), 'x');

  dir.clearTemporary();

  expect(existsSync(join(dir.tmp, 'half'))).toBe(false);
});

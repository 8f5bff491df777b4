import { fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSet } from '../../src/core/keeping/check-set.ts';
import { listSets } from '../../src/core/keeping/set-manifest.ts';
import { createMemoryCapabilities } from '../../src/core/platform/capabilities-memory.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { restoreDesk } from '../../src/core/restore-desk.ts';
import { buildCrashHost } from '../support/crash-process.ts';
import { openKeepingDesk } from '../support/keeping-crash-kit.ts';

const size = 400;
let folder: string;
let entry: string;
let base: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pult-keeping-kill-'));
  base = join(folder, 'disk', 'pult-1');
  data = join(folder, 'data');
  entry = await buildCrashHost(folder, new URL('../support/keeping-crash-worker.ts', import.meta.url));
  const desk = openKeepingDesk(data, 1);
  desk.fill(size);
  desk.kit.db.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs until it has come so far, and kills it there. */
async function kill(what: string, dataDir: string, other: string, after: number): Promise<void> {
  const child = fork(entry, [what, dataDir, other]);
  const gone = new Promise((resolve) => child.on('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.on('message', (done) => {
      if (done === 'done') reject(new Error('It ended before it was killed'));
      if (Number(done) < after) return;
      child.kill('SIGKILL');
      resolve();
    });
    child.on('exit', (code) => reject(new Error(`It ended by itself with ${code}`)));
  });
  await gone;
}

const check = async () => {
  const [set] = await listSets(base);
  return checkSet({
    set: set?.path ?? '',
    deep: true,
    clock: systemClock,
    signal: new AbortController().signal,
  });
};

test('a backup killed in the middle leaves none that looks whole, and the next one is', async () => {
  await kill('backup', data, base, 100);
  expect(await listSets(base)).toEqual([]);
  expect(readdirSync(join(base, 'files')).length).toBeGreaterThan(0);

  const desk = openKeepingDesk(data, 4);
  await desk.backUp(base, () => {});
  desk.kit.db.close();
  expect(await check()).toEqual({ ok: true, reason: null, files: size, missing: 0, damaged: 0 });
});

test('a restore killed in the middle leaves no desk, and doing it again makes one', async () => {
  const fresh = join(folder, 'fresh');
  await kill('restore', fresh, base, 100);
  expect(existsSync(join(fresh, 'pult.db'))).toBe(false);

  const { secretBox } = createMemoryCapabilities();
  await restoreDesk({ from: base, dataDir: fresh, recoveryKey: undefined, secretBox });
  expect(existsSync(join(fresh, 'pult.db.restored'))).toBe(true);
  const files = readdirSync(join(fresh, 'attachments'), { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile())).toHaveLength(size);
  await expect(
    restoreDesk({ from: base, dataDir: fresh, recoveryKey: undefined, secretBox }),
  ).rejects.toMatchObject({ details: { reason: 'data-dir-used' } });
});

test('retention killed in the middle loses no file that a row counts on, and the next run ends it', async () => {
  await kill('retention', data, '', 100);
  const desk = openKeepingDesk(data, 5);
  const { connection } = desk.kit.db;
  const named = connection
    .prepare<[], string>('SELECT sha256 FROM attachment WHERE expired_at IS NULL')
    .pluck()
    .all();
  expect(named.length).toBeGreaterThan(0);
  expect(named.length).toBeLessThan(size);
  expect(named.filter((sha256) => !existsSync(desk.places.attachment(sha256)))).toEqual([]);

  await desk.retention().run(null);

  const files = readdirSync(desk.dirs.attachments, { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile())).toEqual([]);
  expect(await desk.kit.desk.journal.verify()).toMatchObject({ ok: true });
  desk.kit.db.close();
});

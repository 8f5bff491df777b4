import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAssetKit } from '../support/asset-kit.ts';
import { buildCrashHost } from '../support/crash-process.ts';

const size = 20_000;

test('an import killed in the middle is told as failed, and importing again completes the registry', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pult-import-kill-'));
  const file = join(folder, 'desk.db');
  const entry = await buildCrashHost(folder, new URL('../support/import-crash-worker.ts', import.meta.url));
  const tableWorker = join(import.meta.dirname, '../../src/core/assets/import/table-worker.ts');
  const child = fork(entry, [file, String(size), tableWorker]);
  const killed = new Promise<void>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`It ended by itself with ${code}`)));
    child.on('message', (rows) => {
      if (rows !== 'done' && Number(rows) < 2000) return;
      child.kill('SIGKILL');
      resolve();
    });
  });
  await killed;
  await new Promise((resolve) => child.on('exit', resolve));

  const kit = createAssetKit({ file, seed: 2 });
  const left = [kit.assets.runs()[0]?.state, kit.assets.lists().total] as const;
  await kit.assets.sync.start(new AbortController().signal);
  const told = kit.assets.runs()[0];
  const lines = Array.from({ length: size }, (_, at) => `${at};${10_000 + at}-P-52`);
  const { run } = await kit.load(['SiteId;Шифр', ...lines]);

  expect(left[0]).toBe('running');
  expect(left[1]).toBeGreaterThanOrEqual(2000);
  expect(left[1]).toBeLessThan(size);
  expect(told).toMatchObject({ state: 'failed', error: 'interrupted' });
  expect(run).toMatchObject({ state: 'done', added: size - left[1], changed: 0 });
  expect(kit.assets.lists().total).toBe(size);
  expect(kit.assets.complete({ text: '29999-p', poleId: null }).assets).toHaveLength(1);
  expect(kit.db.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  await kit.assets.sync.stop();
  kit.end();
  await rm(folder, { recursive: true, force: true });
});

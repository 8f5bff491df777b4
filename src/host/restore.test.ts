import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RestoreDesk } from '../core/restore-desk.ts';
import { readArguments } from './args.ts';
import { restoreInTerminal } from './restore.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-restore-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function restore(...more: readonly string[]) {
  const jobs: RestoreDesk[] = [];
  let words = '';
  await restoreInTerminal({
    args: readArguments(['--restore', '/mnt/copy', '--data', folder, '--secret-store', 'file', ...more]),
    environment: {},
    async restoreDesk(job) {
      jobs.push(job);
      return 'pult-20260304T051240-full';
    },
    readInput: async () => 'ABCD-EFGH\n',
    write: (text) => {
      words += text;
    },
  });
  return { job: jobs[0], words };
}

test('the key may come from the terminal, so that it stands in no list of processes', async () => {
  const { job, words } = await restore('--recovery-key=-');
  expect(job).toMatchObject({ from: '/mnt/copy', dataDir: folder, recoveryKey: 'ABCD-EFGH' });
  expect(words).toContain('pult-20260304T051240-full');
  expect(words).not.toContain('ABCD');
});

test('without the key it says where it is asked for', async () => {
  const { job, words } = await restore();
  expect(job?.recoveryKey).toBeUndefined();
  expect(words).toContain('enter the recovery key in Settings');
});

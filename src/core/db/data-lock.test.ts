import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeDataLock } from './data-lock.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'pult-lock-')), 'lock.db');

test('a second desk on the same data is refused until the first lets go', () => {
  const path = fresh();
  const first = takeDataLock(path);

  expect(() => takeDataLock(path)).toThrow(
    expect.objectContaining({ code: 'conflict', reason: 'data-dir-in-use' }),
  );
  first.release();
  first.release();

  takeDataLock(path).release();
});

test('a killed process leaves no lock behind', async () => {
  const path = fresh();
  // Held by a name: what nobody refers to is collected, and its connection closed with it.
  const script = `const { takeDataLock } = await import(${JSON.stringify(import.meta.resolve('./data-lock.ts'))});
    globalThis.lock = takeDataLock(${JSON.stringify(path)}); process.stdout.write('held'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(other, 'exit');
  try {
    await once(other.stdout, 'data');
    expect(() => takeDataLock(path)).toThrow(expect.objectContaining({ reason: 'data-dir-in-use' }));
  } finally {
    other.kill('SIGKILL');
    await ended;
  }

  takeDataLock(path).release();
});

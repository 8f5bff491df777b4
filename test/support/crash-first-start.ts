import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import { between, createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { writeCrashConfig } from './crash-config.ts';
import { startCrashMail } from './crash-mail.ts';
import { buildCrashHost, startCrashHost } from './crash-process.ts';

const letters = 5;
const readWithinMs = 20_000;

/**
 * Kills a desk in the middle of its very first start, each time in a new directory, and starts it again. Answers, per
 * desk, with how many of the letters that waited for it it read: all, when schema, keys, people and accounts are whole.
 */
export async function runFirstStarts(count: number, seed: number): Promise<readonly number[]> {
  const random = createSeededRandom(seed);
  const dir = mkdtempSync(join(tmpdir(), 'pult-crash-'));
  const entry = await buildCrashHost(dir);
  const mail = await startCrashMail(createSeededRandom(seed));
  try {
    mail.heap(letters);
    const config = writeCrashConfig(dir, mail);
    const read: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const dataDir = join(dir, `data-${index}`);
      const start = () =>
        startCrashHost({ entry, dataDir, config, marks: join(dir, 'marks'), cursor: 'with-rows' });
      const first = start();
      await pause(between(random, 100, 700));
      first.kill('SIGKILL');
      await first.ended;
      const second = start();
      await second.ready;
      read.push(await untilRead(createDataDir(dataDir).db));
      second.kill('SIGKILL');
      await second.ended;
    }
    return read;
  } finally {
    await mail.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function untilRead(file: string): Promise<number> {
  const deadline = performance.now() + readWithinMs;
  const db = new Database(file, { readonly: true });
  try {
    const read = db.prepare<[], number>('SELECT count(*) FROM message').pluck();
    while ((read.get() ?? 0) < letters && performance.now() < deadline) await pause(50);
    return read.get() ?? 0;
  } finally {
    db.close();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

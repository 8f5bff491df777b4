import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { makeBytes, makeLetter } from '../../../test/support/make-letter.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createParsePool, type ParsePool } from './parse-pool.ts';

const workerPath = join(import.meta.dirname, 'parse-worker.ts');
const faultyPath = join(import.meta.dirname, '../../../test/support/faulty-parse-worker.ts');
const receivedAt = Date.UTC(2026, 2, 4, 5, 31);

let folder: string;
let attachmentsDir: string;
let pool: ParsePool | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-parse-'));
  attachmentsDir = join(folder, 'attachments');
});

afterEach(async () => {
  await pool?.stop();
  pool = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function startPool(path = workerPath, clock: Clock = systemClock, memoryMb = 128): Promise<ParsePool> {
  pool = createParsePool({ workerPath: path, attachmentsDir, clock, log: silentLogger, memoryMb });
  await pool.start();
  return pool;
}

function store(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe('with the real worker', () => {
  test('an attachment becomes one file named by its content, however often it is sent', async () => {
    const content = makeBytes(3_000_000);
    const letters = ['one', 'two'].map((subject) =>
      store(subject, makeLetter({ subject, attachments: [{ fileName: 'trace.sor', content }] })),
    );
    const parses = await startPool();

    const parsed = await Promise.all(letters.map((rawFile) => parses.parse({ rawFile, receivedAt })));

    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(parsed.map(({ subject }) => subject)).toEqual(['one', 'two']);
    expect(parsed.map(({ attachments }) => attachments[0]?.sha256)).toEqual([sha256, sha256]);
    expect(readFileSync(join(attachmentsDir, sha256.slice(0, 2), sha256)).equals(content)).toBe(true);
    expect(readdirSync(join(attachmentsDir, 'incoming'))).toEqual([]);
  });

  test('a letter far larger than the worker’s heap would like is read whole', async () => {
    const content = makeBytes(30_000_000);
    const rawFile = store(
      'big',
      makeLetter({ text: 'Во вложении', attachments: [{ fileName: 'a.bin', content }] }),
    );
    const parses = await startPool(workerPath, systemClock, 64);

    const { text, attachments } = await parses.parse({ rawFile, receivedAt });

    expect(text).toBe('Во вложении');
    expect(attachments[0]).toMatchObject({
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
  }, 30_000);

  test('a letter above 100 MB is refused before it is read', async () => {
    const rawFile = store('huge', makeLetter({}));
    truncateSync(rawFile, 100 * 1024 * 1024 + 1);
    const parses = await startPool();

    await expect(parses.parse({ rawFile, receivedAt })).rejects.toMatchObject({
      code: 'invalid-input',
      details: { reason: 'letter-too-large' },
    });
  });

  test('a raw file that is not there is nobody’s quarantine', async () => {
    const parses = await startPool();

    await expect(parses.parse({ rawFile: join(folder, 'gone'), receivedAt })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('an attachment folder that cannot be written to is the disk’s fault, not the letter’s', async () => {
    const rawFile = store('one', makeLetter({ attachments: [{ fileName: 'a.bin', content: 'abc' }] }));
    const parses = await startPool();
    rmSync(attachmentsDir, { recursive: true });
    writeFileSync(attachmentsDir, 'a file where the folder was');

    await expect(parses.parse({ rawFile, receivedAt })).rejects.toMatchObject({ code: 'unavailable' });
    rmSync(attachmentsDir);
  });

  test('two hundred letters at once come back each to its own caller', async () => {
    const subjects = Array.from({ length: 200 }, (_, index) => `letter ${index}`);
    const files = subjects.map((subject) => store(subject, makeLetter({ subject })));
    const parses = await startPool();

    const parsed = await Promise.all(files.map((rawFile) => parses.parse({ rawFile, receivedAt })));

    expect(parsed.map(({ subject }) => subject)).toEqual(subjects);
  });
});

describe('when a letter breaks the worker', () => {
  test.each(['exit', 'memory'])(
    'by %s, only that letter is given up',
    async (fault) => {
      const parses = await startPool(faultyPath, systemClock, 32);
      await parses.parse({ rawFile: 'before', receivedAt });

      const bad = parses.parse({ rawFile: fault, receivedAt });
      const good = parses.parse({ rawFile: 'after', receivedAt });

      await expect(bad).rejects.toMatchObject({
        code: 'invalid-input',
        details: { reason: 'parse-crashed' },
      });
      expect((await good).subject).toBe('after');
    },
    30_000,
  );

  test('by never ending, it is given up after its time and the next one is read', async () => {
    const clock = createFakeClock();
    const parses = await startPool(faultyPath, clock);
    await parses.parse({ rawFile: 'before', receivedAt });

    const bad = parses.parse({ rawFile: 'hang', receivedAt });
    const good = parses.parse({ rawFile: 'after', receivedAt });
    const refused = expect(bad).rejects.toMatchObject({
      code: 'invalid-input',
      details: { reason: 'parse-timeout' },
    });
    await clock.advance(30_000);

    await refused;
    expect((await good).subject).toBe('after');
    expect(clock.sleeping).toBe(0);
  });

  test('a worker that does not even start sends no letter to quarantine', async () => {
    const parses = await startPool(join(folder, 'no-such-worker.js'));

    await expect(parses.parse({ rawFile: 'any', receivedAt })).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('when the desk is closed', () => {
  test('letters still waiting are cancelled and no thread or timer stays', async () => {
    const clock = createFakeClock();
    const parses = await startPool(faultyPath, clock);
    await parses.parse({ rawFile: 'before', receivedAt });
    const waiting = Array.from({ length: 40 }, () => parses.parse({ rawFile: 'hang', receivedAt }));
    const outcome = Promise.allSettled(waiting);

    await parses.stop();

    expect((await outcome).every((one) => one.status === 'rejected' && one.reason.code === 'cancelled')).toBe(
      true,
    );
    expect(clock.sleeping).toBe(0);
    await expect(parses.parse({ rawFile: 'late', receivedAt })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a caller that gives up is answered at once', async () => {
    const parses = await startPool(faultyPath, createFakeClock());
    const giveUp = new AbortController();
    await parses.parse({ rawFile: 'before', receivedAt });

    const parsing = parses.parse({ rawFile: 'hang', receivedAt, signal: giveUp.signal });
    giveUp.abort();

    await expect(parsing).rejects.toMatchObject({ code: 'cancelled' });
  });
});

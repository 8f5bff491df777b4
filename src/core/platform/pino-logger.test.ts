import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { createPinoLogger } from './pino-logger.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'pult-log-'));
const lines = (directory: string) =>
  readFileSync(join(directory, 'pult.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line is a record with a time, a level and an event', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info' });

  file.log.child({ account: 3 }).info({ uid: 42, ms: 7 }, 'mail.fetched');
  await file.close();

  expect(lines(directory)).toEqual([
    { level: 'info', time: expect.any(String), account: 3, uid: 42, ms: 7, event: 'mail.fetched' },
  ]);
});

test('secrets and personal values never reach the file, however deep they hide', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'debug' });
  const seeded = 'correct-horse-battery';

  file.log.info({ password: seeded, auth: { user: 'a', pass: seeded } }, 'a');
  file.log.child({ token: seeded }).warn({ account: { imap: { password: seeded } } }, 'b');
  file.log.error({ err: new AppError('upstream', { cause: { response: { body: seeded } } }) }, 'c');
  file.log.info({ people: [{ phone: seeded, email: seeded, subject: seeded }] }, 'd');
  await file.close();

  expect(readFileSync(join(directory, 'pult.log'), 'utf8')).not.toContain(seeded);
});

test('an error is written with its kind, code, stack and cause', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info' });

  file.log.error(
    { err: new AppError('timeout', { message: 'slow', cause: new Error('socket') }) },
    'mail.failed',
  );
  await file.close();

  expect(lines(directory)[0]).toMatchObject({
    err: {
      type: 'AppError',
      code: 'timeout',
      message: 'slow',
      stack: expect.any(String),
      cause: { message: 'socket' },
    },
  });
});

test('an address quoted by a server is covered, the rest of its answer stays', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info' });

  file.log.warn({ answer: '550 <anna@tower.example> unknown', from: 'queued' }, 'smtp.refused');
  await file.close();

  expect(lines(directory)[0]).toMatchObject({ answer: '550 <[address]> unknown', from: 'queued' });
});

test('a level changed at run time reaches loggers handed out before', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info' });
  const child = file.log.child({ account: 1 });
  child.debug({}, 'too.fine');

  file.setLevel('debug');
  child.debug({}, 'fine.enough');
  await file.close();

  expect(lines(directory).map(({ event }) => event)).toEqual(['fine.enough']);
});

test('old lines make room: ten files at most, none much larger than its share, no line torn', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info', maxBytes: 4000, files: 3 });

  for (let n = 0; n < 300; n += 1) {
    file.log.info({ n, filling: 'x'.repeat(50) }, 'line');
    if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await file.close();

  const names = readdirSync(directory).toSorted();
  expect(names).toEqual(['pult.1.log', 'pult.2.log', 'pult.log']);
  expect(statSync(join(directory, 'pult.1.log')).size).toBeLessThan(8000);
  const kept = ['pult.2.log', 'pult.1.log', 'pult.log'].flatMap((name) =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { n: number }).n),
  );
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 300 - kept.length + index));
  expect(kept.length).toBeGreaterThan(40);
});

test('a disk that takes nothing costs lines, not the desk', async () => {
  const file = createPinoLogger({ directory: '/dev/null/nowhere', level: 'info' });

  file.log.error({}, 'disk.full');
  file.flush();

  await expect(file.close()).resolves.toBeUndefined();
});

test('the log is closed to other users', async () => {
  const directory = fresh();
  const file = createPinoLogger({ directory, level: 'info' });
  file.log.info({}, 'x');
  await file.close();

  expect(statSync(join(directory, 'pult.log')).mode & 0o077).toBe(0);
});

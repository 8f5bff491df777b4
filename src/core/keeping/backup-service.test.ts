import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeskFile, type DeskFile } from '../../../test/support/desk-file.ts';
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts';
import { listBackups } from '../db/backup.ts';
import type { Db } from '../db/open.ts';
import { silentLogger } from '../platform/logger.ts';
import { createBackupService, type BackupService } from './backup-service.ts';

const minute = 60_000;
const hour = 60 * minute;
const alive = new AbortController().signal;

let desk: DeskFile;
let db: Db;
let clock: FakeClock;
let mayStore: boolean;
let service: BackupService;

beforeEach(() => {
  desk = createDeskFile();
  db = desk.open();
  clock = createFakeClock();
  mayStore = true;
  const parts = { db, directory: desk.backups, clock, log: silentLogger };
  service = createBackupService({ ...parts, mayStore: () => mayStore });
});

afterEach(async () => {
  await service.stop();
  db.close();
  desk.remove();
});

/** The look under way is over, files and all. */
const idle = () => expect.poll(() => clock.sleeping).toBe(1);
const count = async () => (await listBackups(desk.backups)).length;

test('a copy is made at the start and each hour, and stopping leaves no timer', async () => {
  await service.start(alive);
  await expect.poll(count).toBe(1);
  await idle();

  clock.jump(hour);
  await clock.advance(minute);
  await expect.poll(count).toBe(2);

  await service.stop();
  expect([clock.sleeping, service.health().state]).toEqual([0, 'off']);
});

test('a clock set back does not make a copy a minute', async () => {
  await service.start(alive);
  await expect.poll(count).toBe(1);
  clock.jump(-5 * hour);

  for (let passed = 0; passed < 10; passed += 1) {
    await idle();
    await clock.advance(minute);
  }

  expect(await count()).toBe(1);
});

test('a full disk gets no copies, and the health says why', async () => {
  mayStore = false;
  await service.start(alive);
  await idle();
  await expect.poll(() => service.health()).toMatchObject({ state: 'degraded', reason: 'disk-full' });
  expect(await count()).toBe(0);

  mayStore = true;
  await clock.advance(minute);
  await expect.poll(count).toBe(1);
  await expect.poll(() => service.health().state).toBe('ok');
});

test('asked for twice at once, one copy is made and both are told its name', async () => {
  const [first, second] = await Promise.all([service.now('hand'), service.now('hand')]);

  expect([first === second, await count()]).toEqual([true, 1]);
});

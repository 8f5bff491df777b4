import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createRawStore } from '../db/raw-store.ts';
import { openDb } from '../db/open.ts';
import { createJournal } from '../journal/journal.ts';
import { silentLogger } from '../platform/logger.ts';
import { systemRandom } from '../platform/random.ts';
import type { RawFiles } from './raw-files.ts';
import { createRawIntake, type RawIntakeParts } from './raw-intake.ts';

function setUp(write: RawFiles['write'], more: Partial<RawIntakeParts> = {}) {
  const clock = createFakeClock();
  const db = openDb({ file: ':memory:', clock, log: silentLogger });
  db.connection
    .exec(`INSERT INTO account (id, uuid, name, address, preset, imap_host, imap_port, imap_security, smtp_host,
      smtp_port, smtp_security, user_name, sealed_password, sent_copy, opens_from, created_at, revision)
    VALUES (1, 'u', 'Desk', 'desk@towers.example', 'custom', 'h', 1, 'tls', 'h', 1, 'tls', 'u', '', 'append', 0, 0, 0)`);
  const raw = createRawStore(db);
  raw.insertFolder({ accountId: 1, role: 'inbox', path: 'INBOX', uidvalidity: '1', lastUid: 0 });
  let stored = 0;
  const intake = createRawIntake({
    db,
    raw,
    files: { write } as unknown as RawFiles,
    clock,
    journal: createJournal({ db, clock, random: systemRandom, workstation: 'test' }),
    mayStore: () => true,
    onStored: () => (stored += 1),
    ...more,
  });
  const folder = () => raw.folder(1, 'inbox')!;
  return { intake, raw, folder, told: () => stored };
}

const letter = (uid: number) => ({ uid, size: 3, receivedAt: 1000, bytes: Buffer.from(`l${uid}`) });
const onDisk: RawFiles['write'] = (letters) =>
  Promise.resolve(letters.map((bytes) => ({ sha256: Buffer.from(bytes).toString(), size: bytes.length })));
const failing = (code: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error(code), { code }));

test('rows and cursor move together, past the letters that were deleted meanwhile', async () => {
  const { intake, raw, folder, told } = setUp(onDisk);

  expect(await intake.store(folder(), [letter(4), letter(6)], 9)).toBe(2);

  expect(folder().lastUid).toBe(9);
  expect(raw.waiting(0, 10).map(({ uid, sha256 }) => [uid, sha256])).toEqual([
    [4, 'l4'],
    [6, 'l6'],
  ]);
  expect(told()).toBe(1);
});

test('the same letters once more change nothing', async () => {
  const { intake, raw, folder } = setUp(onDisk);
  await intake.store(folder(), [letter(4)], 4);

  expect(await intake.store(folder(), [letter(3), letter(4)], 4)).toBe(1);
  expect(raw.waiting(0, 10).map(({ uid }) => uid)).toEqual([4, 3]);
});

test('a disk that fills up while writing stops before the cursor', async () => {
  const { intake, folder } = setUp(failing('ENOSPC'));

  await expect(intake.store(folder(), [letter(1)], 1)).rejects.toMatchObject({ reason: 'disk-full' });
  expect(folder().lastUid).toBe(0);
});

test('a cursor that moved in a transaction of its own would lose the letter: the crash test can tell', async () => {
  const { intake, folder } = setUp(failing('EIO'), { cursorMoves: 'apart' });

  await expect(intake.store(folder(), [letter(1)], 1)).rejects.toThrow('EIO');
  expect(folder().lastUid).toBe(1);
});

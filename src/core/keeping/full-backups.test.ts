import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import { systemClock } from '../platform/clock.ts';
import { createDataDir } from '../platform/data-dir.ts';
import { silentLogger } from '../platform/logger.ts';
import { filePlaces } from './bring-set.ts';
import { createFullBackups, type FullBackups } from './full-backups.ts';
import { createKeepingSettings } from './keeping-settings.ts';
import { createWorkGate } from './work-gate.ts';

let folder: string;
let kit: CoreKit;
let full: FullBackups;
let disk: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pult-full-'));
  disk = join(folder, 'usb');
  const dataDir = createDataDir(join(folder, 'data'));
  kit = createCoreKit(dataDir.db);
  const settings = createKeepingSettings({ ...kit.desk, store: kit.stores.settings });
  full = createFullBackups({
    ...kit.desk,
    clock: systemClock,
    log: silentLogger,
    settings,
    dataDir,
    places: filePlaces(dataDir),
    gate: createWorkGate(),
    about: () => ({ desk: 'desk-one', codePrefix: 'PLT', pult: '0', recovery: false }),
  });
  settings.save({ backupDirectory: await full.useDirectory(disk) }, null);
});

afterEach(() => {
  kit.db.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a disk that was pulled out is told, nothing is written where it was, and back again it takes the next one', async () => {
  await full.make('full');
  rmSync(disk, { recursive: true });

  await expect(full.make('full')).rejects.toMatchObject({ details: { reason: 'backup-directory' } });
  expect(full.health()).toMatchObject({ state: 'degraded', reason: 'backup-directory' });
  expect(existsSync(disk)).toBe(false);

  // Another disk takes its place: whoever saves the setting says so.
  await full.useDirectory(disk);
  expect((await full.make('full')).files).toMatchObject({ missing: 0 });
  expect(full.health().state).not.toBe('degraded');
});

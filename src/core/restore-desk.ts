import { statSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';
import { composeStores } from './compose-stores.ts';
import { takeDataLock } from './db/data-lock.ts';
import { openDb } from './db/open.ts';
import { prepareDatabase } from './db/prepare-database.ts';
import { createJournal } from './journal/journal.ts';
import { bringSet } from './keeping/bring-set.ts';
import { findSets } from './keeping/set-manifest.ts';
import { createVault } from './keeping/vault.ts';
import type { SecretBox } from './platform/capabilities.ts';
import { systemClock } from './platform/clock.ts';
import { createDataDir } from './platform/data-dir.ts';
import { silentLogger } from './platform/logger.ts';
import { systemRandom } from './platform/random.ts';

export type RestoreDesk = {
  /** One whole backup, or a folder whose newest is taken. */
  readonly from: string;
  readonly dataDir: string;
  readonly recoveryKey: string | undefined;
  /** Of the shell that will open the desk, which keeps the desk's key from then on. */
  readonly secretBox: SecretBox;
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * A desk out of a whole backup, in a directory that has none yet; it is not started, and its first start draws the
 * consequences. Killed in the middle it may be called again. Throws `conflict` (reasons `data-dir-used`, those of the
 * backup and of the recovery key), `not-found` (reason `backup-set`). Answers the name of the backup.
 */
export async function restoreDesk(job: RestoreDesk): Promise<string> {
  const clock = systemClock;
  const dirs = createDataDir(job.dataDir);
  const lock = takeDataLock(dirs.lock);
  try {
    requireEmpty(dirs.db);
    const [set] = await findSets(job.from);
    if (!set) throw new AppError('not-found', { details: { reason: 'backup-set' } });
    const chosen = await bringSet(set.path, dirs, clock, {
      onProgress: ({ done, total }) => job.onProgress?.(done, total),
    });
    await prepareDatabase({ file: dirs.db, backups: dirs.backups, now: clock.now(), restoreFrom: chosen });
    if (job.recoveryKey !== undefined) await unlock(dirs.db, job.recoveryKey, job.secretBox);
    return chosen.name;
  } finally {
    lock.release();
  }
}

/** To put a desk back on its own backup is done from its settings, where what is there is kept first. */
function requireEmpty(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  throw new AppError('conflict', {
    message:
      'The data directory holds a desk already; restore there from Settings, or name an empty directory',
    details: { reason: 'data-dir-used' },
  });
}

async function unlock(file: string, recoveryKey: string, shellBox: SecretBox): Promise<void> {
  const db = openDb({ file, clock: systemClock, log: silentLogger });
  try {
    const stores = composeStores(db);
    const parts = { db, clock: systemClock, random: systemRandom };
    const workstation = stores.settings.workstation()?.uuid ?? '';
    const vault = createVault({
      ...parts,
      store: stores.settings,
      secrets: stores.secrets,
      journal: createJournal({ ...parts, workstation }),
      shellBox,
    });
    await vault.unlock(recoveryKey, null);
  } finally {
    db.close();
  }
}

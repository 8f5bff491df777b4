import { writeFile } from 'node:fs/promises';
import type { BackupSetView } from '../../../shared/contract/keeping.ts';
import { restoreRequestFile } from '../../db/prepare-database.ts';
import { bringSet } from '../../keeping/bring-set.ts';
import { findSets, type BackupSet } from '../../keeping/set-manifest.ts';
import type { DeskParts } from '../desk-parts.ts';

export function setView(set: BackupSet, desk: string): BackupSetView {
  const { name, path, madeAt, reason, codePrefix, pult, recovery, files, database } = set;
  return {
    name,
    path,
    madeAt,
    reason,
    codePrefix,
    pult,
    recovery,
    own: set.desk === desk,
    bytes: database.bytes + files.bytes,
    files: files.count,
    missing: files.missing,
  };
}

/** Brings the files in beside the working desk, leaves the rest to the next start, and asks for it. */
export async function restoreSet(parts: DeskParts, path: string): Promise<void> {
  const { keeping, desk, dataDir, backups, capabilities } = parts;
  const [found] = await findSets(path);
  const set = found?.path ?? path;
  await keeping.gate.run('restore', (signal, onProgress) =>
    bringSet(set, dataDir, desk.clock, { signal, onProgress }),
  );
  // What is lost by a wrong choice must be there to come back to.
  if (!parts.setupNeeded()) await backups.now('hand');
  await writeFile(restoreRequestFile(dataDir.root), JSON.stringify({ set }), { mode: 0o600 });
  capabilities.restarter.restart();
}

import { createAssets } from './assets/create-assets.ts';
import { createOpenTable, tableWorkerPath } from './assets/import/open-table.ts';
import type { Stores } from './compose-stores.ts';
import type { DiskGuard } from './keeping/disk-guard.ts';
import type { LetterParts } from './letters/parts.ts';
import type { SecretBox } from './platform/capabilities.ts';
import type { Logger } from './platform/logger.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  /** Seals with the desk's own key. */
  readonly deskBox: SecretBox;
  readonly disk: DiskGuard;
  readonly log: Logger;
  /** The worker for letters: the one for tables lies beside it. */
  readonly workerPath: string;
  readonly attachmentFile: (sha256: string) => string;
};

/** The registry of assets, its imports and the service that asks its sources. */
export function composeAssets({ desk, stores, deskBox, disk, log, workerPath, attachmentFile }: Parts) {
  return createAssets({
    ...stores,
    ...desk,
    log,
    secretBox: deskBox,
    openTable: createOpenTable(tableWorkerPath(workerPath)),
    uploadFile: attachmentFile,
    mayStore: disk.mayStore,
  });
}

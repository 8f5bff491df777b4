import type { AssetImportStore } from '../db/asset-import-store.ts';
import type { AssetListStore } from '../db/asset-list-store.ts';
import type { AssetReferenceStore } from '../db/asset-reference-store.ts';
import type { AssetSourceStore } from '../db/asset-source-store.ts';
import type { AssetStore } from '../db/asset-store.ts';
import type { ContactStore } from '../db/contact-store.ts';
import type { Db } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';

/** What the use-cases on the registry need. */
export type AssetParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly log: Logger;
  readonly assets: AssetStore;
  readonly assetLists: AssetListStore;
  readonly assetReference: AssetReferenceStore;
  readonly assetSources: AssetSourceStore;
  readonly assetImports: AssetImportStore;
  readonly contacts: ContactStore;
};

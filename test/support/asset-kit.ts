import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assets, createAssets } from '../../src/core/assets/create-assets.ts';
import { createOpenTable } from '../../src/core/assets/import/open-table.ts';
import type { SaveAsset } from '../../src/core/assets/registry.ts';
import { createMemoryCapabilities } from '../../src/core/platform/capabilities-memory.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import type { ImportMapping } from '../../src/shared/contract/assets.ts';
import { createCoreKit, type CoreKit } from './core-kit.ts';

export type AssetKit = CoreKit & {
  readonly assets: Assets;
  readonly actor: number;
  /** A file as the page uploads it; its id. */
  upload(content: string | Uint8Array): string;
  /** An asset entered by hand. */
  add(asset: Partial<SaveAsset> & { readonly code: string }): number;
  /** Rows as CSV under those headings, imported for good unless told otherwise. */
  load(
    lines: readonly string[],
    options?: Partial<Parameters<Assets['importFile']>[0]> & { readonly with?: Partial<ImportMapping> },
  ): ReturnType<Assets['importFile']>;
  end(): void;
};

type Options = { readonly file?: string; readonly seed?: number; readonly tableWorker?: string };

const workerPath = join(import.meta.dirname, '../../src/core/assets/import/table-worker.ts');

export const blankAsset = {
  kind: 'pole',
  name: '',
  state: '',
  poleId: null,
  regionId: null,
  contractorId: null,
  operatorIds: [],
  address: '',
  latitude: null,
  longitude: null,
  manager: '',
  emails: [],
  phones: [],
  aliases: [],
} satisfies Omit<SaveAsset, 'code'>;

/** The registry over a database in memory, or in a file; tables are read by the real worker. */
export function createAssetKit({ file, seed, tableWorker = workerPath }: Options = {}): AssetKit {
  const core = createCoreKit(file, seed);
  const folder = mkdtempSync(join(tmpdir(), 'pult-assets-'));
  const assets = createAssets({
    ...core.stores,
    ...core.desk,
    // Chunks wait for a turn of the real loop between them; everything that is told of time is the kit's.
    clock: { ...core.clock, sleep: systemClock.sleep },
    log: silentLogger,
    secretBox: createMemoryCapabilities().secretBox,
    openTable: createOpenTable(tableWorker),
    uploadFile: (sha256) => join(folder, sha256),
    mayStore: () => true,
  });
  const actor = core.addPerson('Орлова');
  const upload = (content: string | Uint8Array) => {
    const id = randomBytes(32).toString('hex');
    writeFileSync(join(folder, id), content);
    return id;
  };
  return {
    ...core,
    assets,
    actor,
    upload,
    add: (asset) => core.db.transact(() => assets.save({ ...blankAsset, ...asset }, actor)),
    async load(lines, { with: changes, ...options } = {}) {
      const uploadId = upload(lines.join('\n'));
      const { mapping } = await assets.preview({ uploadId, mapping: null });
      const input = { sourceName: 'Реестр', dryRun: false, force: false, ...options, uploadId };
      return assets.importFile({ ...input, mapping: options.mapping ?? { ...mapping, ...changes } }, actor);
    },
    end() {
      core.db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

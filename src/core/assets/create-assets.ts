import type { SecretBox } from '../platform/capabilities.ts';
import { completeCode } from './complete-code.ts';
import { importFile, type ImportFile, previewFile } from './import/file-import.ts';
import type { OpenTables } from './import/open-table.ts';
import { createImportLock } from './import/run-import.ts';
import type { AssetParts } from './parts.ts';
import { provideRegistry, type ProvisionedRegistry } from './provide-registry.ts';
import { saveAsset, type SaveAsset, saveGroup, saveRegion, viewAsset } from './registry.ts';
import { createAssetSync } from './sync/asset-sync.ts';
import { listSources, saveSource, type SaveSource } from './sync/sources.ts';

type Parts = AssetParts & {
  readonly secretBox: SecretBox;
  readonly openTable: OpenTables;
  readonly uploadFile: (sha256: string) => string;
  readonly mayStore: () => boolean;
};

const runsShown = 50;

/** Everything people do with the registry, and the service that asks its sources. */
export function createAssets(input: Parts) {
  const parts = { ...input, lock: createImportLock() };
  const sync = createAssetSync(parts);
  return {
    sync,
    list: parts.assetLists.page,
    view: (id: number) => viewAsset(parts, id),
    lists: () => ({
      regions: parts.assetReference.regions(),
      operators: parts.assetReference.operators(),
      groups: parts.assetReference
        .groups()
        .map(({ domains, ...group }) => ({ ...group, domains: [...domains] })),
      total: parts.assets.total(),
    }),
    complete: (query: { readonly text: string; readonly poleId: number | null }) =>
      completeCode(parts.assetLists, query),
    save: (asset: SaveAsset, actor: number) => saveAsset(parts, asset, actor),
    saveGroup: (group: Parameters<typeof saveGroup>[1], actor: number) => saveGroup(parts, group, actor),
    saveRegion: (region: Parameters<typeof saveRegion>[1], actor: number) => saveRegion(parts, region, actor),
    preview: (file: Parameters<typeof previewFile>[1]) =>
      previewFile({ ...parts, signal: sync.signal }, file),
    importFile: (file: ImportFile, actor: number) =>
      importFile({ ...parts, signal: sync.signal }, file, actor),
    provide: (registry: ProvisionedRegistry) => provideRegistry(parts, registry),
    runs: () => parts.assetImports.recent(runsShown),
    refusals: parts.assetImports.refusals,
    sources: () => listSources(parts),
    saveSource(source: SaveSource, actor: number) {
      const id = saveSource(parts, source, actor);
      sync.wake();
      return id;
    },
  };
}

export type Assets = ReturnType<typeof createAssets>;

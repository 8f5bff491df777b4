import type { ImportField, ImportMapping } from '../../shared/contract/assets.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ReadAsset } from './import/read-row.ts';
import { createAssetWriter } from './import/write-asset.ts';
import type { AssetParts } from './parts.ts';

export type ProvisionedRegistry = {
  /** Of the source, as the screen names it. */
  readonly name: string;
  /** Poles before the stations on them. */
  readonly assets: readonly Pick<
    ReadAsset,
    | 'kind'
    | 'code'
    | 'pole'
    | 'region'
    | 'regionName'
    | 'macroregion'
    | 'repairEmail'
    | 'address'
    | 'latitude'
    | 'longitude'
    | 'operators'
    | 'contractor'
    | 'emails'
  >[];
  readonly groups: readonly { readonly name: string; readonly domains: readonly string[] }[];
};

const fields = [
  'code',
  'pole',
  'region',
  'regionName',
  'macroregion',
  'repairEmail',
  'address',
  'latitude',
  'longitude',
  'operator',
  'operatorGroup',
  'contractor',
  'emails',
] as const satisfies readonly ImportField[];

const blank = { row: 0, name: '', state: '', phones: [], manager: '', aliases: [], hash: '' } as const;

/** A registry that comes with the configuration: only for a desk that has none, poles before what stands on them. */
export function provideRegistry(parts: AssetParts, { name, assets, groups }: ProvisionedRegistry): void {
  if (parts.assets.total() > 0) return;
  parts.db.transact((revision) => {
    const mapping: ImportMapping = {
      kind: 'pole',
      columns: Object.fromEntries(fields.map((field) => [field, field])),
      encoding: 'utf-8',
      separator: ';',
      complete: false,
      listPath: '',
    };
    const sourceId = parts.assetSources.insert(
      {
        uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
        kind: 'file',
        name,
        mapping,
        url: '',
        authHeader: '',
        authSealed: null,
        etag: '',
        everyMinutes: null,
        nextAt: null,
        failures: 0,
        shape: '',
        active: true,
      },
      revision,
    );
    const writer = createAssetWriter(parts, { sourceId, mapping, actor: null });
    for (const asset of assets) {
      const read: ReadAsset = { ...blank, ...asset, externalId: asset.code };
      writer.write(read, { row: 0, hash: '', operators: asset.operators }, revision);
    }
    for (const group of groups) {
      const known = parts.assetReference.groups().find((one) => one.name === group.name);
      if (known) parts.assetReference.updateGroup({ ...known, domains: group.domains }, revision);
    }
    parts.journal.append({
      kind: 'asset.source-saved',
      subject: 'asset-source',
      subjectId: sourceId,
      actorId: null,
      facts: { name, url: '', everyMinutes: null, active: true },
    });
    parts.db.touch('asset');
    parts.db.touch('asset-import');
  });
}

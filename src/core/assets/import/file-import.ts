import { existsSync } from 'node:fs';
import type { ImportMapping, ImportRefusal, ImportRun } from '../../../shared/contract/assets.ts';
import { AppError } from '../../../shared/errors.ts';
import { uuidv7 } from '../../../shared/ids.ts';
import type { AssetParts } from '../parts.ts';
import { guessMapping } from './guess-mapping.ts';
import { openChecked } from './open-checked.ts';
import type { OpenTable, OpenTables } from './open-table.ts';
import { previewTable, type TablePreview } from './preview-table.ts';
import { digest } from './read-row.ts';
import { dryRun, type ImportLock, runImport } from './run-import.ts';
import { refuseTable } from './table.ts';

export type ImportFile = {
  readonly uploadId: string;
  readonly sourceName: string;
  readonly mapping: ImportMapping;
  readonly dryRun: boolean;
  readonly force: boolean;
};

type Parts = AssetParts & {
  readonly openTable: OpenTables;
  readonly lock: ImportLock;
  /** Where an upload lies. */
  readonly uploadFile: (sha256: string) => string;
  readonly mayStore: () => boolean;
  /** Aborts when the desk closes. */
  readonly signal: () => AbortSignal;
};

const mostRefusals = 1000;

/** Read as told, else as the last file with these headings, else as the headings say. */
export async function previewFile(
  parts: Parts,
  { uploadId, mapping }: { readonly uploadId: string; readonly mapping: ImportMapping | null },
): Promise<
  TablePreview & {
    readonly uploadId: string;
    readonly format: 'csv' | 'xlsx' | 'geojson';
    readonly mapping: ImportMapping;
    readonly sourceName: string | null;
  }
> {
  const table = await openUpload(parts, uploadId, mapping);
  const { head } = table;
  const preview = await previewTable(table);
  const { format } = head;
  if (format === 'json') throw refuseTable('not-a-table');
  const known = parts.assetSources.byShape(shapeOf(head.columns));
  const { encoding, separator } = head;
  // The encoding is of this very file: the same table is exported anew by another hand.
  const remembered = known && { ...known.mapping, encoding, separator };
  return {
    ...preview,
    uploadId,
    format,
    mapping: mapping ?? remembered ?? guessMapping(head, preview.sample),
    sourceName: known?.name ?? null,
  };
}

/** Throws `invalid-input` with what the file was refused for, `conflict` (reasons `import-running`, `source-taken`). */
export async function importFile(
  parts: Parts,
  { uploadId, sourceName, mapping, dryRun: isDry, force }: ImportFile,
  actor: number,
): Promise<{ readonly run: ImportRun; readonly refusals: ImportRefusal[] }> {
  let shape = '';
  const open = async () => {
    const table = await openUpload(parts, uploadId, mapping);
    shape = shapeOf(table.head.columns);
    return table;
  };
  const known = parts.assetSources.byName(sourceName);
  if (known && known.kind !== 'file') throw new AppError('conflict', { details: { reason: 'source-taken' } });
  if (isDry) {
    const { run, refusals } = await dryRun(parts, { sourceId: known?.id, sourceName, mapping, actor, open });
    return { run, refusals: refusals.slice(0, mostRefusals) };
  }
  if (!parts.mayStore()) throw new AppError('unavailable', { details: { reason: 'disk-full' } });
  return parts.lock.hold(async () => {
    const checked = await openChecked(open, mapping);
    const sourceId = known?.id ?? addSource(parts, sourceName, mapping);
    const run = await runImport(parts, {
      sourceId,
      mapping,
      actor,
      force,
      signal: parts.signal(),
      open: checked,
      onEnd(ended, revision) {
        if (ended.state === 'failed') return;
        const source = parts.assetSources.require(sourceId);
        parts.assetSources.update({ ...source, mapping, shape }, revision);
      },
    });
    return { run, refusals: parts.assetImports.refusals(run.id, 0, mostRefusals).refusals };
  });
}

function addSource({ db, assetSources, clock, random }: Parts, name: string, mapping: ImportMapping): number {
  const uuid = uuidv7(clock.now(), random.bytes(10));
  const still = {
    url: '',
    authHeader: '',
    authSealed: null,
    etag: '',
    everyMinutes: null,
    nextAt: null,
  } as const;
  return db.transact((revision) =>
    assetSources.insert(
      { ...still, uuid, kind: 'file', name, mapping, failures: 0, shape: '', active: true },
      revision,
    ),
  );
}

function openUpload(
  { uploadFile, openTable }: Parts,
  uploadId: string,
  mapping: ImportMapping | null,
): Promise<OpenTable> {
  const file = uploadFile(uploadId);
  if (!existsSync(file)) throw new AppError('not-found', { details: { reason: 'upload-gone' } });
  return openTable({ file }, mapping ? { encoding: mapping.encoding, separator: mapping.separator } : {});
}

function shapeOf(columns: readonly string[]): string {
  return digest(columns.join('\n'));
}

import type { ImportMapping, ImportRefusal, ImportRun } from '../../../shared/contract/assets.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { AssetParts } from '../parts.ts';
import type { OpenTable } from './open-table.ts';
import { createRowReader, type ReadAsset } from './read-row.ts';
import { surveyTable, type Survey } from './survey.ts';
import { createAssetWriter } from './write-asset.ts';

export type RunInput = {
  readonly sourceId: number;
  readonly mapping: ImportMapping;
  readonly actor: number | null;
  /** A person has seen what a guard asks and goes on. */
  readonly force: boolean;
  /** Opened twice: once to look, once to write. */
  readonly open: () => Promise<OpenTable>;
  readonly signal?: AbortSignal | undefined;
  /** Joins the transaction that ends the run: what belongs to it, such as the mark of the source's version. */
  readonly onEnd?: (run: ImportRun, revision: number) => void;
};

const chunk = 200;
const runsKept = 50;

/**
 * Looks the source through, asks when a guard says so, and writes what differs in chunks, each with its progress. A crash
 * between two of them leaves a registry that the same import completes. Failures end the run and are thrown on.
 */
export async function runImport(parts: AssetParts, input: RunInput): Promise<ImportRun> {
  const { assetImports, assetSources, clock, db, log } = parts;
  const source = assetSources.require(input.sourceId);
  const startedMs = clock.elapsed();
  let run = db.transact((revision) => {
    const fresh = { ...blankRun(clock.now(), input.actor), sourceId: source.id };
    const id = assetImports.insert(fresh, revision);
    assetImports.prune(source.id, runsKept);
    db.touch('asset-import');
    return { ...fresh, id, sourceName: source.name };
  });
  const keep = (next: ImportRun, revision: number) => {
    run = next;
    assetImports.update(next, revision);
    db.touch('asset-import');
  };
  const end = (state: ImportRun['state'], error: string | null) =>
    db.transact((revision) => {
      keep({ ...run, state, error, endedAt: clock.now() }, revision);
      journalEnd(parts, run, input);
      input.onEnd?.(run, revision);
    });
  try {
    const survey = await surveyTable(parts, { ...input, table: await input.open() });
    const counted = { ...run, rowsTotal: survey.rows, refused: survey.refused };
    await saveRefusals(parts, counted.id, survey.refusals);
    db.transact((revision) => keep(counted, revision));
    if (survey.guard !== null && !input.force) {
      const { guard, guardOf, gone } = survey;
      run = { ...run, guard, guardOf, rows: survey.rows, gone: gone.length };
      end('asks', null);
      return run;
    }
    if (survey.wanted.size > 0) await writeWanted(parts, input, survey, () => run, keep);
    await markGone(parts, survey.gone, () => run, keep, input.signal);
    run = { ...run, rows: survey.rows };
    end('done', null);
    const ms = Math.round(clock.elapsed() - startedMs);
    log.info(
      { source: source.id, rows: run.rows, added: run.added, changed: run.changed, gone: run.gone, ms },
      'assets.imported',
    );
    return run;
  } catch (thrown) {
    const error = toAppError(thrown);
    end('failed', error.code === 'cancelled' ? 'interrupted' : (error.reason ?? error.code));
    throw error;
  }
}

/** The same report, and nothing written. */
export async function dryRun(
  parts: AssetParts,
  input: Pick<RunInput, 'mapping' | 'actor' | 'open'> & {
    readonly sourceId: number | undefined;
    readonly sourceName: string;
  },
): Promise<{ readonly run: ImportRun; readonly refusals: readonly ImportRefusal[] }> {
  const startedAt = parts.clock.now();
  const survey = await surveyTable(parts, { ...input, table: await input.open() });
  const run: ImportRun = {
    ...blankRun(startedAt, input.actor),
    id: 0,
    sourceId: input.sourceId ?? 0,
    sourceName: input.sourceName,
    endedAt: parts.clock.now(),
    state: survey.guard === null ? 'done' : 'asks',
    guard: survey.guard,
    guardOf: survey.guardOf,
    rows: survey.rows,
    rowsTotal: survey.rows,
    added: survey.added,
    changed: survey.changed,
    gone: survey.gone.length,
    refused: survey.refused,
  };
  return { run, refusals: survey.refusals };
}

type Keep = (next: ImportRun, revision: number) => void;

async function writeWanted(
  parts: AssetParts,
  input: RunInput,
  survey: Survey,
  current: () => ImportRun,
  keep: Keep,
): Promise<void> {
  const table = await input.open();
  const read = createRowReader(table.head.columns, input.mapping);
  const writer = createAssetWriter(parts, input);
  const wantedRows = new Set([...survey.wanted.values()].map(({ row }) => row));
  let waiting: ReadAsset[] = [];
  const write = (assets: readonly ReadAsset[], rows: number) => {
    parts.db.transact((revision) => {
      const late: ReadAsset[] = [];
      let { added, changed } = current();
      for (const asset of assets) {
        const wanted = survey.wanted.get(keyOf(asset));
        if (!wanted || wanted.row !== asset.row) continue;
        const isNew = !parts.assets.bySource(input.sourceId, asset.kind, asset.externalId);
        if (!writer.write(asset, wanted, revision)) late.push(asset);
        else if (isNew) added += 1;
        else changed += 1;
      }
      waiting = [...waiting, ...late];
      keep({ ...current(), rows: current().rows + rows, added, changed }, revision);
      if (assets.length > 0) parts.db.touch('asset');
    });
  };
  try {
    for await (const batch of table.batches()) {
      input.signal?.throwIfAborted();
      const wanted = batch.filter(({ row }) => wantedRows.has(row));
      write(
        wanted.flatMap((row) => read(row).asset ?? []),
        batch.length,
      );
      await parts.clock.sleep(0);
    }
    // Stations that stood above their poles.
    const late = waiting;
    waiting = [];
    for (let at = 0; at < late.length; at += chunk) {
      input.signal?.throwIfAborted();
      write(late.slice(at, at + chunk), 0);
      await parts.clock.sleep(0);
    }
    if (waiting.length > 0)
      parts.log.warn({ source: input.sourceId, count: waiting.length }, 'assets.poles-vanished');
  } finally {
    await table.close();
  }
}

function keyOf({ kind, externalId }: ReadAsset): string {
  return `${kind}\n${externalId}`;
}

async function markGone(
  parts: AssetParts,
  ids: readonly number[],
  current: () => ImportRun,
  keep: Keep,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let at = 0; at < ids.length; at += chunk) {
    signal?.throwIfAborted();
    const some = ids.slice(at, at + chunk);
    parts.db.transact((revision) => {
      parts.assets.markGone(some, parts.clock.now(), revision);
      keep({ ...current(), gone: current().gone + some.length }, revision);
      parts.db.touch('asset');
    });
    await parts.clock.sleep(0);
  }
}

async function saveRefusals(
  parts: AssetParts,
  runId: number,
  refusals: readonly ImportRefusal[],
): Promise<void> {
  for (let at = 0; at < refusals.length; at += chunk) {
    parts.db.transact(() => parts.assetImports.addRefusals(runId, refusals.slice(at, at + chunk)));
    await parts.clock.sleep(0);
  }
}

function journalEnd({ journal }: AssetParts, run: ImportRun, { actor, force }: RunInput): void {
  const { id: runId, state, guard, rows, added, changed, gone, refused } = run;
  // A sync that found nothing new is no event; a hundred of them a day would bury the ones that are.
  if (actor === null && state === 'done' && added + changed + gone === 0) return;
  journal.append({
    kind: 'asset.import-ended',
    subject: 'asset-source',
    subjectId: run.sourceId,
    actorId: actor,
    facts: { runId, state, guard, forced: force, rows, added, changed, gone, refused },
  });
}

function blankRun(
  startedAt: number,
  actorId: number | null,
): Omit<ImportRun, 'id' | 'sourceId' | 'sourceName'> {
  return {
    startedAt,
    endedAt: null,
    actorId,
    state: 'running',
    guard: null,
    guardOf: null,
    rows: 0,
    rowsTotal: null,
    added: 0,
    changed: 0,
    gone: 0,
    refused: 0,
    error: null,
  };
}

/** One at a time for the whole desk: two of them would only make each other slow. */
export function createImportLock() {
  let busy: Promise<unknown> | undefined;
  return {
    isBusy: () => busy !== undefined,
    /** Resolves when nothing runs; what failed has been told to whoever asked for it. */
    async idle(): Promise<void> {
      await busy?.catch(() => undefined);
    },
    /** Throws `conflict` (reason `import-running`). */
    async hold<T>(work: () => Promise<T>): Promise<T> {
      if (busy) throw new AppError('conflict', { details: { reason: 'import-running' } });
      const running = work();
      busy = running;
      try {
        return await running;
      } finally {
        busy = undefined;
      }
    },
  };
}

export type ImportLock = ReturnType<typeof createImportLock>;

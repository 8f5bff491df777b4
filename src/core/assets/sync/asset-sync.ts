import type { ImportMapping, ImportRun } from '../../../shared/contract/assets.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { AssetSourceRecord } from '../../db/asset-source-store.ts';
import type { SecretBox } from '../../platform/capabilities.ts';
import type { Health, Service } from '../../platform/service.ts';
import { createWatchLoop } from '../../platform/watch-loop.ts';
import { guessMapping } from '../import/guess-mapping.ts';
import { openChecked } from '../import/open-checked.ts';
import type { OpenTables } from '../import/open-table.ts';
import { type ImportLock, runImport } from '../import/run-import.ts';
import { type TablePreview, previewTable } from '../import/preview-table.ts';
import type { AssetParts } from '../parts.ts';
import { fetchSource } from './fetch-source.ts';
import { secretFor } from './sources.ts';

export type TrySource = {
  readonly id?: number | undefined;
  readonly url: string;
  readonly authHeader: string;
  readonly secret?: string | undefined;
  readonly listPath: string;
};

export type AssetSync = Service & {
  /** Throws what the source or its table was refused for. */
  syncNow(id: number, force: boolean, actor: number): Promise<ImportRun>;
  /** Asks once and keeps nothing. */
  trySource(input: TrySource): Promise<TablePreview & { readonly mapping: ImportMapping }>;
  /** Of everything that imports; aborts when the desk closes. */
  signal(): AbortSignal;
  /** A source was saved: its time may have come. */
  wake(): void;
};

type Parts = AssetParts & {
  readonly secretBox: SecretBox;
  readonly openTable: OpenTables;
  readonly lock: ImportLock;
  /** A full disk takes no registry in. */
  readonly mayStore: () => boolean;
};

const longestWaitMs = 60_000;
const busyWaitMs = 5000;
const minuteMs = 60_000;
const mostDoublings = 10;

/** Asks each source at its time; what a guard stops waits for a person, what fails is tried again, later and later. */
export function createAssetSync(parts: Parts): AssetSync {
  const { assetSources, assetImports, clock, db, log, lock } = parts;
  let life = new AbortController();

  const loop = createWatchLoop({
    name: 'assets',
    clock,
    log,
    async look() {
      const [due] = assetSources.due(clock.now());
      if (!due)
        return Math.min(longestWaitMs, Math.max(0, (assetSources.nextAt() ?? Infinity) - clock.now()));
      if (lock.isBusy() || !parts.mayStore()) return busyWaitMs;
      await sync(parts, due, { force: false, actor: null, signal: life.signal }).catch((error: unknown) => {
        const { code, reason } = toAppError(error);
        if (code !== 'cancelled') log.warn({ source: due.id, code, reason }, 'assets.sync-failed');
      });
      return 0;
    },
  });

  return {
    name: 'assets',
    wake: loop.wake,
    signal: () => life.signal,
    async start() {
      life = new AbortController();
      db.transact((revision) => {
        const left = assetImports.failRunning(clock.now(), 'interrupted', revision);
        if (left > 0) log.warn({ count: left }, 'assets.import-interrupted');
      });
      loop.start();
    },
    async stop() {
      life.abort(new AppError('cancelled', { message: 'The desk is closing' }));
      await loop.stop();
      // An import of a file is under way too: the database must not close under it.
      await lock.idle();
    },
    health: () => healthOf(parts, loop.health()),
    syncNow: (id, force, actor) =>
      sync(parts, assetSources.require(id), { force, actor, signal: life.signal }),
    trySource: (input) => trySource(parts, input, life.signal),
  };
}

type How = { readonly force: boolean; readonly actor: number | null; readonly signal: AbortSignal };

function sync(parts: Parts, source: AssetSourceRecord, how: How): Promise<ImportRun> {
  return parts.lock.hold(async () => {
    if (source.kind !== 'http') throw new AppError('not-found', { details: { reason: 'asset-source' } });
    const last = parts.assetImports.lastDone(source.id);
    try {
      // Past a guard the whole answer is wanted once more.
      const etag = how.force || !last ? '' : source.etag;
      const secret = secretFor(parts, source, source.url);
      const { url, authHeader } = source;
      const answer = await fetchSource(parts.clock, { url, authHeader, secret, etag }, how.signal);
      if (answer !== 'unchanged') return await take(parts, source, answer, how);
      parts.db.transact((revision) => schedule(parts, source.id, { failures: 0 }, revision));
      return last ?? blame(parts, source, 'source-status');
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'cancelled') blame(parts, source, error.reason ?? error.code);
      throw error;
    }
  });
}

async function take(
  parts: Parts,
  source: AssetSourceRecord,
  { bytes, etag }: { readonly bytes: Uint8Array; readonly etag: string },
  { force, actor, signal }: How,
): Promise<ImportRun> {
  const { id, mapping } = source;
  const { listPath } = mapping;
  const open = () => parts.openTable({ bytes }, { format: 'json', listPath });
  return runImport(parts, {
    sourceId: id,
    mapping,
    actor,
    force,
    signal,
    open: await openChecked(open, mapping),
    onEnd(run, revision) {
      if (run.state === 'done') schedule(parts, id, { failures: 0, etag }, revision);
      else if (run.state === 'asks') schedule(parts, id, { failures: 0, etag: '', asks: true }, revision);
    },
  });
}

type Next = { readonly failures: number; readonly etag?: string; readonly asks?: boolean };

/** When it is asked again; not at all while a guard waits for a person. */
function schedule(
  { assetSources, clock, random, db }: Parts,
  id: number,
  next: Next,
  revision: number,
): void {
  const source = assetSources.require(id);
  const { failures, etag = source.etag, asks = false } = next;
  const everyMs = (source.everyMinutes ?? 0) * minuteMs;
  const retryMs = minuteMs * 2 ** Math.min(failures - 1, mostDoublings) * (0.5 + random.number() / 2);
  const waitMs = failures === 0 ? everyMs : Math.min(everyMs, retryMs);
  const nextAt = asks || source.everyMinutes === null ? null : clock.now() + Math.round(waitMs);
  assetSources.update({ ...source, failures, etag, nextAt }, revision);
  db.touch('asset-import');
}

/** The failure is a run in the list, once: a source that is down all night must not fill it. */
function blame(parts: Parts, source: AssetSourceRecord, reason: string): ImportRun {
  const { db, assetImports, assetSources, clock } = parts;
  return db.transact((revision) => {
    const failures = assetSources.require(source.id).failures + 1;
    schedule(parts, source.id, { failures }, revision);
    const last = assetImports.lastOf(source.id);
    if (last?.state === 'failed' && (last.error === reason || failures === 1)) {
      const again = { ...last, error: reason, endedAt: clock.now() };
      assetImports.update(again, revision);
      return again;
    }
    const run = {
      sourceId: source.id,
      startedAt: clock.now(),
      endedAt: clock.now(),
      actorId: null,
      state: 'failed' as const,
      guard: null,
      guardOf: null,
      rows: 0,
      rowsTotal: null,
      added: 0,
      changed: 0,
      gone: 0,
      refused: 0,
      error: reason,
    };
    return { ...run, id: assetImports.insert(run, revision), sourceName: source.name };
  });
}

async function trySource(parts: Parts, input: TrySource, signal: AbortSignal) {
  const saved = input.id === undefined ? undefined : parts.assetSources.require(input.id);
  const secret = input.secret ?? secretFor(parts, saved, input.url);
  const { url, authHeader, listPath } = input;
  const answer = await fetchSource(parts.clock, { url, authHeader, secret, etag: '' }, signal);
  if (answer === 'unchanged')
    throw new AppError('upstream', { details: { reason: 'source-status', status: 304 } });
  const table = await parts.openTable({ bytes: answer.bytes }, { format: 'json', listPath });
  const preview = await previewTable(table);
  const guessed = guessMapping(table.head, preview.sample);
  return { ...preview, mapping: { ...guessed, listPath, complete: true } };
}

function healthOf({ assetSources, assetImports }: Parts, loop: Health): Health {
  if (loop.state !== 'ok') return loop;
  for (const source of assetSources.all()) {
    if (source.kind !== 'http' || !source.active) continue;
    const { name } = source;
    if (source.failures === 0 && assetImports.lastOf(source.id)?.state === 'asks') {
      return { state: 'needs-attention', reason: 'asset-source-asks', facts: { name } };
    }
    if (source.failures > 0) return { state: 'degraded', reason: 'asset-source-failed', facts: { name } };
  }
  return loop;
}

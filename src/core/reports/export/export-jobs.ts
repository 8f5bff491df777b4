import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportRequest, ExportState } from '../../../shared/contract/reports.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import type { ExportTable, Row } from './table.ts';
import { workbook } from './workbook.ts';

/** `name` is the file's, without its ending. */
export type FileRequest = Pick<ExportRequest, 'format' | 'separator'> & {
  readonly name: string;
  readonly table: () => Promise<ExportTable>;
};

export type ExportJobs = {
  /** Returns at once; the file is made while the desk works on. */
  start(request: FileRequest): { readonly id: string };
  /** Throws `not-found` (reason `export`) for one that is long gone. */
  state(id: string): ExportState;
  cancel(id: string): Promise<void>;
  /** The finished file; undefined while there is none. */
  file(
    id: string,
  ): { readonly path: string; readonly fileName: string; readonly mimeType: string } | undefined;
};

type Parts = {
  /** Emptied at each start of the desk. */
  readonly directory: string;
  readonly zone: () => string;
  readonly newId: () => string;
  readonly mayStore: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
};

type Job = {
  readonly id: string;
  readonly format: ExportRequest['format'];
  readonly stopping: AbortController;
  readonly path: string;
  done: Promise<void>;
  state: ExportState;
};

/** Files of the last few exports are kept for a page that asks late. */
const mostKept = 8;
const running = 2;
const mimeTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function createExportJobs(parts: Parts): ExportJobs {
  const { directory, clock, log } = parts;
  const jobs = new Map<string, Job>();

  const require = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw new AppError('not-found', { details: { reason: 'export' } });
    return job;
  };

  async function write(job: Job, request: FileRequest): Promise<void> {
    const { signal } = job.stopping;
    const zone = parts.zone();
    const table = await request.table();
    job.state = { ...job.state, total: table.total };
    const rows = paced(
      table,
      signal,
      (count) => (job.state = { ...job.state, rows: job.state.rows + count }),
    );
    const source =
      request.format === 'xlsx'
        ? Readable.fromWeb(workbook(rows, { ...table, zone }) as Parameters<typeof Readable.fromWeb>[0])
        : Readable.from(csvText(rows, table.headings, { separator: request.separator, zone }));
    await pipeline(source, createWriteStream(job.path, { mode: 0o600 }), { signal });
    job.state = { ...job.state, state: 'ready' };
  }

  /** A turn of the desk between two pieces: a year's incidents take seconds and must not be felt. */
  async function* paced(table: ExportTable, signal: AbortSignal, told: (count: number) => void) {
    for (const piece of table.pieces) {
      signal.throwIfAborted();
      yield* piece;
      told(piece.length);
      await clock.sleep(0, signal);
    }
  }

  async function run(job: Job, request: FileRequest): Promise<void> {
    try {
      await write(job, request);
    } catch (failure) {
      await rm(job.path, { force: true });
      const isCancelled = job.stopping.signal.aborted;
      const error = toAppError(failure);
      if (!isCancelled) log.warn({ err: error }, 'export.failed');
      const reason = isCancelled ? null : (error.reason ?? error.code);
      job.state = { ...job.state, state: isCancelled ? 'cancelled' : 'failed', reason };
    }
  }

  async function forgetOldest(): Promise<void> {
    const finished = [...jobs.values()].filter(({ state }) => state.state !== 'running');
    for (const { id, path } of finished.slice(0, Math.max(0, jobs.size - mostKept))) {
      jobs.delete(id);
      await rm(path, { force: true });
    }
  }

  return {
    start(request) {
      if (!parts.mayStore()) throw new AppError('unavailable', { details: { reason: 'disk-full' } });
      const busy = [...jobs.values()].filter(({ state }) => state.state === 'running');
      if (busy.length >= running)
        throw new AppError('rate-limited', { details: { reason: 'exports-running' } });
      const id = parts.newId();
      const job: Job = {
        id,
        format: request.format,
        stopping: new AbortController(),
        path: join(directory, `export-${id}`),
        done: Promise.resolve(),
        state: {
          state: 'running',
          rows: 0,
          total: null,
          fileName: `pult-${request.name}.${request.format}`,
          reason: null,
        },
      };
      jobs.set(id, job);
      job.done = run(job, request).then(forgetOldest);
      return { id };
    },
    state: (id) => require(id).state,
    async cancel(id) {
      const job = require(id);
      job.stopping.abort(new AppError('cancelled'));
      await job.done;
    },
    file(id) {
      const job = jobs.get(id);
      if (job?.state.state !== 'ready') return undefined;
      return { path: job.path, fileName: job.state.fileName, mimeType: mimeTypes[job.format] };
    },
  };
}

async function* csvText(
  rows: AsyncIterable<Row>,
  headings: readonly string[],
  style: Parameters<typeof csvLine>[1],
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(headings, style);
  let text = '';
  for await (const row of rows) {
    text += csvLine(row, style);
    if (text.length > 64_000) {
      yield text;
      text = '';
    }
  }
  yield text;
}

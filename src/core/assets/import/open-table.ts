import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import type { ReadOptions, Table, TableRow } from './table.ts';
import type { TableMessage, TableWorkerData } from './table-protocol.ts';

export type OpenTable = {
  readonly head: Omit<Table, 'rows'>;
  /** Once; the worker ends with it. */
  batches(): AsyncIterable<readonly TableRow[]>;
  close(): Promise<void>;
};

export type TableSource = { readonly file: string } | { readonly bytes: Uint8Array };

/** Throws `invalid-input` with the reason the file cannot be read for. */
export type OpenTables = (source: TableSource, options: ReadOptions) => Promise<OpenTable>;

/** A table that needs more is no registry: the worker dies of it, the desk does not. */
const workerMegabytes = 1024;

/** Tables are read in a thread of their own: a workbook of 80,000 rows takes seconds no page should wait. */
export function createOpenTable(workerPath: string): OpenTables {
  return async (source, options) => {
    const data: TableWorkerData = { source, options };
    const worker = new Worker(workerPath, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: workerMegabytes },
    });
    const ask = askerOf(worker);
    const close = async () => {
      await worker.terminate();
    };
    try {
      const first = await ask();
      if (first.kind !== 'head') throw new Error(`A table began with ${first.kind}`);
      return {
        head: first.head,
        close,
        async *batches() {
          try {
            for (let next = await ask(); next.kind === 'rows'; next = await ask()) yield next.rows;
          } finally {
            await close();
          }
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  };
}

/** Beside the worker for letters: in one folder when bundled, in its own room in the sources. */
export function tableWorkerPath(parseWorkerPath: string): string {
  const folder = dirname(parseWorkerPath);
  return parseWorkerPath.endsWith('.ts')
    ? join(folder, '../assets/import/table-worker.ts')
    : join(folder, 'table-worker.js');
}

function askerOf(worker: Worker): () => Promise<TableMessage> {
  let settle: { resolve: (message: TableMessage) => void; reject: (error: unknown) => void } | undefined;
  let dead: unknown;
  const fail = (error: unknown) => {
    dead ??= error;
    settle?.reject(dead);
    settle = undefined;
  };
  worker.on('message', (message: TableMessage) => {
    const waiting = settle;
    settle = undefined;
    if (message.kind !== 'error') waiting?.resolve(message);
    else waiting?.reject(new AppError(message.code, { message: message.message, details: message.details }));
  });
  worker.on('error', (error) => fail(toTableError(error)));
  worker.on('exit', () => fail(new AppError('invalid-input', { details: { reason: 'file-damaged' } })));
  return () =>
    new Promise((resolve, reject) => {
      if (dead !== undefined) {
        reject(dead);
        return;
      }
      settle = { resolve, reject };
      worker.postMessage('next');
    });
}

function toTableError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'unpacks-too-large' : 'file-damaged';
  return new AppError('invalid-input', { details: { reason }, cause: error });
}

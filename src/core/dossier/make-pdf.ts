import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { PdfPlan } from './dossier-pdf.ts';

export type MakePdf = (plan: PdfPlan) => Promise<Uint8Array>;

const workerMegabytes = 1024;

/** Throws `unavailable` (reason `pdf-failed`): the archive and the printer still work. */
export function createMakePdf(workerPath: string): MakePdf {
  return async (plan) => {
    const worker = new Worker(workerPath, {
      workerData: plan,
      resourceLimits: { maxOldGenerationSizeMb: workerMegabytes },
    });
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('The worker ended without a document')));
      });
    } catch (cause) {
      throw new AppError('unavailable', { details: { reason: 'pdf-failed' }, cause });
    } finally {
      await worker.terminate();
    }
  };
}

/** Beside the worker for letters: in one folder when bundled, in its own room in the sources. */
export function paperWorkerPath(parseWorkerPath: string): string {
  const folder = dirname(parseWorkerPath);
  return parseWorkerPath.endsWith('.ts')
    ? join(folder, '../dossier/paper-worker.ts')
    : join(folder, 'paper-worker.js');
}

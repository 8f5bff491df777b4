import { useEffect, useMemo, useReducer } from 'react';
import type { z } from 'zod';
import type { ImportMapping, ImportRefusal, ImportRun } from '../../../shared/contract/assets.ts';
import type { PultContract } from '../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import { createUploadFile } from '../../lib/upload-file.ts';
import { carryColumns } from './mapping.ts';

export type ImportPreview = z.infer<PultContract['assets']['preview']['output']>;
export type ImportReport = { readonly run: ImportRun; readonly refusals: readonly ImportRefusal[] };
export type ImportStep = 'file' | 'mapping' | 'report' | 'result';

export type ImportState = {
  readonly step: ImportStep;
  readonly fileName: string;
  readonly preview: ImportPreview | null;
  readonly mapping: ImportMapping | null;
  readonly sourceName: string;
  readonly report: ImportReport | null;
  readonly result: ImportReport | null;
  readonly busy: 'upload' | 'preview' | 'check' | 'import' | null;
  /** Of the upload, 0 to 1. */
  readonly share: number;
  readonly error: AppError | null;
};

export type ImportActions = {
  take(file: File): Promise<void>;
  /** Reads the file anew: another encoding or separator makes other columns. */
  reread(mapping: ImportMapping): Promise<void>;
  change(part: Partial<Pick<ImportState, 'mapping' | 'sourceName'>>): void;
  check(): Promise<void>;
  run(force: boolean): Promise<void>;
  go(step: ImportStep): void;
};

const begin: ImportState = {
  step: 'file',
  fileName: '',
  preview: null,
  mapping: null,
  sourceName: '',
  report: null,
  result: null,
  busy: null,
  share: 0,
  error: null,
};

/** A file on its way into the registry. What core already runs goes on when the screen is left. */
export function useImport(): { readonly state: ImportState; readonly actions: ImportActions } {
  const { rpc, base } = useDesk();
  const [state, change] = useReducer(
    (before: ImportState, part: Partial<ImportState>): ImportState => ({ ...before, ...part }),
    begin,
  );
  const life = useMemo(() => new AbortController(), []);
  const upload = useMemo(() => createUploadFile(base), [base]);
  useEffect(() => () => life.abort(), [life]);

  async function attempt(busy: ImportState['busy'], run: () => Promise<Partial<ImportState>>): Promise<void> {
    change({ busy, error: null });
    try {
      change({ ...(await run()), busy: null });
    } catch (thrown) {
      change({ busy: null, error: toAppError(thrown) });
    }
  }

  const source = () => ({
    uploadId: state.preview?.uploadId ?? '',
    fileName: state.fileName,
    sourceName: state.sourceName.trim(),
    mapping: state.mapping as ImportMapping,
  });

  const actions: ImportActions = {
    take: (file) =>
      attempt('upload', async () => {
        change({ ...begin, busy: 'upload', fileName: file.name });
        const stored = await upload(file, (share) => change({ share }), life.signal);
        change({ busy: 'preview' });
        const preview = await rpc.assets.preview({
          uploadId: stored.sha256,
          fileName: file.name.slice(0, 300),
          mapping: null,
        });
        const sourceName = preview.sourceName ?? bareName(file.name);
        return { step: 'mapping', preview, mapping: preview.mapping, sourceName };
      }),
    reread: (mapping) =>
      attempt('preview', async () => {
        const before = state.preview;
        if (!before) return {};
        const { uploadId } = before;
        const preview = await rpc.assets.preview({ uploadId, fileName: state.fileName, mapping });
        return { preview, mapping: carryColumns(mapping, before.columns, preview.columns) };
      }),
    change,
    check: () =>
      attempt('check', async () => {
        const report = await rpc.assets.importFile({ ...source(), dryRun: true, force: false });
        return { step: 'report', report };
      }),
    run: (force) =>
      attempt('import', async () => {
        const result = await rpc.assets.importFile({ ...source(), dryRun: false, force });
        return { step: 'result', result };
      }),
    go: (step) => change(step === 'file' ? begin : { step, error: null }),
  };
  return { state, actions };
}

function bareName(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').slice(0, 120);
}

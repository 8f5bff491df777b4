import type { ErrorCode, ErrorDetails } from '../../../shared/errors.ts';
import type { ReadOptions, Table, TableRow } from './table.ts';

export type TableWorkerData = {
  readonly source: { readonly file: string } | { readonly bytes: Uint8Array };
  readonly options: ReadOptions;
};

/** `next` asks for one message more: the worker is never further ahead than one batch. */
export type TableRequest = 'next';

export type TableMessage =
  | { readonly kind: 'head'; readonly head: Omit<Table, 'rows'> }
  | { readonly kind: 'rows'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
    };

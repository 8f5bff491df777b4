import type { ErrorCode, ErrorDetails } from '../../../shared/errors.ts';
import type { ParsedInbound } from './parse-letter.ts';

/** What the pool and its worker say to each other; answers come in the order of the requests. */
export type ParseWorkerData = { readonly attachmentsDir: string; readonly owner: string };

/** The worker's first message. */
export const workerReady = 'ready';

export type ParseRequest = { readonly id: number; readonly rawFile: string; readonly receivedAt: number };

export type ParseAnswer =
  | { readonly id: number; readonly message: ParsedInbound }
  | {
      readonly id: number;
      readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
    };

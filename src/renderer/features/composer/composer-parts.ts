import type { PultContract } from '../../../shared/contract/index.ts';
import type { Client } from '../../../shared/rpc/define.ts';
import type { UploadFile } from '../../lib/upload-file.ts';
import type { Slot } from './composer-state.ts';

export type ComposerClient = Pick<Client<PultContract>, 'drafts' | 'outbox'>;

export type SlotAccess = {
  get(key: string): Slot | undefined;
  set(key: string, change: (slot: Slot) => Slot): void;
};

export type ComposerParts = {
  readonly client: ComposerClient;
  readonly upload: UploadFile;
  /** Runs once after `ms`; answers what cancels it. */
  readonly later: (ms: number, run: () => void) => () => void;
};

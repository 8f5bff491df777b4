import type { PultContract } from '../../../shared/contract/index.ts';
import type { Client } from '../../../shared/rpc/define.ts';
import type { UploadFile } from '../../lib/upload-file.ts';
import type { AnswerSlot } from './answer-state.ts';

export type AnswerClient = Pick<Client<PultContract>, 'chats' | 'outbox'>;

export type AnswerSlots = {
  get(key: string): AnswerSlot | undefined;
  /** Nothing happens where no slot is. */
  set(key: string, change: (slot: AnswerSlot) => AnswerSlot): void;
};

export type AnswerParts = {
  readonly client: AnswerClient;
  readonly upload: UploadFile;
  /** Runs once after `ms`; answers what cancels it. */
  readonly later: (ms: number, run: () => void) => () => void;
};

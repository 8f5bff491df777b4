import type { StoredFile } from '../../../shared/contract/common.ts';
import { toAppError } from '../../../shared/errors.ts';
import type { ComposerParts, SlotAccess } from './composer-parts.ts';
import type { DraftChange, Upload } from './composer-state.ts';
import { toFailure } from './failure.ts';

const maxAttachments = 50;

export type Attachments = {
  /** Starts the uploads; answers how many did not fit under the limit. */
  attach(key: string, files: readonly File[]): number;
  cancelUpload(key: string, uploadKey: string): void;
  detach(key: string, sha256: string): void;
  stop(): void;
};

type Parts = Pick<ComposerParts, 'upload'> & {
  readonly slots: SlotAccess;
  readonly edit: (key: string, change: DraftChange) => void;
};

/** Uploads two at a time; a file is part of the draft the moment its bytes are stored. */
export function createAttachments({ upload, slots, edit }: Parts): Attachments {
  const aborts = new Map<string, AbortController>();
  const waiting: (() => void)[] = [];
  let active = 0;
  let made = 0;

  async function turn(): Promise<void> {
    if (active >= 2) await new Promise<void>((resume) => waiting.push(resume));
    active += 1;
  }

  async function run(key: string, uploadKey: string, file: File): Promise<void> {
    const abort = new AbortController();
    aborts.set(uploadKey, abort);
    await turn();
    try {
      if (abort.signal.aborted) return;
      const onShare = (share: number) => change(key, uploadKey, (item) => ({ ...item, share }));
      const stored = await upload(file, onShare, abort.signal);
      drop(key, uploadKey);
      add(key, stored);
    } catch (error) {
      const failure = toFailure(toAppError(error));
      if (failure.code === 'cancelled') drop(key, uploadKey);
      else change(key, uploadKey, (item) => ({ ...item, failure }));
    } finally {
      active -= 1;
      aborts.delete(uploadKey);
      waiting.shift()?.();
    }
  }

  function add(key: string, stored: StoredFile): void {
    const list = slots.get(key)?.draft?.attachments;
    if (list && !list.some(({ sha256 }) => sha256 === stored.sha256)) {
      edit(key, { attachments: [...list, stored] });
    }
  }

  function change(key: string, uploadKey: string, by: (item: Upload) => Upload): void {
    slots.set(key, (slot) => ({
      ...slot,
      uploads: slot.uploads.map((item) => (item.key === uploadKey ? by(item) : item)),
    }));
  }

  function drop(key: string, uploadKey: string): void {
    slots.set(key, (slot) => ({ ...slot, uploads: slot.uploads.filter((item) => item.key !== uploadKey) }));
  }

  return {
    attach(key, files) {
      const slot = slots.get(key);
      if (!slot?.draft) return files.length;
      const room = maxAttachments - slot.draft.attachments.length - slot.uploads.length;
      const taken = files.slice(0, Math.max(0, room));
      const items = taken.map((file) => {
        made += 1;
        return { key: `upload-${made}`, file };
      });
      slots.set(key, (current) => ({
        ...current,
        uploads: [
          ...current.uploads,
          ...items.map((item) => ({
            key: item.key,
            fileName: item.file.name,
            size: item.file.size,
            share: 0,
            failure: undefined,
          })),
        ],
      }));
      for (const item of items) void run(key, item.key, item.file);
      return files.length - taken.length;
    },
    cancelUpload(key, uploadKey) {
      aborts.get(uploadKey)?.abort();
      drop(key, uploadKey);
    },
    detach(key, sha256) {
      const list = slots.get(key)?.draft?.attachments;
      if (list) edit(key, { attachments: list.filter((item) => item.sha256 !== sha256) });
    },
    stop() {
      for (const abort of aborts.values()) abort.abort();
    },
  };
}

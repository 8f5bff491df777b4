import { createUploads } from '../../lib/uploads.ts';
import type { ComposerParts, SlotAccess } from './composer-parts.ts';
import type { DraftChange } from './composer-state.ts';

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

/** A file is part of the draft the moment its bytes are stored. */
export function createAttachments({ upload, slots, edit }: Parts): Attachments {
  const uploads = createUploads({
    upload,
    change: (key, by) => slots.set(key, (slot) => ({ ...slot, uploads: by(slot.uploads) })),
    onStored(key, stored) {
      const list = slots.get(key)?.draft?.attachments;
      if (list && !list.some(({ sha256 }) => sha256 === stored.sha256)) {
        edit(key, { attachments: [...list, stored] });
      }
    },
  });

  return {
    attach(key, files) {
      const slot = slots.get(key);
      if (!slot?.draft) return files.length;
      const room = maxAttachments - slot.draft.attachments.length - slot.uploads.length;
      const taken = files.slice(0, Math.max(0, room));
      uploads.start(key, taken);
      return files.length - taken.length;
    },
    cancelUpload: uploads.cancel,
    detach(key, sha256) {
      const list = slots.get(key)?.draft?.attachments;
      if (list) edit(key, { attachments: list.filter((item) => item.sha256 !== sha256) });
    },
    stop: uploads.stop,
  };
}

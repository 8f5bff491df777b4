import type { StoredFile } from '../../shared/contract/common.ts';
import { toAppError } from '../../shared/errors.ts';
import { toFailure, type Failure } from './failure.ts';
import type { UploadFile } from './upload-file.ts';

/** A file on its way to this workstation's disk. */
export type Upload = {
  readonly key: string;
  readonly fileName: string;
  readonly size: number;
  /** 0 to 1. */
  readonly share: number;
  readonly failure: Failure | undefined;
};

export type Uploads = {
  start(place: string, files: readonly File[]): void;
  cancel(place: string, uploadKey: string): void;
  stop(): void;
};

type Parts = {
  readonly upload: UploadFile;
  /** The uploads of one place are the owner's state; this changes them. */
  readonly change: (place: string, by: (uploads: readonly Upload[]) => readonly Upload[]) => void;
  readonly onStored: (place: string, stored: StoredFile) => void;
};

/** Uploads two at a time, stored in the order they were given; one that failed stays in the list until it is taken out. */
export function createUploads({ upload, change, onStored }: Parts): Uploads {
  const aborts = new Map<string, AbortController>();
  const waiting: (() => void)[] = [];
  /** The last upload of each place that was begun. */
  const tails = new Map<string, Promise<void>>();
  let active = 0;
  let made = 0;

  async function turn(): Promise<void> {
    if (active >= 2) await new Promise<void>((resume) => waiting.push(resume));
    active += 1;
  }

  /** A small file waits for the large one that was chosen before it. */
  async function run(
    place: string,
    uploadKey: string,
    file: File,
    before: Promise<void> | undefined,
  ): Promise<void> {
    const abort = new AbortController();
    aborts.set(uploadKey, abort);
    await turn();
    try {
      if (abort.signal.aborted) return;
      const onShare = (share: number) => update(place, uploadKey, { share });
      const stored = await upload(file, onShare, abort.signal);
      await before;
      if (abort.signal.aborted) return;
      drop(place, uploadKey);
      onStored(place, stored);
    } catch (error) {
      const failure = toFailure(toAppError(error));
      if (failure.code === 'cancelled') drop(place, uploadKey);
      else update(place, uploadKey, { failure });
    } finally {
      active -= 1;
      aborts.delete(uploadKey);
      waiting.shift()?.();
    }
  }

  function update(place: string, uploadKey: string, part: Partial<Upload>): void {
    change(place, (uploads) => uploads.map((item) => (item.key === uploadKey ? { ...item, ...part } : item)));
  }

  function drop(place: string, uploadKey: string): void {
    change(place, (uploads) => uploads.filter((item) => item.key !== uploadKey));
  }

  return {
    start(place, files) {
      const items = files.map((file) => {
        made += 1;
        return { key: `upload-${made}`, file };
      });
      change(place, (uploads) => [
        ...uploads,
        ...items.map(({ key, file }) => ({
          key,
          fileName: file.name,
          size: file.size,
          share: 0,
          failure: undefined,
        })),
      ]);
      for (const { key, file } of items) tails.set(place, run(place, key, file, tails.get(place)));
    },
    cancel(place, uploadKey) {
      aborts.get(uploadKey)?.abort();
      drop(place, uploadKey);
    },
    stop() {
      for (const abort of aborts.values()) abort.abort();
    },
  };
}

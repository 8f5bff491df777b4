import { useEffect, useMemo, useState } from 'react';
import type { StoredFile } from '../../../shared/contract/common.ts';
import { useDesk } from '../desk.ts';
import { createUploadFile } from '../upload-file.ts';
import { createUploads, type Upload } from '../uploads.ts';

const mostFiles = 10;
const place = 'files';

export type FilesToGo = {
  readonly files: readonly StoredFile[];
  readonly uploads: readonly Upload[];
  /** Some were left out because there are enough. */
  readonly tooMany: boolean;
  readonly isBusy: boolean;
  add(files: readonly File[]): void;
  remove(sha256: string): void;
  cancel(uploadKey: string): void;
  clear(): void;
};

/** Photos and files that go with what is being written; their bytes are on this disk before it is sent. */
export function useFiles(): FilesToGo {
  const { base } = useDesk();
  const [files, setFiles] = useState<readonly StoredFile[]>([]);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [tooMany, setTooMany] = useState(false);
  const running = useMemo(
    () =>
      createUploads({
        upload: createUploadFile(base),
        change: (_place, by) => setUploads(by),
        onStored: (_place, stored) =>
          setFiles((known) =>
            known.some(({ sha256 }) => sha256 === stored.sha256) ? known : [...known, stored],
          ),
      }),
    [base],
  );
  useEffect(() => () => running.stop(), [running]);

  return {
    files,
    uploads,
    tooMany,
    isBusy: uploads.some(({ failure }) => failure === undefined),
    add(chosen) {
      const room = Math.max(0, mostFiles - files.length - uploads.length);
      setTooMany(chosen.length > room);
      running.start(place, chosen.slice(0, room));
    },
    remove: (sha256) => setFiles(files.filter((file) => file.sha256 !== sha256)),
    cancel: (uploadKey) => running.cancel(place, uploadKey),
    clear() {
      setFiles([]);
      setTooMany(false);
    },
  };
}

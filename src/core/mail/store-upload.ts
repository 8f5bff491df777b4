import { AppError } from '../../shared/errors.ts';
import { createAttachmentFiles } from './parse/attachment-files.ts';

export type StoreUpload = (
  body: ReadableStream<Uint8Array>,
) => Promise<{ readonly sha256: string; readonly size: number }>;

/** What most mail servers still take after base64 has made it a third larger. */
const longestBytes = 50 * 1024 * 1024;

/** A file for an outgoing letter, in pieces, under its hash; throws `invalid-input` (reason `too-large`). */
export function createStoreUpload(attachmentsDir: string): StoreUpload {
  let count = 0;
  return async (body) => {
    count += 1;
    const writer = createAttachmentFiles(attachmentsDir, `upload-${count}`).open();
    let size = 0;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > longestBytes) {
          throw new AppError('invalid-input', { details: { reason: 'too-large', longestBytes } });
        }
        writer.write(chunk);
      }
    } catch (error) {
      writer.discard();
      throw error;
    }
    const stored = writer.end();
    return { sha256: stored.sha256, size: stored.size };
  };
}

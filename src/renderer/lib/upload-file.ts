import { z } from 'zod';
import { file as storedFile, type StoredFile } from '../../shared/contract/common.ts';
import { AppError, errorCodes } from '../../shared/errors.ts';

export type UploadFile = (
  file: File,
  onShare: (share: number) => void,
  signal: AbortSignal,
) => Promise<StoredFile>;

const answer = storedFile.partial({ fileName: true, mimeType: true });
const refusal = z.object({
  code: z.enum(errorCodes),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Sends a file's bytes to `<base>/upload`; XMLHttpRequest, because fetch tells no progress of a body. */
export function createUploadFile(base: string): UploadFile {
  return (file, onShare, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${base}upload`);
      request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
      request.setRequestHeader('content-type', file.type || 'application/octet-stream');
      request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
      request.onerror = () => reject(new AppError('unavailable'));
      request.onabort = () => reject(new AppError('cancelled'));
      request.onload = () => {
        try {
          resolve({
            fileName: file.name,
            mimeType: file.type || 'application/octet-stream',
            ...readAnswer(request),
          });
        } catch (error) {
          reject(error);
        }
      };
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(file);
    });
}

function readAnswer(request: XMLHttpRequest) {
  if (request.status === 413) throw new AppError('invalid-input', { details: { reason: 'too-large' } });
  if (request.status === 507) throw new AppError('unavailable', { details: { reason: 'disk-full' } });
  const body: unknown = parseJson(request.responseText);
  if (request.status >= 400) {
    const { code, details } = refusal.safeParse(body).data ?? { code: 'unavailable', details: {} };
    throw new AppError(code, { details });
  }
  const { sha256, size, fileName, mimeType } = answer.parse(body);
  return { sha256, size, ...(fileName ? { fileName } : {}), ...(mimeType ? { mimeType } : {}) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page instead of our answer; the status says enough.
    return undefined;
  }
}

import { open, type FileHandle } from 'node:fs/promises';
import { Api } from 'telegram/tl/index.js';
import type { Random } from '../../platform/random.ts';
import { telegramError } from '../telegram-error.ts';
import type { OutgoingFile } from '../telegram-port.ts';
import type { FileClients } from './file-clients.ts';
import { toLong } from './map-text.ts';

export type Upload = (
  file: OutgoingFile,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<Api.TypeInputFile>;

/** Larger files go by the other method: https://core.telegram.org/api/files. */
const bigBytes = 10 * 1024 * 1024;
const smallPartBytes = 128 * 1024;
const bigPartBytes = 512 * 1024;
const mostParts = 4000;
const partsInFlight = 3;
/** Three large parts over 128 kbit/s. */
const partMs = 180_000;

/** Read from the disk part by part: a file of any size takes the memory of a few parts. */
export function createUpload(clients: FileClients, random: Random): Upload {
  return async (file, onProgress, signal) => {
    const isBig = file.size > bigBytes;
    const partBytes = isBig ? bigPartBytes : smallPartBytes;
    const parts = Math.ceil(file.size / partBytes);
    if (file.size === 0) throw telegramError('file-refused');
    if (parts > mostParts) throw telegramError('file-too-large');
    const id = toLong(Buffer.from(random.bytes(8)).readBigInt64LE().toString());
    const handle = await openFile(file.path);
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    let next = 0;
    let sentBytes = 0;

    const sendParts = async (): Promise<void> => {
      while (next < parts) {
        const filePart = next;
        next += 1;
        const bytes = await readPart(
          handle,
          filePart * partBytes,
          Math.min(partBytes, file.size - filePart * partBytes),
        );
        const request = isBig
          ? new Api.upload.SaveBigFilePart({ fileId: id, filePart, fileTotalParts: parts, bytes })
          : new Api.upload.SaveFilePart({ fileId: id, filePart, bytes });
        const options = { repeatable: true, timeoutMs: partMs, signal: both } as const;
        if (!(await clients.use(0, both, (invoke) => invoke(request, options))))
          throw telegramError('file-refused');
        sentBytes += bytes.length;
        onProgress(sentBytes);
      }
    };
    try {
      await Promise.all(Array.from({ length: partsInFlight }, sendParts));
    } finally {
      stop.abort();
      await handle.close();
    }
    const named = { id, parts, name: file.fileName };
    return isBig ? new Api.InputFileBig(named) : new Api.InputFile({ ...named, md5Checksum: '' });
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw telegramError('file-missing', { cause: error });
  }
}

/** A file that became shorter while it is sent is no longer what was attached. */
async function readPart(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw telegramError('file-missing');
    filled += bytesRead;
  }
  return bytes;
}

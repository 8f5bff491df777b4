import { Api } from 'telegram/tl/index.js';
import type { FileLocation } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type { TelegramConnection } from '../telegram-port.ts';
import type { FileClients } from './file-clients.ts';
import { toLong } from './map-text.ts';
import { migrationTarget } from './telegram-errors.ts';

/** A power of two, at most a megabyte, that every offset is a multiple of: Telegram's rule for parts. */
const partBytes = 512 * 1024;
const partsInFlight = 4;
/** Four parts over 128 kbit/s. */
const partMs = 180_000;

/** Asks ahead for a few parts and writes them in order, so that a file of any size takes the memory of a few. */
export function createDownload(clients: FileClients): TelegramConnection['download'] {
  return async ({ location, size }, write, signal) => {
    const source = { dcId: location.dc };
    const total = Math.ceil(size / partBytes);
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const asked: Promise<Uint8Array>[] = [];
    const ask = (index: number) => {
      const part = getPart(clients, source, location, { offset: index * partBytes, signal: both });
      // Those behind a failed one are given up; the first failure is the one that is told.
      part.catch(() => undefined);
      asked.push(part);
    };
    try {
      for (let next = 0, asking = 0; next < total; next += 1) {
        for (; asking < Math.min(total, next + partsInFlight); asking += 1) ask(asking);
        const part = await asked.shift();
        const expected = next === total - 1 ? size - next * partBytes : partBytes;
        if (part?.length !== expected) throw telegramError('unexpected-answer');
        await write(part);
      }
    } finally {
      stop.abort();
    }
  };
}

type Source = { dcId: number };

async function getPart(
  clients: FileClients,
  source: Source,
  location: FileLocation,
  { offset, signal }: { readonly offset: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const askAt = (dcId: number) =>
    clients.use(dcId, signal, async (invoke) => {
      const request = new Api.upload.GetFile({
        location: toInputLocation(location),
        offset: toLong(String(offset)),
        limit: partBytes,
      });
      const options = { priority: 'background', repeatable: true, timeoutMs: partMs, signal } as const;
      const answer = await invoke(request, options);
      if (!(answer instanceof Api.upload.File)) throw telegramError('unexpected-answer');
      return answer.bytes;
    });
  try {
    return await askAt(source.dcId);
  } catch (error) {
    const target = migrationTarget(error);
    if (target === undefined) throw error;
    source.dcId = target;
    return askAt(target);
  }
}

function toInputLocation({
  id,
  accessHash,
  reference,
  thumb,
  isPhoto,
}: FileLocation): Api.TypeInputFileLocation {
  const place = {
    id: toLong(id),
    accessHash: toLong(accessHash),
    fileReference: Buffer.from(reference, 'base64'),
    thumbSize: thumb,
  };
  return isPhoto ? new Api.InputPhotoFileLocation(place) : new Api.InputDocumentFileLocation(place);
}

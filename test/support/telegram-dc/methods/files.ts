import { Api } from 'telegram/tl/index.js';
import { method, RpcError, type Context } from '../rpc.ts';
import type { Upload } from '../services.ts';

const kilobyte = 1024;
const largestPart = 512 * kilobyte;
const smallFileParts = (10 * kilobyte * kilobyte) / kilobyte;
const largestRead = kilobyte * kilobyte;

export const fileMethods = [
  method(Api.upload.SaveFilePart, (context, { fileId, filePart, bytes }) => {
    if (filePart >= smallFileParts) throw new RpcError(400, 'FILE_PART_INVALID');
    return savePart(context, fileId.toString(), { index: filePart, total: undefined, bytes });
  }),
  method(Api.upload.SaveBigFilePart, (context, { fileId, filePart, fileTotalParts, bytes }) =>
    savePart(context, fileId.toString(), { index: filePart, total: fileTotalParts, bytes }),
  ),
  method(Api.upload.GetFile, ({ world, connection, clock }, { location, offset, limit, precise }) => {
    const isKnown =
      location instanceof Api.InputPhotoFileLocation || location instanceof Api.InputDocumentFileLocation;
    const file = isKnown ? world.files.get(location.id.toString()) : undefined;
    if (!isKnown || file === undefined || file.accessHash.toString() !== location.accessHash.toString()) {
      throw new RpcError(400, 'LOCATION_INVALID');
    }
    if (file.dcId !== connection.dcId) throw new RpcError(303, `FILE_MIGRATE_${file.dcId}`);
    if (!file.reference.equals(location.fileReference)) throw new RpcError(400, 'FILE_REFERENCE_EXPIRED');
    checkRange(Number(offset), limit, precise === true);
    const bytes = location.thumbSize === 'm' ? file.thumbnail : file.bytes;
    return new Api.upload.File({
      type: storageType(file.mimeType),
      mtime: clock.seconds(),
      bytes: bytes.subarray(Number(offset), Number(offset) + limit),
    });
  }),
];

type Part = { readonly index: number; readonly total: number | undefined; readonly bytes: Buffer };

function savePart({ services }: Context, name: string, { index, total, bytes }: Part): boolean {
  if (bytes.length === 0) throw new RpcError(400, 'FILE_PART_EMPTY');
  if (bytes.length > largestPart) throw new RpcError(400, 'FILE_PART_TOO_BIG');
  const upload: Upload = services.uploads.get(name) ?? { parts: new Map(), total };
  services.uploads.set(name, upload);
  if (upload.total !== total) throw new RpcError(400, 'FILE_PARTS_INVALID');
  // Only the last part may have a length of its own.
  const isRegular = bytes.length % kilobyte === 0 && largestPart % bytes.length === 0;
  const isLast = total === undefined ? true : index === total - 1;
  if (!isRegular && !isLast) throw new RpcError(400, 'FILE_PART_SIZE_INVALID');
  upload.parts.set(index, Buffer.from(bytes));
  return true;
}

/** Reads are aligned, and none crosses a border of one megabyte. */
function checkRange(offset: number, limit: number, precise: boolean) {
  const step = precise ? kilobyte : 4 * kilobyte;
  if (offset < 0 || offset % step !== 0) throw new RpcError(400, 'OFFSET_INVALID');
  const isAligned = limit > 0 && limit % step === 0 && limit <= largestRead;
  const isDivisor = precise || largestRead % limit === 0;
  const crosses = Math.floor(offset / largestRead) !== Math.floor((offset + limit - 1) / largestRead);
  if (!isAligned || !isDivisor || crosses) throw new RpcError(400, 'LIMIT_INVALID');
}

function storageType(mimeType: string): Api.storage.TypeFileType {
  if (mimeType === 'image/jpeg') return new Api.storage.FileJpeg();
  if (mimeType === 'image/png') return new Api.storage.FilePng();
  return new Api.storage.FileUnknown();
}

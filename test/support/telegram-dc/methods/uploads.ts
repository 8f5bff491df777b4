import { createHash } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import { RpcError, type Context } from '../rpc.ts';
import type { Media } from '../world/model.ts';

/** What a message is to carry; files are put together from their uploaded parts and kept from now on. */
export function takeMedia(context: Context, input: Api.TypeInputMedia): Media {
  if (input instanceof Api.InputMediaUploadedPhoto) {
    const { bytes } = assemble(context, input.file);
    const { width, height } = jpegSize(bytes) ?? { width: 640, height: 480 };
    const { dcId } = context.connection;
    const photo = { kind: 'photo', bytes, dcId, mimeType: 'image/jpeg', width, height } as const;
    return { kind: 'photo', file: context.world.addFile(photo).id };
  }
  if (input instanceof Api.InputMediaUploadedDocument) {
    const { bytes } = assemble(context, input.file);
    const { mimeType, attributes } = input;
    const { dcId } = context.connection;
    const file = context.world.addFile({ kind: 'document', bytes, dcId, mimeType, attributes });
    return { kind: 'document', file: file.id };
  }
  if (input instanceof Api.InputMediaPhoto || input instanceof Api.InputMediaDocument)
    return known(context, input);
  if (input instanceof Api.InputMediaGeoPoint && input.geoPoint instanceof Api.InputGeoPoint) {
    return { kind: 'geo', latitude: input.geoPoint.lat, longitude: input.geoPoint.long };
  }
  if (input instanceof Api.InputMediaContact) {
    const { phoneNumber: phone, firstName, lastName } = input;
    return {
      kind: 'contact',
      phone,
      firstName,
      lastName,
      userId: context.world.byPhone(phone)?.person.id ?? 0,
    };
  }
  throw new RpcError(400, 'MEDIA_INVALID');
}

function known({ world }: Context, input: Api.InputMediaPhoto | Api.InputMediaDocument): Media {
  const { id } = input;
  if (!(id instanceof Api.InputPhoto || id instanceof Api.InputDocument))
    throw new RpcError(400, 'MEDIA_EMPTY');
  const file = world.files.get(id.id.toString());
  if (file === undefined || file.accessHash.toString() !== id.accessHash.toString()) {
    throw new RpcError(400, 'MEDIA_EMPTY');
  }
  if (!file.reference.equals(id.fileReference)) throw new RpcError(400, 'FILE_REFERENCE_EXPIRED');
  return { kind: file.kind, file: file.id };
}

function assemble({ services }: Context, input: Api.TypeInputFile): { readonly bytes: Buffer } {
  if (!(input instanceof Api.InputFile || input instanceof Api.InputFileBig)) {
    throw new RpcError(400, 'MEDIA_INVALID');
  }
  const name = input.id.toString();
  const { parts, total } = services.uploads.get(name) ?? {
    parts: new Map<number, Buffer>(),
    total: undefined,
  };
  if (input.parts < 1 || (total !== undefined && total !== input.parts)) {
    throw new RpcError(400, 'FILE_PARTS_INVALID');
  }
  const inOrder = Array.from({ length: input.parts }, (_, index) => {
    const part = parts.get(index);
    if (part === undefined) throw new RpcError(400, `FILE_PART_${index}_MISSING`);
    return part;
  });
  if (inOrder.slice(0, -1).some(({ length }) => length !== inOrder[0]?.length)) {
    throw new RpcError(400, 'FILE_PART_SIZE_CHANGED');
  }
  const bytes = Buffer.concat(inOrder);
  const checksum = input instanceof Api.InputFile ? input.md5Checksum : '';
  if (checksum && checksum !== createHash('md5').update(bytes).digest('hex')) {
    throw new RpcError(400, 'MD5_CHECKSUM_INVALID');
  }
  services.uploads.delete(name);
  return { bytes };
}

/** Reads the frame header of a JPEG; nothing for everything else. */
function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
}

import { gzipSync, unzipSync } from 'node:zlib';
import bigInt from 'big-integer';
import { BinaryReader } from 'telegram/extensions/index.js';
import { Api } from 'telegram/tl/index.js';

export type Big = bigInt.BigInteger;

/** What every TL class of the client library can do; requests included, so the server needs no TL code of its own. */
export type TlObject = { readonly className: string; getBytes(): Buffer };

/** A vector of bare longs cannot be told from one of objects by its items alone. */
export type LongVector = { readonly longs: readonly Big[] };

/** What a method may answer; an array is a TL vector of objects, or of ints. */
export type TlResult = TlObject | LongVector | boolean | readonly (TlObject | number)[];

export type TlMessage = { readonly msgId: bigint; readonly seqNo: number; readonly body: Buffer };

const ids = {
  container: 0x73f1f8dc,
  gzip: 0x3072cfa1,
  rpcResult: 0xf35c6d01,
  vector: 0x1cb5c415,
  boolTrue: 0x997275b5,
  boolFalse: 0xbc799737,
} as const;

export function big(value: bigint | number | string): Big {
  return bigInt(String(value));
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
}

export function int64(value: bigint | Big): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value.toString())));
  return bytes;
}

/** Bytes of a wide number such as a nonce, little endian. */
export function bytesOf(value: Big, length: number): Buffer {
  const unsigned = BigInt.asUintN(length * 8, BigInt(value.toString()));
  return Buffer.from(unsigned.toString(16).padStart(length * 2, '0'), 'hex').reverse();
}

/** The number that the client library reads from these bytes: little endian and signed. */
export function numberOf(bytes: Buffer): Big {
  const unsigned = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  return big(BigInt.asIntN(bytes.length * 8, unsigned));
}

export function tlBytes(data: Buffer): Buffer {
  const head =
    data.length < 254
      ? Buffer.from([data.length])
      : Buffer.from([254, data.length & 255, (data.length >> 8) & 255, (data.length >> 16) & 255]);
  const padding = (4 - ((head.length + data.length) % 4)) % 4;
  return Buffer.concat([head, data, Buffer.alloc(padding)]);
}

export function encode(value: TlResult | number): Buffer {
  if (value === true) return constructor(ids.boolTrue);
  if (value === false) return constructor(ids.boolFalse);
  if (typeof value === 'number') return int32(value);
  if ('longs' in value) return vector(value.longs.map(int64));
  if ('getBytes' in value) return value.getBytes();
  return vector(value.map(encode));
}

/** Answers from four kilobytes on are packed, as the real servers do. */
export function rpcResult(requestId: bigint, body: Buffer): Buffer {
  const packed = body.length < 4096 ? body : Buffer.concat([constructor(ids.gzip), tlBytes(gzipSync(body))]);
  return Buffer.concat([constructor(ids.rpcResult), int64(requestId), packed]);
}

export function rpcError(requestId: bigint, code: number, message: string): Buffer {
  const error = new Api.RpcError({ errorCode: code, errorMessage: message });
  return Buffer.concat([constructor(ids.rpcResult), int64(requestId), error.getBytes()]);
}

export function container(messages: readonly TlMessage[]): Buffer {
  const parts = messages.flatMap(({ msgId, seqNo, body }) => [
    int64(msgId),
    int32(seqNo),
    int32(body.length),
    body,
  ]);
  return Buffer.concat([constructor(ids.container), int32(messages.length), ...parts]);
}

/** Splits what a client sent into single messages: containers and packing undone. */
export function unwrap(message: TlMessage): readonly TlMessage[] {
  const { msgId, seqNo, body } = message;
  const id = body.readUInt32LE(0);
  // Some clients send gzip here, others zlib; the servers take both.
  if (id === ids.gzip) {
    const packed = new BinaryReader(body.subarray(4)).tgReadBytes();
    return unwrap({ msgId, seqNo, body: unzipSync(packed) });
  }
  if (id !== ids.container) return [message];
  const messages: TlMessage[] = [];
  let offset = 8;
  for (let left = body.readInt32LE(4); left > 0; left -= 1) {
    const length = body.readInt32LE(offset + 12);
    const inner = {
      msgId: body.readBigInt64LE(offset),
      seqNo: body.readInt32LE(offset + 8),
      body: body.subarray(offset + 16, offset + 16 + length),
    };
    messages.push(...unwrap(inner));
    offset += 16 + length;
  }
  return messages;
}

export function readObject(body: Buffer): TlObject {
  const value: unknown = new BinaryReader(body).tgReadObject();
  if (!isTlObject(value)) throw new Error('what was sent is no TL object');
  return value;
}

function isTlObject(value: unknown): value is TlObject {
  return typeof value === 'object' && value !== null && 'className' in value && 'getBytes' in value;
}

function constructor(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(id);
  return bytes;
}

function vector(items: readonly Buffer[]): Buffer {
  return Buffer.concat([constructor(ids.vector), int32(items.length), ...items]);
}

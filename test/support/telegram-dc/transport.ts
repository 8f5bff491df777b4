import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  randomInt,
  type Cipheriv,
  type Decipheriv,
} from 'node:crypto';
import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';

export type Transport = {
  send(packet: Buffer): void;
  /** A transport error is four negative bytes: 404 is an unknown auth key, 429 too many connections. */
  sendError(code: number): void;
};

type TransportEvents = {
  readonly onPacket: (packet: Buffer) => void;
  /** What came is none of the transports; the stream cannot be read any further. */
  readonly onBroken: (reason: unknown) => void;
};

type Framing = {
  /** The first whole packet and how many bytes it took; nothing while it is incomplete. */
  take(bytes: Buffer): { readonly packet: Buffer; readonly taken: number } | undefined;
  wrap(packet: Buffer): Buffer;
};

type Obfuscation = { readonly encipher: Cipheriv; readonly decipher: Decipheriv };

type Detected = { readonly framing: Framing; readonly rest: Buffer; readonly obfuscation?: Obfuscation };

/**
 * Cuts a stream into packets. Which of the public transports the client speaks is found out from its first bytes:
 * full, abridged, intermediate, padded intermediate, the last three also under obfuscation.
 */
export function openTransport(socket: Socket, { onPacket, onBroken }: TransportEvents): Transport {
  let pending: Buffer = Buffer.alloc(0);
  let framing: Framing | undefined;
  let obfuscation: Obfuscation | undefined;

  const feed = (chunk: Buffer) => {
    pending = Buffer.concat([pending, obfuscation?.decipher.update(chunk) ?? chunk]);
    if (framing === undefined) {
      const detected = detect(pending);
      if (detected === undefined) return;
      ({ framing, obfuscation, rest: pending } = { obfuscation: undefined, ...detected });
    }
    for (let next = framing.take(pending); next !== undefined; next = framing.take(pending)) {
      pending = pending.subarray(next.taken);
      onPacket(Buffer.from(next.packet));
    }
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      feed(chunk);
    } catch (error) {
      onBroken(error);
    }
  });

  const send = (packet: Buffer) => {
    if (socket.destroyed || framing === undefined) return;
    const bytes = framing.wrap(packet);
    socket.write(obfuscation?.encipher.update(bytes) ?? bytes);
  };
  return {
    send,
    sendError(code) {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(-code);
      send(bytes);
    },
  };
}

function detect(bytes: Buffer): Detected | undefined {
  if (bytes[0] === 0xef) return { framing: abridged, rest: bytes.subarray(1) };
  if (bytes.length < 8) return undefined;
  const first = bytes.readUInt32LE(0);
  const tagged = framingOf(first);
  if (tagged !== undefined) return { framing: tagged, rest: bytes.subarray(4) };
  // The first packet of the full transport carries its length, then sequence number zero.
  if (bytes.readUInt32LE(4) === 0 && first < 1 << 24) return { framing: createFull(), rest: bytes };
  return bytes.length < 64 ? undefined : deobfuscate(bytes);
}

function deobfuscate(bytes: Buffer): Detected {
  const head = bytes.subarray(0, 64);
  const reversed = Buffer.from(head.subarray(8, 56)).reverse();
  const decipher = createDecipheriv('aes-256-ctr', head.subarray(8, 40), head.subarray(40, 56));
  const encipher = createCipheriv('aes-256-ctr', reversed.subarray(0, 32), reversed.subarray(32, 48));
  const tag = decipher.update(head).readUInt32LE(56);
  const framing = tag === 0xefefefef ? abridged : framingOf(tag);
  if (framing === undefined) throw new Error(`unknown transport tag ${tag.toString(16)}`);
  return { framing, rest: decipher.update(bytes.subarray(64)), obfuscation: { encipher, decipher } };
}

function framingOf(tag: number): Framing | undefined {
  if (tag === 0xeeeeeeee) return intermediate;
  return tag === 0xdddddddd ? padded : undefined;
}

function createFull(): Framing {
  let received = 0;
  let sent = 0;
  return {
    take(bytes) {
      if (bytes.length < 4) return undefined;
      const length = bytes.readUInt32LE(0);
      if (bytes.length < length) return undefined;
      const end = length - 4;
      if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new Error('crc does not fit');
      if (bytes.readUInt32LE(4) !== received) throw new Error('packet out of order');
      received += 1;
      return { packet: bytes.subarray(8, end), taken: length };
    },
    wrap(packet) {
      const head = Buffer.alloc(8);
      head.writeInt32LE(packet.length + 12, 0);
      head.writeInt32LE(sent, 4);
      sent += 1;
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32LE(crc32(Buffer.concat([head, packet])));
      return Buffer.concat([head, packet, checksum]);
    },
  };
}

const abridged: Framing = {
  take(bytes) {
    const short = bytes[0];
    if (short === undefined) return undefined;
    const isLong = (short & 0x7f) === 0x7f;
    if (isLong && bytes.length < 4) return undefined;
    const head = isLong ? 4 : 1;
    return cut(bytes, head, (isLong ? bytes.readUIntLE(1, 3) : short & 0x7f) * 4);
  },
  wrap(packet) {
    const words = packet.length / 4;
    const head = words < 127 ? [words] : [127, words & 255, (words >> 8) & 255, (words >> 16) & 255];
    return Buffer.concat([Buffer.from(head), packet]);
  },
};

const intermediate: Framing = {
  take: (bytes) => (bytes.length < 4 ? undefined : cut(bytes, 4, bytes.readUInt32LE(0) & 0x7fffffff)),
  wrap: (packet) => withLength(packet),
};

const padded: Framing = {
  take: intermediate.take,
  wrap: (packet) => withLength(Buffer.concat([packet, randomBytes(randomInt(16))])),
};

function cut(bytes: Buffer, head: number, length: number) {
  const taken = head + length;
  return bytes.length < taken ? undefined : { packet: bytes.subarray(head, taken), taken };
}

function withLength(packet: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(packet.length);
  return Buffer.concat([head, packet]);
}

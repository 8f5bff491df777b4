import { routeError } from '../../route-errors.ts';

/** SMPP 3.4, section 5.1.2.1: the commands a client of a message centre meets. */
export const commands = {
  genericNack: 0x80000000,
  bindTransceiver: 0x00000009,
  bindTransceiverResp: 0x80000009,
  submitSm: 0x00000004,
  submitSmResp: 0x80000004,
  deliverSm: 0x00000005,
  deliverSmResp: 0x80000005,
  unbind: 0x00000006,
  unbindResp: 0x80000006,
  enquireLink: 0x00000015,
  enquireLinkResp: 0x80000015,
} as const;

export type Pdu = {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
};

const headerBytes = 16;
/** The longest there is carries a message_payload of 64 KiB; what says more is no SMPP. */
const mostBytes = 70_000;

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(headerBytes + body.length, 0);
  header.writeUInt32BE(command, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

/** Whole units out of what the network brings in pieces; throws when it is no SMPP. */
export function createPduReader(): (chunk: Buffer) => readonly Pdu[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const found: Pdu[] = [];
    while (rest.length >= headerBytes) {
      const length = rest.readUInt32BE(0);
      if (length < headerBytes || length > mostBytes) {
        throw routeError('route-answer-unreadable', {
          certainty: 'unknown',
          raw: `a unit of ${length} bytes`,
        });
      }
      if (rest.length < length) break;
      found.push({
        command: rest.readUInt32BE(4),
        status: rest.readUInt32BE(8),
        sequence: rest.readUInt32BE(12),
        body: rest.subarray(headerBytes, length),
      });
      rest = rest.subarray(length);
    }
    return found;
  };
}

/** Fields one after another, as section 3.1 writes them. */
export function createWriter() {
  const parts: Buffer[] = [];
  const writer = {
    byte: (value: number) => {
      parts.push(Buffer.from([value & 0xff]));
      return writer;
    },
    /** C-octet string: cut to what the field holds, its closing zero included. */
    text: (value: string, most: number) => {
      parts.push(Buffer.from(value, 'latin1').subarray(0, most - 1), Buffer.from([0]));
      return writer;
    },
    bytes: (value: Buffer) => {
      parts.push(value);
      return writer;
    },
    /** An optional parameter: tag, length, value. */
    parameter: (tag: number, value: Buffer) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(tag, 0);
      head.writeUInt16BE(value.length, 2);
      parts.push(head, value);
      return writer;
    },
    done: () => Buffer.concat(parts),
  };
  return writer;
}

/** Reads what is there; behind the end there are zeros and empty texts, as with centres that leave out what is empty. */
export function createReader(body: Buffer) {
  let at = 0;
  return {
    byte: () => {
      const value = body[at] ?? 0;
      at += 1;
      return value;
    },
    text: () => {
      const end = body.indexOf(0, at);
      const stop = end === -1 ? body.length : end;
      const value = body.toString('latin1', at, stop);
      at = stop + 1;
      return value;
    },
    bytes: (count: number) => {
      const value = body.subarray(at, at + count);
      at += count;
      return value;
    },
    parameters: () => {
      const found = new Map<number, Buffer>();
      while (at + 4 <= body.length) {
        const tag = body.readUInt16BE(at);
        const length = body.readUInt16BE(at + 2);
        found.set(tag, body.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
      return found;
    },
  };
}

import { telegramError } from '../telegram-error.ts';

/** Where an account is signed in, and the key that proves it. */
export type SavedSession = {
  readonly dcId: number;
  readonly address: string;
  readonly port: number;
  readonly key: Uint8Array;
};

const version = '1';
const keyBytes = 256;
/** One byte of data centre, two of address length before the address; two of port after it. */
const headBytes = 3;

/**
 * The form of GramJS's StringSession, so that a session can be moved to another client of its kind. Read here because
 * loading the library costs half a second and its own reader believes anything.
 */
export function readSession(text: string): SavedSession {
  const bytes = text.startsWith(version)
    ? Buffer.from(text.slice(version.length), 'base64')
    : Buffer.alloc(0);
  const addressBytes = bytes.length < headBytes ? 0 : bytes.readUInt16BE(1);
  const isWhole = addressBytes > 0 && bytes.length === headBytes + addressBytes + 2 + keyBytes;
  const address = isWhole ? bytes.toString('latin1', headBytes, headBytes + addressBytes) : '';
  if (!/^[\d.:a-f]+$/i.test(address)) throw telegramError('session-broken');
  return {
    dcId: bytes.readUInt8(0),
    address,
    port: bytes.readUInt16BE(headBytes + addressBytes),
    key: bytes.subarray(-keyBytes),
  };
}

export function writeSession({ dcId, address, port, key }: SavedSession): string {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(dcId, 0);
  head.writeUInt16BE(address.length, 1);
  const tail = Buffer.alloc(2);
  tail.writeUInt16BE(port, 0);
  return version + Buffer.concat([head, Buffer.from(address, 'latin1'), tail, key]).toString('base64');
}

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  pbkdf2Sync,
  randomBytes,
  randomFillSync,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  IntermediatePacketCodec,
  MemoryStorage,
  type ICorePlatform,
  type ITelegramConnection,
  type TelegramTransport,
} from '@mtcute/core';
import { BaseTelegramClient } from '@mtcute/core/client.js';
import { addPublicKey, type ICryptoProvider } from '@mtcute/core/utils.js';
import { deflateMaxSize, getWasmUrl, ige256Decrypt, ige256Encrypt, initSync } from '@mtcute/wasm';
import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';

/**
 * A client of other people's making, with its own TL, its own AES and another transport: what it and the usual
 * client both understand is MTProto, not a mistake that the usual client shares with servers built on its tables.
 */
export function createIndependentClient(
  network: TelegramNetwork,
  { usePfs = false } = {},
): BaseTelegramClient {
  const crypto = createCrypto();
  addPublicKey(crypto, toPem(network.key));
  const dc = { id: 2, ipAddress: '10.0.0.2', port: 443 };
  return new BaseTelegramClient({
    apiId: 12_345,
    apiHash: '0123456789abcdef0123456789abcdef',
    storage: new MemoryStorage(),
    crypto,
    platform,
    transport: createTransport(network),
    defaultDcs: { main: dc, media: dc },
    network: { usePfs },
    updates: false,
    logLevel: 0,
  });
}

const platform: ICorePlatform = {
  beforeExit: () => () => {},
  log: () => {},
  getDefaultLogLevel: () => 0,
  getDeviceModel: () => 'Independent',
};

function createCrypto(): ICryptoProvider {
  initSync(readFileSync(getWasmUrl()));
  const hash = (name: string, data: Uint8Array) => createHash(name).update(data).digest();
  return {
    sha1: (data: Uint8Array) => hash('sha1', data),
    sha256: (data: Uint8Array) => hash('sha256', data),
    pbkdf2: (password: Uint8Array, salt: Uint8Array, iterations: number, length = 64, name = 'sha512') =>
      pbkdf2Sync(password, salt, iterations, length, name),
    hmacSha256: (data: Uint8Array, key: Uint8Array) => createHmac('sha256', key).update(data).digest(),
    createAesCtr(key: Uint8Array, iv: Uint8Array, encrypt: boolean) {
      const cipher = (encrypt ? createCipheriv : createDecipheriv)('aes-256-ctr', key, iv);
      return { process: (data: Uint8Array) => cipher.update(data) };
    },
    createAesIge: (key: Uint8Array, iv: Uint8Array) => ({
      encrypt: (data: Uint8Array) => ige256Encrypt(data, key, iv),
      decrypt: (data: Uint8Array) => ige256Decrypt(data, key, iv),
    }),
    gzip: deflateMaxSize,
    gunzip: (data: Uint8Array) => gunzipSync(data),
    randomFill: (bytes: Uint8Array) => void randomFillSync(bytes),
    randomBytes: (size: number) => randomBytes(size),
    factorizePQ: factorize,
  };
}

/** Pollard's rho. The client's own begins at random places and may then take for ever. */
function factorize(pq: Uint8Array): [Uint8Array, Uint8Array] {
  const n = BigInt(`0x${Buffer.from(pq).toString('hex')}`);
  const next = (value: bigint) => (value * value + 1n) % n;
  const toBytes = (value: bigint) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
  let [slow, fast, factor] = [2n, 2n, 1n];
  while (factor === 1n) {
    slow = next(slow);
    fast = next(next(fast));
    factor = commonDivisor(slow > fast ? slow - fast : fast - slow, n);
  }
  const other = n / factor;
  return factor < other ? [toBytes(factor), toBytes(other)] : [toBytes(other), toBytes(factor)];
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [b, a];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function createTransport(network: TelegramNetwork): TelegramTransport {
  return {
    packetCodec: () => new IntermediatePacketCodec(),
    async connect({ id }) {
      const port = network.ports[id];
      if (port === undefined) throw new Error(`no test data centre ${id}`);
      const socket = connect(port, '127.0.0.1');
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      return toConnection(socket);
    },
  };
}

function toConnection(socket: Socket): ITelegramConnection {
  let waiting: (() => void) | undefined;
  const wake = () => {
    waiting?.();
    waiting = undefined;
  };
  socket.pause();
  for (const event of ['readable', 'end', 'close', 'error']) socket.on(event, wake);
  return {
    localAddress: null,
    remoteAddress: null,
    async read(into) {
      for (;;) {
        const available = Math.min(socket.readableLength, into.length);
        const bytes: unknown = available > 0 ? socket.read(available) : null;
        if (bytes instanceof Uint8Array) {
          into.set(bytes);
          return bytes.length;
        }
        // An end of zero bytes would make the client read on for ever.
        if (socket.readableEnded || socket.destroyed) throw new Error('the connection is closed');
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => void socket.destroy(),
  };
}

function toPem({ modulus, exponent }: TelegramNetwork['key']): string {
  const toBase64 = (value: bigint) => {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
  };
  const key = { kty: 'RSA', n: toBase64(BigInt(modulus)), e: toBase64(BigInt(exponent)) };
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'pkcs1', format: 'pem' }).toString();
}

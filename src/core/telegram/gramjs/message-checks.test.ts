import { createHash, randomBytes } from 'node:crypto';
import bigInt from 'big-integer';
import { AuthKey } from 'telegram/crypto/AuthKey.js';
import { IGE } from 'telegram/crypto/IGE.js';
import { SecurityError } from 'telegram/errors/index.js';
import { Logger, LogLevel } from 'telegram/extensions/Logger.js';
import { MTProtoState } from 'telegram/network/MTProtoState.js';
import { Api } from 'telegram/tl/index.js';
import { afterEach, describe, expect, it } from 'vitest';
import { checkMessages } from './message-checks.ts';

let restore = () => {};
afterEach(() => restore());

const soundId = (1_700_000_000n << 32n) + 1n;

/** What a server writes to a session, sealed with the key both have. */
async function receive({ session, id = soundId }: { readonly session?: bigint; readonly id?: bigint } = {}) {
  const secret = randomBytes(256);
  const authKey = new AuthKey();
  await authKey.setKey(secret);
  const state = new MTProtoState(authKey, new Logger(LogLevel.NONE), true);
  const { id: own } = state as unknown as { readonly id: bigInt.BigInteger };
  const body = new Api.Pong({ msgId: bigInt(4), pingId: bigInt(5) }).getBytes();
  const head = Buffer.alloc(32);
  head.writeBigInt64LE(7n, 0);
  head.writeBigUInt64LE(BigInt.asUintN(64, session ?? BigInt(own.toString())), 8);
  head.writeBigInt64LE(id, 16);
  head.writeInt32LE(1, 24);
  head.writeInt32LE(body.length, 28);
  const unpadded = head.length + body.length;
  const plain = Buffer.concat([head, body, randomBytes(12 + ((16 - ((unpadded + 12) % 16)) % 16))]);
  const large = createHash('sha256').update(secret.subarray(96, 128)).update(plain).digest();
  const messageKey = large.subarray(8, 24);
  const { key, iv } = await state._calcKey(secret, messageKey, false);
  const keyId = Buffer.alloc(8);
  keyId.writeBigUInt64LE(BigInt.asUintN(64, BigInt(authKey.keyId?.toString() ?? '0')));
  const sealed = new IGE(key, iv).encryptIge(plain);
  return state.decryptMessageData(Buffer.concat([keyId, messageKey, sealed]));
}

const odd = [
  ['of another session', { session: 42n }],
  ['with a number only clients give', { id: soundId + 3n }],
] as const;

describe('a message', () => {
  it.each(odd)('%s is taken by the library as it is', async (_, message) => {
    await expect(receive(message)).resolves.toMatchObject({ obj: { className: 'Pong' } });
  });

  it.each(odd)('%s is refused', async (_, message) => {
    restore = checkMessages();

    await expect(receive(message)).rejects.toBeInstanceOf(SecurityError);
  });

  it('of this session is taken', async () => {
    restore = checkMessages();

    await expect(receive()).resolves.toMatchObject({ obj: { className: 'Pong' } });
  });
});

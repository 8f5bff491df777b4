import { SecurityError } from 'telegram/errors/index.js';
import { IGE } from 'telegram/crypto/IGE.js';
import { MTProtoState } from 'telegram/network/MTProtoState.js';

type Long = { neq: (other: unknown) => boolean; toString: () => string };
type State = {
  readonly id: Long;
  readonly authKey?: { getKey: () => Buffer | undefined };
  _calcKey: (
    authKey: Buffer,
    messageKey: Buffer,
    isOurs: boolean,
  ) => MaybePromise<{ readonly key: Buffer; readonly iv: Buffer }>;
};
type MaybePromise<T> = T | Promise<T>;
type Message = { readonly msgId: Long };
type StateMethods = { decryptMessageData: (this: State, body: Buffer) => Promise<Message> };

/** The key's own number and the key of the message stand before what is encrypted. */
const openBytes = 24;
/** Salt and session: two blocks of the cipher, which needs nothing of what follows them. */
const headBytes = 32;
const saltBytes = 8;

/**
 * The library reads to whom a message is addressed and takes it whoever that is, so that one recorded in another session
 * of the same key could be played again; numbers of messages that no server gives pass as well.
 */
export function checkMessages(): () => void {
  const methods = MTProtoState.prototype as unknown as StateMethods;
  const original = methods.decryptMessageData;
  methods.decryptMessageData = async function decryptOurs(body) {
    // Proves first that it was written by somebody who has the key.
    const message = await original.call(this, body);
    if ((await sessionOf(this, body)) !== BigInt.asUintN(64, BigInt(this.id.toString()))) {
      throw new SecurityError('A message of another session');
    }
    if (BigInt(message.msgId.toString()) % 2n === 0n) throw new SecurityError('A number no server gives');
    return message;
  };
  return () => {
    methods.decryptMessageData = original;
  };
}

async function sessionOf(state: State, body: Buffer): Promise<bigint | undefined> {
  const authKey = state.authKey?.getKey();
  if (authKey === undefined) return undefined;
  const { key, iv } = await state._calcKey(authKey, body.subarray(8, openBytes), false);
  const head = new IGE(key, iv).decryptIge(body.subarray(openBytes, openBytes + headBytes));
  return head.readBigUInt64LE(saltBytes);
}

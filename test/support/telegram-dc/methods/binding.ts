import { Api } from 'telegram/tl/index.js';
import { igeDecrypt, messageAesV1, sha1 } from '../crypto.ts';
import { openMethod, RpcError } from '../rpc.ts';
import { readObject } from '../tl.ts';

const headBytes = 32;

export const bindingMethods = [
  openMethod(Api.auth.BindTempAuthKey, ({ services, session, connection, msgId, clock }, request) => {
    const { authKey } = session;
    const { permAuthKeyId, nonce, expiresAt, encryptedMessage } = request;
    const permanent = services.keys.find(connection.dcId, BigInt(permAuthKeyId.toString()));
    const invalid = () => new RpcError(400, 'ENCRYPTED_MESSAGE_INVALID');
    if (!authKey.temporary || permanent === undefined || permanent.temporary) throw invalid();
    if (expiresAt <= clock.seconds()) throw new RpcError(400, 'EXPIRES_AT_INVALID');
    const messageKey = encryptedMessage.subarray(8, 24);
    const plain = igeDecrypt(encryptedMessage.subarray(24), messageAesV1(permanent.key, messageKey));
    const end = headBytes + plain.readInt32LE(28);
    if (!sha1(plain.subarray(0, end)).subarray(4, 20).equals(messageKey)) throw invalid();
    if (plain.readBigInt64LE(16) !== msgId) throw invalid();
    const inner = readObject(plain.subarray(headBytes, end));
    const isBinding =
      inner instanceof Api.BindAuthKeyInner &&
      inner.nonce.equals(nonce) &&
      inner.permAuthKeyId.equals(permAuthKeyId) &&
      inner.tempAuthKeyId.toString() === authKey.id.toString() &&
      inner.tempSessionId.toString() === session.id.toString() &&
      inner.expiresAt === expiresAt;
    if (!isBinding) throw invalid();
    authKey.bound = true;
    authKey.login = permanent.login;
    return true;
  }),
];

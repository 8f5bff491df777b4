import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Api } from 'telegram/tl/index.js';
import type { AuthKey, AuthKeys } from './auth-key.ts';
import { igeDecrypt, igeEncrypt, messageAes, messageKey } from './crypto.ts';
import type { Faults } from './faults.ts';
import { createHandshake } from './handshake.ts';
import type { Records } from './records.ts';
import type { RsaKey } from './rsa-key.ts';
import type { ServerClock } from './server-clock.ts';
import { createSession, type Session } from './session.ts';
import { big, int64, readObject, unwrap, type TlMessage } from './tl.ts';
import { openTransport } from './transport.ts';

export type Connection = {
  readonly id: number;
  readonly dcId: number;
  sessions(): readonly Session[];
  drop(): void;
  /** Cuts the connection when no ping renews this within that many seconds. */
  dropAfter(seconds: number): void;
};

export type ConnectionParts = {
  readonly id: number;
  readonly dcId: number;
  readonly rsa: RsaKey;
  readonly clock: ServerClock;
  readonly keys: AuthKeys;
  readonly faults: Faults;
  readonly records: Records;
  readonly isHeld: () => boolean;
  readonly onMessage: (connection: Connection, session: Session, message: TlMessage) => void;
};

type Head = { readonly salt: bigint; readonly sessionId: bigint; readonly message: TlMessage };

const headBytes = 32;
const oldestSeconds = 300;
const newestSeconds = 30;

/** One socket: auth keys are made, messages decrypted, checked as strictly as the real servers do, and handed on. */
export function openConnection(socket: Socket, parts: ConnectionParts): Connection {
  const { id, dcId, clock, keys, faults, records, rsa, isHeld } = parts;
  const sessions = new Map<bigint, Session>();
  let dropTimer: NodeJS.Timeout | undefined;
  const connection: Connection = {
    id,
    dcId,
    sessions: () => [...sessions.values()],
    drop: () => void socket.destroy(),
    dropAfter(seconds) {
      clearTimeout(dropTimer);
      dropTimer = setTimeout(connection.drop, seconds * 1000).unref();
    },
  };
  const fail = (reason: unknown) => {
    records.problems.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
    connection.drop();
  };
  const handshake = createHandshake({ dcId, rsa, clock, onKey: keys.add });

  const plain = (body: Buffer) => {
    const request = readObject(body);
    records.note({ dcId, connection: id, method: request.className });
    const fault = faults.take(request.className);
    if (fault?.ignore === true) return;
    const answer = fault?.drop === true ? connection.drop() : handshake(request)?.getBytes();
    if (answer === undefined) return;
    const head = Buffer.alloc(20);
    head.writeBigInt64LE(clock.nextMsgId('answer'), 8);
    head.writeInt32LE(answer.length, 16);
    transport.send(Buffer.concat([head, answer]));
  };

  const transmit = (session: Session, message: TlMessage) =>
    transport.send(encrypt(session.authKey, session.id, message));

  const encrypted = (authKey: AuthKey, { salt, sessionId, message }: Head) => {
    let session = sessions.get(sessionId);
    if (session === undefined) {
      session = createSession({ id: sessionId, authKey, firstMsgId: message.msgId, clock, transmit, isHeld });
      sessions.set(sessionId, session);
    }
    const refusal = refuse(message, salt, authKey, clock.seconds());
    if (refusal !== undefined) {
      records.refusals.push(refusal.errorCode);
      session.send({ body: refusal.getBytes(), kind: 'answer', content: false });
      return;
    }
    const acknowledged: bigint[] = [];
    for (const inner of unwrap(message)) {
      if ((inner.seqNo & 1) === 1) acknowledged.push(inner.msgId);
      if (session.take(inner.msgId)) parts.onMessage(connection, session, inner);
    }
    if (acknowledged.length === 0) return;
    const acks = new Api.MsgsAck({ msgIds: acknowledged.map(big) });
    session.send({ body: acks.getBytes(), kind: 'answer', content: false });
  };

  const onPacket = (packet: Buffer) => {
    try {
      const keyId = packet.readBigInt64LE(0);
      if (keyId === 0n) {
        plain(packet.subarray(20, 20 + packet.readInt32LE(16)));
        return;
      }
      const authKey = keys.find(dcId, keyId);
      if (authKey === undefined) transport.sendError(404);
      else encrypted(authKey, decrypt(authKey, packet));
    } catch (error) {
      fail(error);
    }
  };

  const transport = openTransport(socket, { onPacket, onBroken: fail });
  socket.setNoDelay(true);
  // A client that goes away in the middle is part of the tests.
  socket.on('error', () => {});
  socket.on('close', () => clearTimeout(dropTimer));
  return connection;
}

function refuse({ msgId, seqNo }: TlMessage, salt: bigint, authKey: AuthKey, nowSeconds: number) {
  const bad = { badMsgId: big(msgId), badMsgSeqno: seqNo };
  const seconds = Number(BigInt.asUintN(64, msgId) >> 32n);
  if ((msgId & 3n) !== 0n) return new Api.BadMsgNotification({ ...bad, errorCode: 18 });
  if (seconds < nowSeconds - oldestSeconds) return new Api.BadMsgNotification({ ...bad, errorCode: 16 });
  if (seconds > nowSeconds + newestSeconds) return new Api.BadMsgNotification({ ...bad, errorCode: 17 });
  if (salt === authKey.salt) return undefined;
  return new Api.BadServerSalt({ ...bad, errorCode: 48, newServerSalt: big(authKey.salt) });
}

function decrypt({ key }: AuthKey, packet: Buffer): Head {
  const packetKey = packet.subarray(8, 24);
  const data = packet.subarray(24, packet.length - ((packet.length - 24) % 16));
  const plain = igeDecrypt(data, messageAes(key, packetKey, 'from client'));
  if (!messageKey(key, plain, 'from client').equals(packetKey)) throw new Error('msg_key does not fit');
  const length = plain.readInt32LE(28);
  const padding = plain.length - headBytes - length;
  if (length < 4 || length % 4 !== 0 || padding < 12 || padding > 1024) throw new Error('bad length');
  return {
    salt: plain.readBigInt64LE(0),
    sessionId: plain.readBigInt64LE(8),
    message: {
      msgId: plain.readBigInt64LE(16),
      seqNo: plain.readInt32LE(24),
      body: plain.subarray(headBytes, headBytes + length),
    },
  };
}

function encrypt({ key, id, salt }: AuthKey, sessionId: bigint, { msgId, seqNo, body }: TlMessage): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeBigInt64LE(salt, 0);
  head.writeBigInt64LE(sessionId, 8);
  head.writeBigInt64LE(msgId, 16);
  head.writeInt32LE(seqNo, 24);
  head.writeInt32LE(body.length, 28);
  const padding = randomBytes(12 + ((16 - ((headBytes + body.length + 12) % 16)) % 16));
  const plain = Buffer.concat([head, body, padding]);
  const packetKey = messageKey(key, plain, 'from server');
  return Buffer.concat([int64(id), packetKey, igeEncrypt(plain, messageAes(key, packetKey, 'from server'))]);
}

import { createDiffieHellman, randomBytes } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import { createLogin, type AuthKey } from './auth-key.ts';
import { dhGenerator, dhPrime, igeDecrypt, igeEncrypt, sha1, toBigInt, xor, type AesKey } from './crypto.ts';
import type { RsaKey } from './rsa-key.ts';
import type { ServerClock } from './server-clock.ts';
import { big, bytesOf, numberOf, readObject, type Big, type TlObject } from './tl.ts';

type HandshakeParts = {
  readonly dcId: number;
  readonly rsa: RsaKey;
  readonly clock: ServerClock;
  readonly onKey: (key: AuthKey) => void;
};

/** Nothing for what needs no answer; throws when a proof of the client does not hold. */
export type Handshake = (request: TlObject) => TlObject | undefined;

type Nonces = { readonly nonce: Big; readonly serverNonce: Big };
type Agreed = Nonces & { readonly newNonce: Buffer; readonly aes: AesKey; readonly temporary: boolean };

// Finding the factors is the client's work: two fixed primes of realistic size keep every connection equally quick.
const [p, q] = [1229739323n, 1402015859n];

const serverDh = createDiffieHellman(dhPrime, dhGenerator);
const publicA = serverDh.generateKeys();

/** The creation of one auth key, unencrypted, as one connection goes through it. */
export function createHandshake({ dcId, rsa, clock, onKey }: HandshakeParts): Handshake {
  let asked: Nonces | undefined;
  let agreed: Agreed | undefined;

  const offer = (nonce: Big): TlObject => {
    asked = { nonce, serverNonce: numberOf(randomBytes(16)) };
    const fingerprints = [big(rsa.fingerprint)];
    return new Api.ResPQ({ ...asked, pq: toBytes(p * q, 8), serverPublicKeyFingerprints: fingerprints });
  };

  const exchange = (request: Api.ReqDHParams): TlObject => {
    const nonces = expectNonces(asked, request);
    expect(toBigInt(request.p) === p && toBigInt(request.q) === q, 'the factors of pq are wrong');
    expect(request.publicKeyFingerprint.toString() === rsa.fingerprint.toString(), 'another RSA key');
    const inner = expectInner(rsa.unpad(request.encryptedData), nonces);
    if ('dc' in inner) expect(Math.abs(inner.dc) % 10_000 === dcId, `a key for data centre ${inner.dc}`);
    const newNonce = bytesOf(inner.newNonce, 32);
    const aes = handshakeAes(newNonce, bytesOf(nonces.serverNonce, 16));
    agreed = { ...nonces, newNonce, aes, temporary: 'expiresIn' in inner };
    const answer = new Api.ServerDHInnerData({
      ...nonces,
      g: dhGenerator,
      dhPrime,
      gA: publicA,
      serverTime: clock.seconds(),
    }).getBytes();
    const hashed = Buffer.concat([sha1(answer), answer]);
    const padding = randomBytes((16 - (hashed.length % 16)) % 16);
    const encryptedAnswer = igeEncrypt(Buffer.concat([hashed, padding]), aes);
    return new Api.ServerDHParamsOk({ ...nonces, encryptedAnswer });
  };

  const finish = (request: Api.SetClientDHParams): TlObject => {
    const { nonce, serverNonce } = expectNonces(agreed, request);
    if (agreed === undefined) throw new Error('no key exchange was begun');
    const { newNonce, aes, temporary } = agreed;
    const plain = igeDecrypt(request.encryptedData, aes);
    const inner = readObject(plain.subarray(20));
    if (!(inner instanceof Api.ClientDHInnerData)) throw new Error('no client DH data');
    expectNonces(agreed, inner);
    expect(sha1(inner.getBytes()).equals(plain.subarray(0, 20)), 'the hash of the client DH data is wrong');
    expectSafe(toBigInt(inner.gB));
    const secret = serverDh.computeSecret(inner.gB);
    const key = Buffer.concat([Buffer.alloc(256 - secret.length), secret]);
    const hash = sha1(key);
    const salt = xor(newNonce.subarray(0, 8), bytesOf(serverNonce, 16)).readBigInt64LE(0);
    onKey({
      id: hash.readBigInt64LE(12),
      key,
      dcId,
      temporary,
      bound: !temporary,
      salt,
      layer: undefined,
      login: createLogin(),
    });
    const newNonceHash1 = numberOf(sha1(newNonce, Buffer.from([1]), hash.subarray(0, 8)).subarray(4, 20));
    return new Api.DhGenOk({ nonce, serverNonce, newNonceHash1 });
  };

  return (request) => {
    if (request instanceof Api.ReqPq || request instanceof Api.ReqPqMulti) return offer(request.nonce);
    if (request instanceof Api.ReqDHParams) return exchange(request);
    if (request instanceof Api.SetClientDHParams) return finish(request);
    if (request instanceof Api.MsgsAck) return undefined;
    throw new Error(`${request.className} came unencrypted`);
  };
}

type InnerData = Api.PQInnerData | Api.PQInnerDataDc | Api.PQInnerDataTemp | Api.PQInnerDataTempDc;

function expectInner(data: Buffer | undefined, nonces: Nonces): InnerData {
  if (data === undefined) throw new Error('RSA_PAD does not fit');
  const inner = readObject(data);
  const isInner =
    inner instanceof Api.PQInnerData ||
    inner instanceof Api.PQInnerDataDc ||
    inner instanceof Api.PQInnerDataTemp ||
    inner instanceof Api.PQInnerDataTempDc;
  if (!isInner) throw new Error(`${inner.className} is no PQ inner data`);
  expectNonces(nonces, inner);
  return inner;
}

function expectNonces(mine: Nonces | undefined, theirs: Nonces): Nonces {
  if (mine === undefined) throw new Error('no key exchange was begun');
  const { nonce, serverNonce } = mine;
  expect(nonce.equals(theirs.nonce) && serverNonce.equals(theirs.serverNonce), 'a nonce is wrong');
  return { nonce, serverNonce };
}

function expectSafe(gB: bigint) {
  const prime = toBigInt(dhPrime);
  const margin = 1n << 1984n;
  expect(gB > margin && gB < prime - margin, 'g_b is out of the safe range');
}

function expect(holds: boolean, problem: string) {
  if (!holds) throw new Error(problem);
}

function handshakeAes(newNonce: Buffer, serverNonce: Buffer): AesKey {
  const a = sha1(newNonce, serverNonce);
  const b = sha1(serverNonce, newNonce);
  const c = sha1(newNonce, newNonce);
  return {
    key: Buffer.concat([a, b.subarray(0, 12)]),
    iv: Buffer.concat([b.subarray(12, 20), c, newNonce.subarray(0, 4)]),
  };
}

function toBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}

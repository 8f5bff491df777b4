import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { dhGenerator, dhPrime, modPow, sha256, toBigInt, toBuffer, xor } from './crypto.ts';

/** What the server knows of a two-step password; the password itself never leaves the client. */
export type PasswordVerifier = {
  readonly salt1: Buffer;
  readonly salt2: Buffer;
  readonly verifier: bigint;
  readonly hint: string | undefined;
};

export type PasswordChallenge = { readonly id: bigint; readonly secret: bigint; readonly publicB: Buffer };

const prime = toBigInt(dhPrime);
const generator = BigInt(dhGenerator);

export function makeVerifier(password: string, hint?: string): PasswordVerifier {
  const salt1 = randomBytes(16);
  const salt2 = randomBytes(16);
  const inner = sha256(salt2, sha256(salt1, Buffer.from(password), salt1), salt2);
  const slow = pbkdf2Sync(inner, salt1, 100_000, 64, 'sha512');
  const x = toBigInt(sha256(salt2, slow, salt2));
  return { salt1, salt2, hint, verifier: modPow(generator, x, prime) };
}

export function makeChallenge({ verifier }: PasswordVerifier): PasswordChallenge {
  const secret = toBigInt(randomBytes(256)) % prime;
  const k = toBigInt(sha256(dhPrime, wide(generator)));
  const publicB = wide((k * verifier + modPow(generator, secret, prime)) % prime);
  return { id: randomBytes(8).readBigInt64LE(), secret, publicB };
}

export function answersChallenge(
  password: PasswordVerifier,
  challenge: PasswordChallenge,
  answer: { readonly a: Buffer; readonly m1: Buffer },
): boolean {
  const a = toBigInt(answer.a);
  if (a <= 0n || a >= prime) return false;
  const u = toBigInt(sha256(wide(a), challenge.publicB));
  const shared = modPow((a * modPow(password.verifier, u, prime)) % prime, challenge.secret, prime);
  const expected = sha256(
    xor(sha256(dhPrime), sha256(wide(generator))),
    sha256(password.salt1),
    sha256(password.salt2),
    wide(a),
    challenge.publicB,
    sha256(wide(shared)),
  );
  return expected.equals(answer.m1);
}

function wide(value: bigint): Buffer {
  return toBuffer(value, 256);
}

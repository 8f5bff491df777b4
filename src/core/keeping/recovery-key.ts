import { createHash, scrypt } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Random } from '../platform/random.ts';

/** What deriving costs: kept with what was wrapped, so that a later version may ask for more. */
export type KeyCost = { readonly N: number; readonly r: number; readonly p: number };

/** 64 MB and about a fifth of a second: the key itself has 150 bits, so this only keeps a half-known one from being tried. */
export const presentCost: KeyCost = { N: 65_536, r: 8, p: 1 };

/** Crockford's: without I, L, O and U, which are read as other letters or as a word. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLetters = 30;
const checkLetters = 2;
const groupLetters = 4;

/** Eight groups of four: 150 random bits and two letters that notice a slip of the pen. */
export function makeRecoveryKey(random: Random): string {
  // 256 is a multiple of 32: no letter comes more often than another.
  const letters = [...random.bytes(keyLetters)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return inGroups(letters + checkOf(letters));
}

/**
 * What a person typed, in the one spelling there is: blanks, dashes, case and letters that look alike do not matter.
 * Throws `invalid-input` (reason `recovery-key-mistyped`).
 */
export function readRecoveryKey(text: string): string {
  const letters = cleanGroup(text);
  const body = letters.slice(0, keyLetters);
  const isWhole = letters.length === keyLetters + checkLetters && letters.endsWith(checkOf(body));
  if (!isWhole) throw new AppError('invalid-input', { details: { reason: 'recovery-key-mistyped' } });
  return inGroups(letters);
}

/** One group or several, as the key spells them. */
export function cleanGroup(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
    .replaceAll(/[АВСЕНКМРТХ]/g, (letter) => cyrillic[letter] ?? letter)
    .replaceAll(/[^0-9A-Z]/g, '');
}

/** Typed on a Russian layout by the look of the letters. */
const cyrillic: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
};

/** The key that wraps the desk's own; takes memory and time on purpose, off the event loop. */
export function deriveKey(recoveryKey: string, salt: Buffer, cost: KeyCost): Promise<Buffer> {
  const letters = cleanGroup(recoveryKey);
  const maxmem = 256 * cost.N * cost.r;
  return new Promise((resolve, reject) => {
    scrypt(letters, salt, 32, { ...cost, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function inGroups(letters: string): string {
  return (letters.match(new RegExp(`.{${groupLetters}}`, 'g')) ?? []).join('-');
}

function checkOf(letters: string): string {
  const [first = 0, second = 0] = createHash('sha256').update(`pult ${letters}`).digest();
  return `${alphabet[first % alphabet.length] ?? ''}${alphabet[second % alphabet.length] ?? ''}`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Something that must stand nowhere in clear, with a name to tell it by without quoting it. */
export type Secret = { readonly name: string; readonly bytes: Buffer };

export type Leak = { readonly where: string; readonly secret: string };

type Needle = { readonly secret: string; readonly text: string };

/** Longer secrets may be cut by a page of the database: any such piece of one gives it away. */
const pieceBytes = 24;

export function toSecret(name: string, text: string): Secret {
  return { name, bytes: Buffer.from(text) };
}

/** A number as people and programs write it: whole, without the country, in groups. */
export function phoneSecrets(name: string, phone: string): readonly Secret[] {
  const digits = phone.replaceAll(/\D/g, '');
  const [area, first, second, third] = [/(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits) ?? []]
    .flat()
    .slice(1) as [string, string, string, string];
  const spellings = [
    digits.slice(-10),
    `${area} ${first} ${second} ${third}`,
    `${area} ${first}-${second}-${third}`,
    `${area}-${first}-${second}-${third}`,
    `(${area}) ${first}-${second}-${third}`,
    `${area}) ${first} ${second} ${third}`,
    `${first}-${second}-${third}`,
    `${first} ${second} ${third}`,
    `${area} ${first} ${second}${third}`,
    `${area}-${first}-${second}${third}`,
  ];
  return spellings.map((spelling) => toSecret(name, spelling));
}

/** Every file under the folder, whatever it is, and what is packed inside it. */
export function findSecrets(folder: string, secrets: readonly Secret[]): readonly Leak[] {
  const needles = secrets.flatMap(toNeedles);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const where = relative(folder, path);
    return [...leaksIn(where, Buffer.from(where), needles), ...leaksIn(where, read(path), needles)];
  });
}

/** The same of what stands in no file, such as a terminal. */
export function findSecretsIn(where: string, text: string, secrets: readonly Secret[]): readonly Leak[] {
  return leaksIn(where, Buffer.from(text), secrets.flatMap(toNeedles));
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    // A desk at work takes its drafts away between the list and the look.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function leaksIn(where: string, bytes: Buffer, needles: readonly Needle[]): Leak[] {
  const text = bytes.toString('latin1');
  const found = new Set(needles.filter((needle) => text.includes(needle.text)).map(({ secret }) => secret));
  return [
    ...[...found].map((secret) => ({ where, secret })),
    ...unpack(bytes, text).flatMap((inner, index) => leaksIn(`${where}#${index}`, inner, needles)),
  ];
}

/** In every way a program may have written them down. */
function toNeedles({ name, bytes }: Secret): readonly Needle[] {
  return cut(bytes).flatMap((piece) => {
    const hex = piece.toString('hex');
    const spellings = [
      piece.toString('latin1'),
      Buffer.from(piece.toString('utf8'), 'utf16le').toString('latin1'),
      encodeURIComponent(piece.toString('latin1')),
      encodeURIComponent(piece.toString('utf8')),
      hex,
      hex.toUpperCase(),
      ...inBase64(piece),
    ];
    return [...new Set(spellings)].map((text) => ({ secret: name, text }));
  });
}

function cut(bytes: Buffer): readonly Buffer[] {
  if (bytes.length <= 2 * pieceBytes) return [bytes];
  const starts = Array.from(
    { length: Math.floor(bytes.length / pieceBytes) },
    (_, index) => index * pieceBytes,
  );
  return starts.map((start) => bytes.subarray(start, start + pieceBytes));
}

/** Wherever it begins in what was encoded: only the characters that are its own. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const own = (text: string) =>
      text.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
    return [own(padded.toString('base64')), own(padded.toString('base64url'))];
  });
}

const packed = [
  { starts: '\x1f\x8b\x08', skip: () => 0, open: gunzipSync },
  { starts: '\x28\xb5\x2f\xfd', skip: () => 0, open: zstdDecompressSync },
  { starts: '\x78\x9c', skip: () => 0, open: inflateSync },
  {
    // An entry of a zip archive: a head of 30 bytes, its name and more, then the packed bytes.
    starts: 'PK\x03\x04',
    skip: (bytes: Buffer, at: number) => 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28),
    open: inflateRawSync,
  },
] as const;

/** What lies packed anywhere in it; what only looks packed opens to nothing. */
function unpack(bytes: Buffer, text: string): readonly Buffer[] {
  return packed.flatMap(({ starts, skip, open }) => {
    const inner: Buffer[] = [];
    for (let at = text.indexOf(starts); at >= 0; at = text.indexOf(starts, at + 1)) {
      if (at + 30 > bytes.length) break;
      try {
        inner.push(open(bytes.subarray(at + skip(bytes, at)), { maxOutputLength: 50_000_000 }));
      } catch {
        // Bytes that begin alike by chance.
      }
    }
    return inner;
  });
}

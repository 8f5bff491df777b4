import { crc32, deflateSync } from 'node:zlib';
import type { Random } from '../platform/random.ts';
import { encodeJpeg } from './jpeg.ts';
import { between } from './seeded-random.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A blocky photograph of a mast: sky, ground, lattice, a cabinet that may stand open. */
export function mastPhoto(random: Random): Buffer {
  const columns = 80;
  const rows = 60;
  const horizon = between(random, 38, 46);
  const mast = between(random, 24, 56);
  const cabinet = mast + (random.number() < 0.5 ? -14 : 9);
  const dusk = between(random, 0, 60);
  return encodeJpeg(columns, rows, (x, y): Colour => {
    const noise = between(random, -6, 6);
    const isLeg = Math.abs(Math.abs(x - mast) - (y - 6) / 10) < 0.7 && y > 6 && y < horizon + 6;
    const isRung = y > 8 && y < horizon + 4 && y % 5 === 0 && Math.abs(x - mast) <= (y - 6) / 10;
    if (isLeg || isRung) return [150 + noise, 60 + noise, 50 + noise];
    const inCabinet = x >= cabinet && x < cabinet + 6 && y >= horizon - 2 && y < horizon + 8;
    if (inCabinet) return x === cabinet + 3 ? [40, 44, 48] : [176 + noise, 182 + noise, 186 + noise];
    if (y < horizon) return [150 - dusk + y + noise, 178 - dusk + y + noise, 214 - dusk + noise];
    return [96 + noise, 104 + noise - dusk / 4, 72 + noise];
  });
}

/** A page of the scanner: lines of unreadable text, a round stamp, a signature. */
export function scannedPage(random: Random): Buffer {
  const columns = 106;
  const rows = 150;
  const words = Array.from({ length: rows }, () => between(random, 60, 92));
  return encodeJpeg(columns, rows, (x, y): Colour => {
    const paper = 236 + between(random, -3, 3);
    const stamp = Math.hypot(x - 74, y - 122);
    if (Math.abs(stamp - 11) < 0.8 || Math.abs(stamp - 8) < 0.5) return [90, 96, 190];
    if (Math.abs(y - 124 - 3 * Math.sin(x / 2)) < 0.8 && x > 30 && x < 52) return [60, 60, 130];
    const isLine = y > 24 && y < 108 && y % 4 === 0 && x > 12 && x < (words[y] ?? 0) && x % 7 !== 0;
    const isHead = y > 10 && y < 16 && y % 3 !== 0 && x > 34 && x < 72;
    if (isLine || isHead) return [88, 88, 92];
    return [paper, paper, paper - 6];
  });
}

/** One page that is nothing but a picture, as office scanners make. */
export function picturePdf(jpeg: Buffer, width: number, height: number): Buffer {
  const content = Buffer.from('q 595 0 0 842 0 0 cm /Scan Do Q');
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> >> >>',
    ),
    pdfStream('', content),
    pdfStream(
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode `,
      jpeg,
    ),
  ];
  const chunks = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n', 'latin1')];
  const offsets: number[] = [];
  let at = chunks[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    offsets.push(at);
    const chunk = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    chunks.push(chunk);
    at += chunk.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  chunks.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(chunks);
}

/** The coloured square of a signature. */
export function logoPng(colour: Colour): Buffer {
  const size = 48;
  const rows = Array.from({ length: size }, (_, y) => {
    const pixels = Array.from({ length: size }, (_unused, x) =>
      Math.hypot(x - 24, y - 24) < 20 ? colour : [255, 255, 255],
    );
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A reflectogram as field devices save them; only its signature is real. */
export function reflectogram(random: Random): Buffer {
  return Buffer.concat([Buffer.from('Map\0'), Buffer.from(random.bytes(2_000))]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function pdfStream(dictionary: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${dictionary}/Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** The smallest JPEG whose camera wrote a place: SOI, APP1 with a TIFF of one GPS directory, EOI. Degrees north and east. */
export function jpegWithGps(latitude: number, longitude: number): Uint8Array {
  const entries = 4;
  const gpsAt = 8 + 2 + 12 + 4;
  const rationalsAt = gpsAt + 2 + entries * 12 + 4;
  const tiff = Buffer.alloc(rationalsAt + 2 * 24);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  writeEntry(tiff, 10, { tag: 0x8825, type: 4, count: 1 }).writeUInt32BE(gpsAt, 18);
  tiff.writeUInt16BE(entries, gpsAt);
  const at = (index: number) => gpsAt + 2 + index * 12;
  writeEntry(tiff, at(0), { tag: 1, type: 2, count: 2 }).write('N\0', at(0) + 8, 'latin1');
  writeEntry(tiff, at(1), { tag: 2, type: 5, count: 3 }).writeUInt32BE(rationalsAt, at(1) + 8);
  writeEntry(tiff, at(2), { tag: 3, type: 2, count: 2 }).write('E\0', at(2) + 8, 'latin1');
  writeEntry(tiff, at(3), { tag: 4, type: 5, count: 3 }).writeUInt32BE(rationalsAt + 24, at(3) + 8);
  writeDegrees(tiff, rationalsAt, latitude);
  writeDegrees(tiff, rationalsAt + 24, longitude);
  const head = Buffer.from('Exif\0\0', 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(2 + head.length + tiff.length);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    length,
    head,
    tiff,
    Buffer.from([0xff, 0xd9]),
  ]);
}

type Entry = { readonly tag: number; readonly type: number; readonly count: number };

function writeEntry(tiff: Buffer, at: number, { tag, type, count }: Entry): Buffer {
  tiff.writeUInt16BE(tag, at);
  tiff.writeUInt16BE(type, at + 2);
  tiff.writeUInt32BE(count, at + 4);
  return tiff;
}

/** Whole degrees, whole minutes, seconds in hundredths. */
function writeDegrees(tiff: Buffer, at: number, degrees: number): void {
  const whole = Math.floor(degrees);
  const minutes = Math.floor((degrees - whole) * 60);
  const hundredths = Math.round(((degrees - whole) * 60 - minutes) * 6000);
  const parts = [whole, 1, minutes, 1, hundredths, 100];
  parts.forEach((part, index) => tiff.writeUInt32BE(part, at + index * 4));
}

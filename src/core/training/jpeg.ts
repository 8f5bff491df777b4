type Colour = readonly [red: number, green: number, blue: number];

/**
 * A baseline JPEG whose every 8×8 block has one colour: only the DC coefficients are coded, which keeps an encoder
 * to a page and still makes a file that any viewer opens. The picture measures eight times `columns` by `rows`.
 */
export function encodeJpeg(
  columns: number,
  rows: number,
  colourAt: (x: number, y: number) => Colour,
): Buffer {
  const scan = createBitWriter();
  const previous = [0, 0, 0];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      for (const [component, level] of toYcc(colourAt(x, y)).entries()) {
        // A flat block of value v has a DC coefficient of 8·v; the quantiser divides it by 8 again.
        const difference = level - (previous[component] ?? 0);
        previous[component] = level;
        writeDifference(scan, difference);
        scan.write(0b0, 1);
      }
    }
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, ...word(rows * 8), ...word(columns * 8), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    // Twelve DC categories of four bits each, and one AC symbol (end of block) of one bit.
    segment(0xc4, [
      0x00,
      0,
      0,
      0,
      12,
      ...zeros(12),
      ...Array.from({ length: 12 }, (_, category) => category),
    ]),
    segment(0xc4, [0x10, 1, ...zeros(15), 0x00]),
    segment(0xda, [3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0]),
    scan.end(),
    Buffer.from([0xff, 0xd9]),
  ]);
}

type BitWriter = { write(value: number, bits: number): void; end(): Buffer };

function writeDifference(scan: BitWriter, difference: number): void {
  const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  scan.write(category, 4);
  if (category > 0) scan.write(difference > 0 ? difference : difference + 2 ** category - 1, category);
}

function createBitWriter(): BitWriter {
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  const push = (byte: number) => {
    bytes.push(byte);
    // Inside a scan a literal 0xff is followed by a zero.
    if (byte === 0xff) bytes.push(0);
  };
  return {
    write(value, bits) {
      held = (held << bits) | (value & (2 ** bits - 1));
      heldBits += bits;
      while (heldBits >= 8) {
        heldBits -= 8;
        push((held >> heldBits) & 0xff);
        held &= 2 ** heldBits - 1;
      }
    },
    end() {
      if (heldBits > 0) push(((held << (8 - heldBits)) | (2 ** (8 - heldBits) - 1)) & 0xff);
      return Buffer.from(bytes);
    },
  };
}

/** JFIF's conversion, shifted so that zero is the middle. */
function toYcc([red, green, blue]: Colour): [number, number, number] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [clamp(luma - 128), clamp((blue - luma) * 0.564), clamp((red - luma) * 0.713)];
}

function clamp(value: number): number {
  return Math.max(-128, Math.min(127, Math.round(value)));
}

function segment(marker: number, data: readonly number[]): Buffer {
  return Buffer.from([0xff, marker, ...word(data.length + 2), ...data]);
}

function word(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

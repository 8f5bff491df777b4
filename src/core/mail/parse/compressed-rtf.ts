const compressed = 0x75465a4c;
const uncompressed = 0x414c454d;
const maxBytes = 8 * 1024 * 1024;
const windowSize = 4096;

/** The dictionary every reader starts with (MS-OXRTFCP section 2.1.2.1). */
const initial =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** Outlook's packed RTF (MS-OXRTFCP) as a file any editor opens; undefined when it is not that. */
export function decompressRtf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = view.getUint32(8, true);
  const size = Math.min(view.getUint32(4, true), maxBytes);
  if (kind === uncompressed) return bytes.subarray(16, 16 + size);
  if (kind !== compressed) return undefined;
  const window = new Uint8Array(windowSize);
  window.set(Buffer.from(initial, 'latin1'));
  const out = new Uint8Array(size);
  let written = 0;
  let cursor = initial.length;
  const put = (byte: number) => {
    if (written < size) out[written++] = byte;
    window[cursor] = byte;
    cursor = (cursor + 1) % windowSize;
  };
  let at = 16;
  while (at < bytes.length && written < size) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length && written < size; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(bytes[at++] ?? 0);
        continue;
      }
      const token = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const offset = token >> 4;
      if (offset === cursor) return out.subarray(0, written);
      for (let index = 0; index < (token & 0xf) + 2; index += 1)
        put(window[(offset + index) % windowSize] ?? 0);
    }
  }
  return out.subarray(0, written);
}

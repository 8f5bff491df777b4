/** Undoes a Content-Transfer-Encoding piece by piece; the pieces may be cut anywhere. */
export type TransferDecoder = {
  write(chunk: Uint8Array): void;
  end(): void;
};

export function createTransferDecoder(encoding: string, out: (bytes: Uint8Array) => void): TransferDecoder {
  if (encoding === 'base64') return createBase64Decoder(out);
  if (encoding === 'quoted-printable') return createQuotedPrintableDecoder(out);
  return { write: out, end() {} };
}

function createBase64Decoder(out: (bytes: Uint8Array) => void): TransferDecoder {
  let carry = '';
  return {
    write(chunk) {
      const text =
        carry +
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
          .toString('latin1')
          .replaceAll(/[^A-Za-z0-9+/=]+/g, '');
      // Some mailers pad every line: padding closes a unit and the next one starts anew.
      const padded = text.lastIndexOf('=');
      const aligned = padded + 1 + Math.floor((text.length - padded - 1) / 4) * 4;
      carry = text.slice(aligned);
      if (aligned > 0) decodeUnits(text.slice(0, aligned), out);
    },
    end() {
      if (carry !== '') out(Buffer.from(carry, 'base64'));
      carry = '';
    },
  };
}

function decodeUnits(text: string, out: (bytes: Uint8Array) => void): void {
  const inner = text.search(/=[^=]/);
  if (inner < 0) {
    out(Buffer.from(text, 'base64'));
    return;
  }
  for (const unit of text.split(/=+/)) if (unit !== '') out(Buffer.from(unit, 'base64'));
}

function createQuotedPrintableDecoder(out: (bytes: Uint8Array) => void): TransferDecoder {
  let carry: Uint8Array = new Uint8Array();
  const decode = (input: Uint8Array, isLast: boolean) => {
    const result = Buffer.allocUnsafe(input.length);
    let length = 0;
    let at = 0;
    while (at < input.length) {
      const byte = input[at] ?? 0;
      if (byte !== 0x3d) {
        result[length++] = byte;
        at += 1;
        continue;
      }
      const step = escapeAt(input, at, isLast);
      if (step.length === 0) break;
      if (step.byte !== undefined) result[length++] = step.byte;
      at += step.length;
    }
    carry = Uint8Array.from(input.subarray(at));
    out(result.subarray(0, length));
  };
  return {
    write: (chunk) => decode(carry.length === 0 ? chunk : Buffer.concat([carry, chunk]), false),
    end: () => decode(carry, true),
  };
}

/** What stands at an equals sign; length 0 asks for more input. */
function escapeAt(input: Uint8Array, at: number, isLast: boolean): { length: number; byte?: number } {
  let next = at + 1;
  while (input[next] === 0x20 || input[next] === 0x09) next += 1;
  if (input[next] === 0x0a) return { length: next + 1 - at };
  if (input[next] === 0x0d && input[next + 1] === 0x0a) return { length: next + 2 - at };
  if (!isLast && input.length - at < 3) return { length: 0 };
  if (!isLast && next >= input.length - 1 && next - at < 200) return { length: 0 };
  if (isLast && next >= input.length) return { length: next - at };
  const code = hexValue(input[at + 1]) * 16 + hexValue(input[at + 2]);
  return Number.isNaN(code) ? { length: 1, byte: 0x3d } : { length: 3, byte: code };
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return Number.NaN;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return Number.NaN;
}

import bigInt from 'big-integer';
import { BinaryReader } from 'telegram/extensions/index.js';

/**
 * The library reads each 64-bit number by way of its hexadecimal digits, and an update has ten of them: at a thousand
 * updates a second a fifth of the backend's time. Gives back how to take it away again.
 */
export function readLongsFast(): () => void {
  const methods = BinaryReader.prototype;
  const original = methods.readLong;
  methods.readLong = function readLong(signed = true) {
    const bytes = this.read(8);
    return bigInt(signed ? bytes.readBigInt64LE() : bytes.readBigUInt64LE());
  };
  return () => {
    methods.readLong = original;
  };
}

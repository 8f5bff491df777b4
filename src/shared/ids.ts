/** RFC 9562 version 7: sorts by time, so indexes over it stay dense. `bytes` are 10 random ones. */
export function uuidv7(now: number, bytes: Uint8Array): string {
  const hex = now.toString(16).padStart(12, '0');
  const tail = [...bytes.subarray(0, 10)];
  tail[0] = 0x70 | ((tail[0] ?? 0) & 0x0f);
  tail[2] = 0x80 | ((tail[2] ?? 0) & 0x3f);
  const rest = tail.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}

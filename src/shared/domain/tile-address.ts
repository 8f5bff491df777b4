/** The origin of a tile address such as `https://tiles.example/{z}/{x}/{y}.png`; undefined when it is none. */
export function tileOrigin(address: string): string | undefined {
  if (!['{z}', '{x}', '{y}'].every((part) => address.includes(part))) return undefined;
  const url = URL.parse(address);
  // A name in the host's place would let the address choose its server; credentials would travel with every tile.
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) return undefined;
  if (/[{}%*';\s]/.test(url.host)) return undefined;
  return url.origin;
}

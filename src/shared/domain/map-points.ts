/** Id (uint32), longitude and latitude (float32: within two metres), number of the kind in `assetKinds`; little-endian. */
export const mapPointBytes = 13;

export type MapPoints = {
  readonly ids: Uint32Array;
  readonly longitudes: Float32Array;
  readonly latitudes: Float32Array;
  readonly kinds: Uint8Array;
};

export function readMapPoints(bytes: ArrayBuffer): MapPoints {
  const view = new DataView(bytes);
  const count = Math.floor(bytes.byteLength / mapPointBytes);
  const points = {
    ids: new Uint32Array(count),
    longitudes: new Float32Array(count),
    latitudes: new Float32Array(count),
    kinds: new Uint8Array(count),
  };
  for (let index = 0; index < count; index += 1) {
    const at = index * mapPointBytes;
    points.ids[index] = view.getUint32(at, true);
    points.longitudes[index] = view.getFloat32(at + 4, true);
    points.latitudes[index] = view.getFloat32(at + 8, true);
    points.kinds[index] = view.getUint8(at + 12);
  }
  return points;
}

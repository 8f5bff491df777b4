import { middleLongitude, planeSize } from './projection.ts';
import type { Size, View } from './view.ts';

export type Tile = { readonly url: string; readonly x: number; readonly y: number; readonly size: number };

/** Usual servers have no more. */
const deepest = 18;
const pixels = 256;
/** More on one screen would be a mistake, and a burden on whoever serves them. */
const mostTiles = 120;

/** The tiles that cover the screen, with where each lies on it. */
export function tilesOf(address: string, view: View, size: Size): readonly Tile[] {
  const zoom = Math.max(0, Math.min(deepest, Math.round(Math.log2((view.scale * planeSize) / pixels))));
  const count = 2 ** zoom;
  const side = planeSize / count;
  // The plane is turned so that the Pacific is at its edge; tiles are counted from the date line.
  const shift = (middleLongitude / 360) * count;
  const rows = range(view.top, size.height / view.scale, side, 0, count - 1);
  const columns = range(view.left, size.width / view.scale, side, -1, count);
  if (rows.length * columns.length > mostTiles) return [];
  return rows.flatMap((row) =>
    columns.map((column) => {
      // Half a tile of shift at most zooms: columns of the plane begin between two tiles.
      const index = Math.floor(column + shift);
      const planeX = (index - shift) * side;
      return {
        url: fill(address, zoom, ((index % count) + count) % count, row),
        x: (planeX - view.left) * view.scale,
        y: (row * side - view.top) * view.scale,
        size: side * view.scale,
      };
    }),
  );
}

function range(from: number, length: number, side: number, least: number, most: number): readonly number[] {
  const first = Math.max(least, Math.floor(from / side));
  const last = Math.min(most, Math.floor((from + length) / side) + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function fill(address: string, zoom: number, x: number, y: number): string {
  return address.replace('{z}', String(zoom)).replace('{x}', String(x)).replace('{y}', String(y));
}

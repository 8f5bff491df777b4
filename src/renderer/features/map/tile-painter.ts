import { tilesOf } from './tiles.ts';
import type { Size, View } from './view.ts';

export type TilePainter = {
  paint(canvas: CanvasRenderingContext2D, view: View, size: Size): void;
  /** A picture has come: what is shown is drawn again. Returns what stops it. */
  onPaint(listener: () => void): () => void;
};

/** A few screens of them. */
const mostKept = 400;

/** Pictures of a server of tiles, when an administrator named one; what does not come leaves the outlines alone. */
export function createTilePainter(address: string): TilePainter {
  const images = new Map<string, HTMLImageElement>();
  const listeners = new Set<() => void>();

  function imageOf(url: string): HTMLImageElement {
    const known = images.get(url);
    if (known) return known;
    const image = new Image();
    // The server learns which part of the map is looked at, and nothing else.
    image.referrerPolicy = 'no-referrer';
    image.onload = () => listeners.forEach((listener) => listener());
    image.src = url;
    images.set(url, image);
    for (const old of [...images.keys()].slice(0, Math.max(0, images.size - mostKept))) images.delete(old);
    return image;
  }

  return {
    paint(canvas, view, size) {
      for (const { url, x, y, size: side } of tilesOf(address, view, size)) {
        const image = imageOf(url);
        if (image.complete && image.naturalWidth > 0) canvas.drawImage(image, x, y, side + 0.5, side + 0.5);
      }
    },
    onPaint(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Which part of the plane is on the screen: a point of the plane lies at `(x - left) * scale`. */
export type View = { readonly left: number; readonly top: number; readonly scale: number };
export type Size = { readonly width: number; readonly height: number };
type Box = { readonly x: number; readonly y: number } & Size;

/** Pixels for a unit of the plane: the whole country on a small screen, and a street on any. */
const scales = { least: 0.4, most: 20_000 } as const;

export function fit(box: Box, size: Size, margin = 12): View {
  const scale = Math.min((size.width - 2 * margin) / box.width, (size.height - 2 * margin) / box.height);
  return centred(box.x + box.width / 2, box.y + box.height / 2, clampScale(scale), size);
}

export function centred(x: number, y: number, scale: number, size: Size): View {
  return { left: x - size.width / scale / 2, top: y - size.height / scale / 2, scale };
}

/** What is under the point of the screen stays under it. */
export function zoomAt(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = clampScale(view.scale * factor);
  return {
    left: view.left + at.x / view.scale - at.x / scale,
    top: view.top + at.y / view.scale - at.y / scale,
    scale,
  };
}

export function pan(view: View, dx: number, dy: number): View {
  return { ...view, left: view.left - dx / view.scale, top: view.top - dy / view.scale };
}

function clampScale(scale: number): number {
  return Math.min(scales.most, Math.max(scales.least, scale));
}

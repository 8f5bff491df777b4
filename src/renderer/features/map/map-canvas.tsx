import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clusterIncidents, clusterPoints, type IncidentMark, type Placed } from './clusters.ts';
import type { MapIncident } from '../../../shared/contract/reports.ts';
import { drawAssets, drawGround, drawIncidents, prepare, readColours } from './draw.ts';
import styles from './map.module.css';
import type { Outlines } from './projection.ts';
import type { TilePainter } from './tile-painter.ts';
import { pan, type Size, type View, zoomAt } from './view.ts';

export type PlacedAssets = {
  readonly ids: Uint32Array;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
};

const step = 60;
const zoomStep = 1.5;
/** A hand that trembles still clicks. */
const slip = 4;

/** The drawing itself. What stands on it is in the list beside it as well, for whoever cannot see it. */
export function MapCanvas({
  label,
  size,
  view,
  outlines,
  tiles,
  assets,
  incidents,
  chosenId,
  theme,
  onView,
  onHome,
  onIncidents,
  onAsset,
}: {
  readonly label: string;
  readonly size: Size;
  readonly view: View;
  readonly outlines: Outlines | undefined;
  readonly tiles: TilePainter | undefined;
  readonly assets: PlacedAssets | undefined;
  readonly incidents: readonly Placed<MapIncident>[];
  readonly chosenId: number | null;
  /** Drawn anew when it changes. */
  readonly theme: string;
  readonly onView: (change: (view: View) => View) => void;
  readonly onHome: () => void;
  readonly onIncidents: (incidents: readonly MapIncident[]) => void;
  readonly onAsset: (id: number) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const [painted, setPainted] = useState(0);
  const marks = clusterIncidents(incidents, view, size);
  const clusters = assets ? clusterPoints(assets, view, size) : [];

  useEffect(() => tiles?.onPaint(() => setPainted((count) => count + 1)), [tiles]);

  useEffect(() => {
    const element = canvas.current;
    const context = element ? prepare(element, size) : null;
    if (!element || !context) return;
    const colours = readColours(element);
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, size.width, size.height);
    tiles?.paint(context, view, size);
    if (outlines) drawGround(context, outlines, view, colours, tiles === undefined);
    drawAssets(context, clusters, colours);
    drawIncidents(context, marks, chosenId, colours);
  });

  // React listens to the wheel passively: the page would scroll as well.
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const at = { x: event.offsetX, y: event.offsetY };
      onView((current) => zoomAt(current, Math.exp(-event.deltaY * 0.0015), at));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onView]);

  function press(at: { readonly x: number; readonly y: number }): void {
    const mark = nearest(marks, at, 14);
    if (mark) {
      onIncidents(mark.incidents);
      return;
    }
    const cluster = nearest(clusters, at, 12);
    if (!cluster || !assets) return;
    if (cluster.count > 1) onView((current) => zoomAt(current, 2.5, at));
    else onAsset(assets.ids[cluster.first] ?? 0);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const centre = { x: size.width / 2, y: size.height / 2 };
    const moves: Readonly<Record<string, (current: View) => View>> = {
      ArrowLeft: (current) => pan(current, step, 0),
      ArrowRight: (current) => pan(current, -step, 0),
      ArrowUp: (current) => pan(current, 0, step),
      ArrowDown: (current) => pan(current, 0, -step),
      Equal: (current) => zoomAt(current, zoomStep, centre),
      NumpadAdd: (current) => zoomAt(current, zoomStep, centre),
      Minus: (current) => zoomAt(current, 1 / zoomStep, centre),
      NumpadSubtract: (current) => zoomAt(current, 1 / zoomStep, centre),
    };
    const move = moves[event.code];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === 'Home') onHome();
    else if (move) onView(move);
    else return;
    event.preventDefault();
  }

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>): void {
    const from = drag.current;
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < slip) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    onView((current) => pan(current, dx, dy));
  }

  function onPointerUp(event: PointerEvent<HTMLCanvasElement>): void {
    const from = drag.current;
    drag.current = null;
    if (from && !from.moved) press({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  }

  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      style={{ inlineSize: size.width, blockSize: size.height }}
      role="application"
      aria-label={label}
      tabIndex={0}
      data-painted={painted}
      data-theme={theme}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY, moved: false };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    />
  );
}

function nearest<T extends Pick<IncidentMark, 'x' | 'y'>>(
  marks: readonly T[],
  at: { readonly x: number; readonly y: number },
  reach: number,
): T | undefined {
  return marks
    .map((mark) => ({ mark, distance: Math.hypot(mark.x - at.x, mark.y - at.y) }))
    .filter(({ distance }) => distance <= reach)
    .toSorted((a, b) => a.distance - b.distance)[0]?.mark;
}

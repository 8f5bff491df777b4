import type { MapIncident } from '../../../shared/contract/reports.ts';
import type { Size, View } from './view.ts';

export type IncidentState = MapIncident['state'];

/** The first is the worst: a group wears it. */
export const statesByUrgency = [
  'overdue',
  'risk',
  'calm',
  'paused',
] as const satisfies readonly IncidentState[];

export type Placed<T> = { readonly item: T; readonly x: number; readonly y: number };

export type Cluster = {
  /** On the screen. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** Index of one of its members. */
  readonly first: number;
};

/** Things closer than this many pixels are one mark. */
const cell = 44;
const around = 40;

/**
 * Groups what is on the screen by squares of it. All points are looked at, which takes 2 ms for 130,000 of them: an
 * index would cost more to build than it saves.
 */
export function clusterPoints(
  points: { readonly xs: Float32Array; readonly ys: Float32Array },
  view: View,
  size: Size,
): readonly Cluster[] {
  const columns = Math.ceil((size.width + 2 * around) / cell) + 1;
  const cells = new Map<number, { x: number; y: number; count: number; first: number }>();
  for (const [index, planeX] of points.xs.entries()) {
    const x = (planeX - view.left) * view.scale;
    const y = ((points.ys[index] ?? 0) - view.top) * view.scale;
    if (!(x > -around && x < size.width + around && y > -around && y < size.height + around)) continue;
    const key = Math.floor((y + around) / cell) * columns + Math.floor((x + around) / cell);
    const found = cells.get(key);
    if (found) {
      found.x += x;
      found.y += y;
      found.count += 1;
    } else cells.set(key, { x, y, count: 1, first: index });
  }
  return [...cells.values()].map(({ x, y, count, first }) => ({ x: x / count, y: y / count, count, first }));
}

export type IncidentMark = {
  readonly x: number;
  readonly y: number;
  readonly state: IncidentState;
  readonly incidents: readonly MapIncident[];
};

/** Incidents grouped as points are; the worst of a group comes first in it. */
export function clusterIncidents(
  placed: readonly Placed<MapIncident>[],
  view: View,
  size: Size,
): readonly IncidentMark[] {
  const xs = Float32Array.from(placed, ({ x }) => x);
  const cells = Map.groupBy(
    placed.filter((_, index) => {
      const x = ((xs[index] ?? 0) - view.left) * view.scale;
      return x > -around && x < size.width + around;
    }),
    ({ x, y }) =>
      `${Math.floor(((x - view.left) * view.scale) / cell)}:${Math.floor(((y - view.top) * view.scale) / cell)}`,
  );
  return [...cells.values()].flatMap((members) => {
    const sorted = members.toSorted((a, b) => rankOf(a.item) - rankOf(b.item));
    const [worst] = sorted;
    if (!worst) return [];
    const mean = (read: (one: Placed<MapIncident>) => number) =>
      members.reduce((sum, one) => sum + read(one), 0) / members.length;
    return [
      {
        x: (mean(({ x }) => x) - view.left) * view.scale,
        y: (mean(({ y }) => y) - view.top) * view.scale,
        state: worst.item.state,
        incidents: sorted.map(({ item }) => item),
      },
    ];
  });
}

function rankOf({ state }: MapIncident): number {
  return statesByUrgency.indexOf(state);
}

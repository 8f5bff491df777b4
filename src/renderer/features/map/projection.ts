import { geoConicEquidistant, geoMercator, geoPath, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';

/** A flat picture of the earth, in units of its own; `view.ts` says which part of it is on the screen. */
export type Plane = {
  readonly kind: 'conic' | 'tiles';
  readonly project: (longitude: number, latitude: number) => readonly [x: number, y: number] | null;
  readonly width: number;
  readonly height: number;
  /** Where Russia lies in it. */
  readonly home: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type Outlines = {
  readonly home: Path2D;
  readonly land: Path2D;
  readonly borders: Path2D;
};

type Topology = Parameters<typeof feature>[0];

export const planeSize = 1000;
/** The plane is cut at the meridian opposite this one: in the Pacific, so that Chukotka stays whole. */
export const middleLongitude = 100;

/**
 * Without tiles a conic equidistant projection between 52° and 64° north, which hardly distorts Russia; with tiles the
 * one they are cut in.
 */
export function createPlane(kind: Plane['kind']): Plane {
  const projection = kind === 'conic' ? conic() : mercator();
  const corner = (longitude: number, latitude: number) => projection([longitude, latitude]) ?? [0, 0];
  const home =
    kind === 'conic'
      ? { x: 0, y: 0, width: planeSize, height: planeSize * 0.62 }
      : boxOf([corner(19, 41), corner(-170, 78), corner(100, 80)]);
  return {
    kind,
    width: planeSize,
    height: planeSize,
    home,
    project: (longitude, latitude) => projection([longitude, latitude]),
  };
}

function conic(): GeoProjection {
  return geoConicEquidistant()
    .rotate([-middleLongitude, 0])
    .parallels([52, 64])
    .fitExtent(
      [
        [0, 0],
        [planeSize, planeSize * 0.62],
      ],
      {
        type: 'MultiPoint',
        coordinates: [
          [20, 55],
          [38, 43.5],
          [48, 41.5],
          [58, 81],
          [104, 78],
          [104, 50],
          [132, 42.5],
          [180, 65],
          [-170, 66],
        ],
      },
    );
}

function mercator(): GeoProjection {
  return geoMercator()
    .rotate([-middleLongitude, 0])
    .scale(planeSize / (2 * Math.PI))
    .translate([planeSize / 2, planeSize / 2]);
}

function boxOf(points: readonly (readonly [number, number])[]): Plane['home'] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The bundled outlines as paths of that plane; drawn once, shown at any zoom. */
export async function loadOutlines(kind: Plane['kind']): Promise<Outlines> {
  const { default: topology } = await import('./outlines.json');
  const path = geoPath(kind === 'conic' ? conic() : mercator());
  const drawn = (name: string): Path2D => {
    // The bundler types the numbers of a file one by one; what was written is TopoJSON.
    const whole = topology as unknown as Topology;
    const object = whole.objects[name];
    return new Path2D(object ? (path(feature(whole, object)) ?? '') : '');
  };
  return { home: drawn('home'), land: drawn('land'), borders: drawn('borders') };
}

import { describe, expect, test } from 'vitest';
import type { MapIncident } from '../../../shared/contract/reports.ts';
import { clusterIncidents, clusterPoints } from './clusters.ts';
import { createPlane } from './projection.ts';
import { tilesOf } from './tiles.ts';
import { centred, fit, pan, zoomAt } from './view.ts';

const size = { width: 800, height: 600 };

describe('a view', () => {
  test('keeps what is under the pointer under it while zooming', () => {
    const before = { left: 100, top: 50, scale: 2 };
    const at = { x: 300, y: 200 };

    const after = zoomAt(before, 1.7, at);

    expect(after.left + at.x / after.scale).toBeCloseTo(before.left + at.x / before.scale);
    expect(after.top + at.y / after.scale).toBeCloseTo(before.top + at.y / before.scale);
  });

  test('moves with the hand, fits a box and never zooms out of reach', () => {
    expect(pan({ left: 10, top: 10, scale: 2 }, 20, -40)).toEqual({ left: 0, top: 30, scale: 2 });
    const view = fit({ x: 0, y: 0, width: 1000, height: 620 }, size);
    expect([view.left * view.scale, view.scale * 1000]).toEqual(
      [-12, 776].map((value) => expect.closeTo(value, 5)),
    );
    expect(zoomAt(view, 1e9, { x: 0, y: 0 }).scale).toBe(20_000);
  });
});

describe('the plane', () => {
  test.each(['conic', 'tiles'] as const)(
    'of %s has Kaliningrad in the west and Chukotka in the east',
    (kind) => {
      const plane = createPlane(kind);
      const [west, moscow, east] = [
        plane.project(20.5, 54.7),
        plane.project(37.6, 55.7),
        plane.project(-173, 64.4),
      ];

      expect(west![0]).toBeLessThan(moscow![0]);
      expect(moscow![0]).toBeLessThan(east![0]);
      for (const [x, y] of [west!, moscow!, east!]) {
        expect(x).toBeGreaterThanOrEqual(plane.home.x - 20);
        expect(x).toBeLessThanOrEqual(plane.home.x + plane.home.width + 20);
        expect(y).toBeGreaterThanOrEqual(plane.home.y - 20);
        expect(y).toBeLessThanOrEqual(plane.home.y + plane.home.height + 20);
      }
    },
  );
});

describe('groups', () => {
  const view = centred(500, 300, 1, size);

  test('hold every point on the screen once and none outside of it', () => {
    const xs = Float32Array.from({ length: 5000 }, (_, index) => (index * 37) % 2000);
    const ys = Float32Array.from({ length: 5000 }, (_, index) => (index * 91) % 1500);

    const clusters = clusterPoints({ xs, ys }, view, size);

    const onScreen = [...xs].filter((x, index) => {
      const [dx, dy] = [x - view.left, ys[index]! - view.top];
      return dx > -40 && dx < 840 && dy > -40 && dy < 640;
    });
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(onScreen.length);
  });

  test('of incidents wear the worst state of theirs', () => {
    const incident = (id: number, state: MapIncident['state']): MapIncident => ({
      id,
      code: `PLT-${id}`,
      title: '',
      state,
      position: [37, 55],
      assetId: null,
      dueAt: null,
    });
    const placed = [incident(1, 'calm'), incident(2, 'overdue'), incident(3, 'paused')].map((item) => ({
      item,
      x: 510,
      y: 310,
    }));

    const [mark, ...others] = clusterIncidents(placed, view, size);

    expect(others).toEqual([]);
    expect([mark!.state, mark!.incidents.map(({ id }) => id)]).toEqual(['overdue', [2, 1, 3]]);
  });
});

test('tiles cover the screen, and the one with Moscow is the one its server calls so', () => {
  const [x, y] = createPlane('tiles').project(37.6, 55.75)!;
  // A tile of zoom 5 drawn at its own size.
  const scale = (256 * 2 ** 5) / 1000;

  const tiles = tilesOf('https://tiles.example/{z}/{x}/{y}.png', centred(x, y, scale, size), size);

  const under = tiles.find(
    (tile) => tile.x <= 400 && tile.x + tile.size > 400 && tile.y <= 300 && tile.y + tile.size > 300,
  );
  expect(under!.url).toBe('https://tiles.example/5/19/10.png');
  expect(Math.min(...tiles.map((tile) => tile.x))).toBeLessThanOrEqual(0);
  expect(Math.max(...tiles.map((tile) => tile.x + tile.size))).toBeGreaterThanOrEqual(800);
  expect(Math.max(...tiles.map((tile) => tile.y + tile.size))).toBeGreaterThanOrEqual(600);
});

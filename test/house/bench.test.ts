import { expect, test, vi } from 'vitest';
import { type Figure, percentile } from '../../tools/bench/figures.ts';
import { printFigure } from '../../tools/bench/report.ts';

const search: Figure = {
  part: 'c',
  name: 'search, p95',
  value: 30,
  unit: 'ms',
  limit: { kind: 'most', value: 30 },
  note: 'n = 200',
};

function printed(figure: Figure): unknown {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    printFigure(figure);
    return log.mock.calls[0]?.[0];
  } finally {
    log.mockRestore();
  }
}

test('each promised figure is printed as met or missed, a told one as neither', () => {
  const least = { kind: 'least', value: 50 } as const;
  const { limit: _limit, ...told } = search;

  expect(printed(search)).toBe('MET    (c) search, p95: 30 ms (≤ 30 ms) — n = 200');
  expect(printed({ ...search, value: 30.1 })).toMatch(/^MISSED /);
  expect(printed({ ...search, value: 50, unit: '%', limit: least })).toMatch(/^MET .*≥ 50 %/);
  expect(printed({ ...search, value: 49.9, limit: least })).toMatch(/^MISSED /);
  expect(printed(told)).toMatch(/^— .* 30 ms — n = 200$/);
});

test('a figure that could not be measured is missed', () => {
  expect(printed({ ...search, value: Number.NaN })).toMatch(/^MISSED .*NaN/);
});

test('a percentile is a value that was measured, and never too small a one', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);

  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1)]).toEqual([50, 95, 100]);
  expect(percentile([7], 0.99)).toBe(7);
});

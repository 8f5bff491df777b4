import { expect, test } from 'vitest';
import type { Format } from '../format.ts';
import { waitText } from './wait-text.ts';

const format = { age: (ms: number) => `${ms / 1000}s` } as Format;

test('a wait is told to the second, each part by itself', () => {
  expect(waitText(30, format)).toBe('30s');
  expect(waitText(60, format)).toBe('60s');
  expect(waitText(90, format)).toBe('60s 30s');
  expect(waitText(5430, format)).toBe('3600s 1800s 30s');
});

import { expect, test } from 'vitest';
import { tileOrigin } from './tile-address.ts';

test('an address of tiles names the one origin a page may fetch pictures from', () => {
  expect(tileOrigin('https://tiles.example/{z}/{x}/{y}.png')).toBe('https://tiles.example');
  expect(tileOrigin('http://10.0.0.5:8080/t/{z}/{x}/{y}')).toBe('http://10.0.0.5:8080');
});

test.each([
  ['', 'is empty'],
  ['https://tiles.example/map.png', 'has no places for a tile'],
  ['javascript:alert({z}{x}{y})', 'is no address of the web'],
  ["https://tiles.example'; script-src *; {z}/{x}/{y}", 'would add to the policy of the page'],
  ['https://*/{z}/{x}/{y}', 'would allow every server'],
  ['https://{z}.tiles.example/{x}/{y}', 'leaves its server open'],
  ['https://user:key@tiles.example/{z}/{x}/{y}', 'carries a password'],
])('%j is none: it %s', (address) => {
  expect(tileOrigin(address)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { addAddresses, readAddresses } from './address-text.ts';

test('reads a pasted list with names, commas, semicolons and line ends', () => {
  const { addresses, rest } = readAddresses(
    'Смена <noc@tele-op.example>; "Волга, бригада" <brigade@volga.example>\nboss@nb.example,',
  );

  expect(addresses).toEqual([
    { name: 'Смена', address: 'noc@tele-op.example' },
    { name: 'Волга, бригада', address: 'brigade@volga.example' },
    { name: '', address: 'boss@nb.example' },
  ]);
  expect(rest).toBe('');
});

test('keeps what is not an address for the person to mend', () => {
  const { addresses, rest } = readAddresses('noc@tele-op.example, дежурный, boss@nb');

  expect(addresses).toHaveLength(1);
  expect(rest).toBe('дежурный, boss@nb');
});

test('never lists one mailbox twice', () => {
  const list = [{ name: 'Смена', address: 'noc@tele-op.example' }];

  expect(addAddresses(list, [{ name: '', address: 'NOC@tele-op.example' }])).toBe(list);
});

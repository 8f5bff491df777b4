import { expect, test } from 'vitest';
import { addressKey } from './address-key.ts';

test.each([
  ['phone', '+7 900 555-01-12', '8 (900) 555 01 12'],
  ['phone', '9005550112', '+79005550112'],
  ['whatsapp', '+7 900 555-01-12', '79005550112'],
  ['email', ' Crew@Tower.example ', 'crew@tower.example'],
  ['telegram', '@Crew_Seven', 'crew_seven'],
  ['push', 'ntfy:crew-7f3a', 'crew-7f3a'],
] as const)('two spellings of one %s are one address: %s', (kind, one, other) => {
  expect(addressKey(kind, one)).toBe(addressKey(kind, other));
});

test('topics of push differ by the case of their letters', () => {
  expect(addressKey('push', 'ntfy:Crew')).not.toBe(addressKey('push', 'ntfy:crew'));
});

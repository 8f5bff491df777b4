import { expect, test } from 'vitest';
import { decompressRtf } from './compressed-rtf.ts';

test('the example of the format’s own specification is unpacked', () => {
  const packed = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3' + '2068656c090020627705b06c647d0a800fa0',
    'hex',
  );

  const rtf = decompressRtf(packed);

  expect(Buffer.from(rtf ?? []).toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
});

test('bytes that are no packed RTF are left alone', () => {
  expect(decompressRtf(Buffer.alloc(40))).toBeUndefined();
  expect(decompressRtf(Buffer.from('short'))).toBeUndefined();
});

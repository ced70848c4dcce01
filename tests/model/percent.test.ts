import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLoosely } from '../../model/percent.ts';

test('undoes what percent-encoding did', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeLoosely(encodeURIComponent(text))).toBe(text);
    }),
  );
});

test.each(['%', '%zz', 'a%ff', '/sinks/%', '100%'])('%j is malformed and stays', (text) => {
  expect(decodeLoosely(text)).toBe(text);
});

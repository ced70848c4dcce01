import { expect, test } from 'vitest';
import { copyStart } from '../../engine/copy-start.ts';

test('a short text stays, a long one is cut on a whole character', () => {
  expect(copyStart('abc', 3)).toBe('abc');
  expect(copyStart('abcd', 3)).toBe('abc');
  expect(copyStart('ab\u{1f600}', 3)).toBe('ab');
  expect(copyStart('\udc00\ud800bcd', 3)).toBe('\udc00\ud800b');
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { copyStart } from '../../model/copy-start.ts';

test('a short text stays, a long one is cut on a whole character', () => {
  expect(copyStart('abc', 3)).toBe('abc');
  expect(copyStart('abcd', 3)).toBe('abc');
  expect(copyStart('ab\u{1f600}', 3)).toBe('ab');
  expect(copyStart('\udc00\ud800bcd', 3)).toBe('\udc00\ud800b');
});

test('the start of a text does not keep the rest of it in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: string[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 50; at += 1) kept.push(copyStart(`${at}`.padEnd(1_000_000, 'x').toLowerCase(), 4096));
  collect();
  expect(kept).toHaveLength(50);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
});

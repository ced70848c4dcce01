import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRunId, runStartOf } from '../../runner/run-id.ts';

const FIRST = Date.UTC(2026, 10, 1);

test('a run id says when the run began, to the minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: FIRST, max: Date.UTC(2080, 0, 1) }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (now, random) => {
        const id = newRunId(now, () => random);
        expect(id).toMatch(/^[0-9a-z]{10}$/);
        expect(runStartOf(`ecc-${id}-sinks-main`)).toBe(Math.floor(now / 60_000) * 60_000);
      },
    ),
  );
});

test('two runs of the same minute differ', () => {
  expect(new Set(Array.from({ length: 50 }, () => newRunId(FIRST))).size).toBeGreaterThan(45);
});

test.each([
  '',
  'ecc',
  'ecc-',
  'ecc-database1-main',
  'ecc-test00-sinks-main',
  'orders',
  `x-ecc-${newRunId(FIRST)}-a`,
  `ecc-${newRunId(FIRST)}`,
  `ecc-${newRunId(FIRST - 60_000)}-before-there-were-such-names`,
])('%j is no name of ours', (name) => {
  expect(runStartOf(name)).toBeUndefined();
});

test('a name of ours with one character changed is not ours any more, but for a chance of one in a thousand', () => {
  const id = newRunId(FIRST, () => 0.5);
  const changed = [...id].map(
    (character, at) => `ecc-${id.slice(0, at)}${character === 'x' ? 'y' : 'x'}${id.slice(at + 1)}-a`,
  );
  expect(changed.filter((name) => runStartOf(name) !== undefined)).toEqual([]);
});

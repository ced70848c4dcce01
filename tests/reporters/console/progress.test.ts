import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../judge/finding.ts';
import { createPen } from '../../../reporters/console/pen.ts';
import { estimateLeft, progressLine } from '../../../reporters/console/progress.ts';

const outcomes = new Map<string, Outcome>([
  ['a', 'pass'],
  ['b', 'pass'],
  ['c', 'fail'],
  ['d', 'untestable'],
]);
const pen = createPen(false, 80);

describe('the time left', () => {
  test('goes by the pace so far', () => {
    expect(estimateLeft({ total: 16, outcomes, elapsedMs: 10_000 })).toBe(30_000);
  });

  test('goes by the requests while some are left, since cells differ in what they take', () => {
    expect(estimateLeft({ total: 16, outcomes, elapsedMs: 10_000, share: 0.5 })).toBe(10_000);
    expect(estimateLeft({ total: 16, outcomes: new Map(), elapsedMs: 10_000, share: 0.1 })).toBe(90_000);
    expect(estimateLeft({ total: 16, outcomes, elapsedMs: 10_000, share: 1 })).toBe(30_000);
  });

  test('is not guessed too early, nor where nothing is left', () => {
    expect(estimateLeft({ total: 16, outcomes, elapsedMs: 1000 })).toBeUndefined();
    expect(estimateLeft({ total: 16, outcomes: new Map(), elapsedMs: 10_000 })).toBeUndefined();
    expect(estimateLeft({ total: 4, outcomes, elapsedMs: 10_000 })).toBeUndefined();
    expect(estimateLeft({ total: 0, outcomes: new Map(), elapsedMs: 10_000 })).toBeUndefined();
  });
});

test('the line counts by outcome, and rounds what is left up to whole seconds', () => {
  expect(progressLine({ total: 16, outcomes, elapsedMs: 10_100 }, pen)).toBe(
    '4 of 16 cells  ✓ 2 pass  ✗ 1 fail  ? 1 untested  about 31 s left',
  );
  expect(progressLine({ total: 1604, outcomes, elapsedMs: 10_000 }, pen)).toContain('about 66 min 40 s left');
  expect(progressLine({ total: 4, outcomes, elapsedMs: 10 }, createPen(false, 20))).toHaveLength(20);
});

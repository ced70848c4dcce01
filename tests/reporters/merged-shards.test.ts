import type { Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { describe, expect, test } from 'vitest';
import type { CellOutcome } from '../../engine/build-report.ts';
import { isBesideAnother, spanOf, whyUnsure } from '../../reporters/merged-shards.ts';

const outcomeWith = (...checks: string[]) => ({ findings: checks.map((check) => ({ check })) }) as CellOutcome;

/** A test in a file of a blob, as Playwright hands it over. */
function testIn(blob: Suite): TestCase {
  return { parent: { type: 'file', parent: blob } as Suite } as TestCase;
}

const [one, other] = ['one', 'other'].map((title) => ({ type: 'project', title }) as Suite);

const span = (blob: Suite | undefined, second: number) =>
  spanOf(testIn(blob as Suite), { startTime: new Date(second * 1000), duration: 1000 } as TestResult);

describe('a test beside those of another shard', () => {
  test.each<[string, ReturnType<typeof span>, boolean]>([
    ['at the same time', span(other, 10), true],
    ['a little earlier', span(other, 9.5), true],
    ['a little later', span(other, 10.5), true],
    ['before', span(other, 9), false],
    ['after', span(other, 11), false],
    ['at the same time, in its own shard', span(one, 10), false],
  ])('%s', (_, beside, expected) => {
    expect(isBesideAnother(span(one, 10), [span(one, 10), beside])).toBe(expected);
  });
});

describe('a limit that was met again after the announced wait', () => {
  test('says nothing about the API while another shard was under way', () => {
    expect(whyUnsure(outcomeWith('fields-429', 'retry-after-honoured'), true)).toMatch(/^another shard was under way /);
  });

  test('is held against it otherwise, as everything else is', () => {
    expect(whyUnsure(outcomeWith('retry-after-honoured'), false)).toBeUndefined();
    expect(whyUnsure(outcomeWith('fields-429'), true)).toBeUndefined();
    expect(whyUnsure(undefined, true)).toBeUndefined();
  });
});

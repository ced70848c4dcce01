import type { Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { describe, expect, test } from 'vitest';
import type { CellOutcome } from '../../judge/cell-outcome.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { isBesideAnother, spanOf, withoutRecovery } from '../../reporters/merged-shards.ts';
import { sampleExchange } from '../judge/sample-exchange.ts';
import { LAW, sampleCase } from '../judge/sample-law.ts';

/** The judged cell of a burst whose request is answered so after the announced wait. */
function burst(after: number, first: Parameters<typeof sampleExchange>[1] = {}): CellOutcome {
  const sent = sampleCase({ expected: [429] });
  const exchanges = [{ exchange: sampleExchange(429, first) }, { exchange: sampleExchange(after), waitedMs: 1000 }];
  return { ...judgeCell('getSink', 429, [{ case: sent, exchanges }], LAW), controls: [] };
}

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
  test('is held against the API, but for a shard that was under way beside it', () => {
    const again = burst(429);
    expect(again.findings.map(({ check }) => check)).toEqual(['retry-after-honoured']);
    expect(again.record).toMatchObject({ outcome: 'warn', counts: { warn: 1, pass: 0 } });
    const unjudged = withoutRecovery(again);
    expect(unjudged.record).toMatchObject({
      outcome: 'pass',
      counts: { warn: 0, pass: 1 },
      cases: [{ outcome: 'pass' }],
    });
    expect(unjudged.findings).toEqual([]);
    expect(unjudged.tally).not.toHaveProperty('retry-after-honoured');
    expect({ ...unjudged.tally, 'retry-after-honoured': { judged: 1, broken: 1 } }).toEqual(again.tally);
  });

  test('does not excuse anything else', () => {
    const bad = withoutRecovery(burst(429, { body: { oops: 1 } }));
    expect(bad.record.outcome).toBe('fail');
    expect(bad.findings.length).toBeGreaterThan(0);
    const fine = burst(200);
    expect(withoutRecovery(fine)).toBe(fine);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import { type Reference, startReference } from '../../reference/server.ts';
import type { Report } from '../../report/report.ts';
import { newRunId } from '../../runner/run-id.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { cellsThat, expectSoundReport, listEverything } from './support.ts';

/** A report without the run and the limits that were met, because the second run begins where the burst of the first one ended. */
function settled({ run: _, retries, evidence: all, ...rest }: Report): unknown {
  rest.exchanges -= retries.limits + retries.connections;
  const kept = new Set(rest.cells.map(({ sample }) => sample));
  const evidence = all.filter((_each, index) => kept.has(index));
  return { ...rest, evidence };
}

describe('the unmutated reference', () => {
  let reference: Reference;
  let before: unknown;
  let first: Report;
  let second: Report;
  let after: unknown;

  beforeAll(async () => {
    reference = await startReference();
    // On a busy machine much of the bucket comes back while it is emptied.
    const profile = { ...loadTarget('reference'), rateLimit: { maxRequests: 6000, maxWaitMs: 2000 } };
    before = await listEverything(reference);
    first = await runSuite(reference, { run: newRunId(), profile });
    second = await runSuite(reference, { run: newRunId(), profile });
    after = await listEverything(reference);
  }, 120_000);
  afterAll(() => reference.close());

  test('holds the whole contract, without a finding of any level', () => {
    expect(first.verdict).toBe('conformant');
    expect(first.findings).toEqual([]);
    expect(first.errors).toEqual([]);
    expect(first.clauses.filter((clause) => clause.broken > 0)).toEqual([]);
  });

  test('is made to answer with all nine statuses for its own reasons, wherever they can occur', () => {
    expect(Object.keys(first.statuses)).toEqual(['400', '401', '403', '404', '422', '429', '500', '501', '504']);
    for (const [status, record] of Object.entries(first.statuses)) {
      expect(record.applicable, status).toBeGreaterThan(0);
      expect(record, status).toMatchObject({ outcome: 'pass', provoked: record.applicable, simulated: 0, error: 0 });
    }
    expect(cellsThat(first, 'pass')).toHaveLength(174);
  });

  test('leaves no cell without an outcome, and says why where one cannot occur', () => {
    expect(cellsThat(first, 'pass', 'not-applicable')).toHaveLength(first.cells.length);
    expectSoundReport(first);
  });

  test('lets every control hold', () => {
    expect(first.controls.length).toBeGreaterThan(100);
    expect(first.controls.filter((control) => !control.held)).toEqual([]);
  });

  test('has the same objects afterwards as before', () => {
    expect(after).toEqual(before);
  });

  test('gives the same report twice, apart from the run itself', () => {
    expect(settled(second)).toEqual(settled(first));
  });
});

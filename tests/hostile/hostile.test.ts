import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../report/report.ts';
import { findUnsound } from '../../selfcheck/soundness.ts';
import { HOSTILE } from './catalogue.ts';
import { expectInert, HIDDEN } from './expect-inert.ts';
import { failuresOf, faultsOf, isRightVerdict } from './faults.ts';
import type { Hostile } from './hostile.ts';
import { runAll, type Seen } from './run-hostile.ts';

/** The most memory that a process may need, in megabytes. */
const MOST_MB = 400;

/** The longest that a run may take, in milliseconds: generous, since the machine may have more to do. */
const LONGEST_MS = 60_000;

let all: ReturnType<typeof runAll>;
beforeAll(() => {
  all = runAll(HOSTILE);
});
afterAll(() => all.stop());

test('at least 50, each with a name of its own', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(50);
  expect(new Set(HOSTILE.map(({ id }) => id)).size).toBe(HOSTILE.length);
  for (const { id } of HOSTILE) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

const EACH = HOSTILE.map((server) => [server.does, server] as const);

/** What came of a run against a server. */
async function see({ id }: Hostile): Promise<Seen> {
  return (await all.seen.get(id)) as Seen;
}

describe('whatever a server does, the run ends in time and memory and knows whose fault it was', () => {
  test.each(EACH)('%s', async (_, server) => {
    const seen = await see(server);
    if (server.alteration?.answer) expect(seen.met).toBeGreaterThan(0);
    expect(faultsOf(seen)).toEqual([server.fault, server.besides].filter((each) => each && each !== 'nobody'));
    expect(seen.ms).toBeLessThan(LONGEST_MS);
    expect(seen.peakMb).toBeGreaterThan(0);
    expect(seen.peakMb).toBeLessThan(MOST_MB);
    if ('sentence' in seen) expect(seen.sentence).toContain(server.says ?? 'that no run can begin is not expected');
    else expectRight(server, seen.report);
  });
});

describe('console and page show what a server wrote and do nothing that it says', () => {
  test.each(EACH)('%s', async (_, server) => {
    const seen = await see(server);
    if ('sentence' in seen) expect(seen.sentence).not.toMatch(HIDDEN);
    else expectInert(seen);
  });
});

describe('no server makes the run send a request or a header of its choosing', () => {
  test.each(EACH)('%s', async (_, server) => {
    expect((await see(server)).strayed).toEqual([]);
  });
});

describe('what a run has made is gone, or named', () => {
  test.each(EACH)('%s', async (_, server) => {
    const seen = await see(server);
    // What only this run has stands apart in a report, so that two of them can be compared.
    const said = 'sentence' in seen ? seen.sentence : JSON.stringify([seen.report.errors, seen.report.run.values]);
    for (const id of seen.left) expect(said).toContain(id);
    if (server.tells === undefined || 'sentence' in seen) return;
    const { errors, unasked = [], cells } = seen.report;
    const reasons = cells.flatMap((cell) => [cell, ...cell.cases]).map((each) => each.reason ?? '');
    expect([...errors, ...unasked, ...reasons].filter((each) => each.includes(server.tells ?? ''))).not.toEqual([]);
  });
});

/** Asserts that a report holds what the server did against whom it should, and nothing that was not earned. */
function expectRight({ fault, failure, checks = [], reason, says }: Hostile, report: Report): void {
  expect(says).toBeUndefined();
  expect(findUnsound(report)).toEqual([]);
  expect(isRightVerdict(report, fault), report.verdict).toBe(true);
  expect([...new Set(report.findings.map(({ check }) => check))]).toEqual(expect.arrayContaining([...checks]));
  if (failure) expect(failuresOf(report)).toContain(failure);
  const reasons = report.cells.flatMap((cell) => [cell, ...cell.cases]).map((each) => each.reason ?? '');
  if (reason !== undefined) expect(reasons.filter((each) => each.includes(reason))).not.toEqual([]);
}

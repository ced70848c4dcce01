import { describe, expect, test } from 'vitest';
import type { CellRecord, Finding, Outcome } from '../../judge/finding.ts';
import { compareReports } from '../../report/changes.ts';
import type { Report } from '../../report/report.ts';
import { makeReport } from '../reporters/sample-report.ts';

const sample = makeReport(2);
const [someFinding] = sample.findings;
const [someCell] = sample.cells;

/** A report of the given cells and findings; every finding is `check operation status`. */
function report(cells: Record<string, Outcome>, findings: string[], change: Partial<Finding> = {}): Report {
  const places = Object.entries(cells).map(([place, outcome]): CellRecord => {
    const [operation = '', status] = place.split(' ');
    return { ...(someCell as CellRecord), operation, status: Number(status), outcome, reason: 'because' };
  });
  const found = findings.map((each): Finding => {
    const [check = '', operation = '', status] = each.split(' ');
    const { intermittent: _, ...plain } = someFinding as Finding;
    const known = { level: 'MUST', set: 'contract', provenance: 'organic' } as const;
    return { ...plain, ...known, check, operation, status: Number(status), ...change };
  });
  return { ...sample, cells: places, findings: found };
}

/** The changes, by what they name. */
function changes(before: Report, after: Report) {
  const { new: fresh, fixed, still, lost } = compareReports(before, after);
  const name = ({ check, operation, status }: (typeof fresh)[number]) => `${check} ${operation} ${status}`;
  return {
    new: fresh.map(name),
    fixed: fixed.map(name),
    still: still.map(name),
    lost: lost.map((each) => each.operation),
  };
}

const NONE = { new: [], fixed: [], still: [], lost: [] };

describe('what changed', () => {
  test('is nothing between a report and itself', () => {
    const { still, ...rest } = compareReports(sample, sample);
    expect(rest).toMatchObject({ new: [], fixed: [], lost: [] });
    expect(still.length).toBeGreaterThan(0);
  });

  test('is what is new, what is fixed and what is still there, each check once for each cell', () => {
    const before = report({ 'a 400': 'fail', 'b 404': 'fail' }, ['x a 400', 'y a 400', 'z b 404']);
    const after = report({ 'a 400': 'fail', 'b 404': 'pass' }, ['x a 400', 'x a 400', 'w a 400']);
    expect(changes(before, after)).toEqual({
      new: ['w a 400'],
      fixed: ['y a 400', 'z b 404'],
      still: ['x a 400'],
      lost: [],
    });
  });

  test.each<Outcome>(['untestable', 'error'])('is not fixed where nothing was provoked: %s', (outcome) => {
    const before = report({ 'a 400': 'fail' }, ['x a 400']);
    expect(changes(before, report({ 'a 400': outcome }, []))).toEqual({ ...NONE, lost: ['a'] });
  });

  test('is not lost what was never tested, nor what cannot occur any more', () => {
    const before = report({ 'a 400': 'untestable', 'b 404': 'pass' }, []);
    expect(changes(before, report({ 'a 400': 'untestable', 'b 404': 'not-applicable' }, []))).toEqual(NONE);
  });

  test('leaves notes out', () => {
    expect(changes(report({}, []), report({ 'a 400': 'pass' }, ['x a 400'], { level: 'MAY' }))).toEqual(NONE);
  });

  test.each<[Partial<Finding>, boolean]>([
    [{}, true],
    [{ level: 'SHOULD' }, false],
    [{ set: 'hygiene' }, false],
    [{ provenance: 'gateway' }, false],
    [{ intermittent: { seen: 1, tries: 10 } }, false],
    [{ intermittent: { seen: 2, tries: 10 } }, true],
  ])('says whether it decides the verdict: %j', (change, counted) => {
    const after = report({ 'a 400': 'fail' }, ['x a 400'], change);
    expect(
      compareReports(report({}, []), { ...after, target: { ...after.target, counts: ['contract'] } }).new,
    ).toMatchObject([{ counted }]);
  });
});

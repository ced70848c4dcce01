import { describe, expect, test } from 'vitest';
import type { CaseRecord, CellRecord, Finding, Outcome } from '../../judge/finding.ts';
import { compareReports } from '../../report/changes.ts';
import type { Report } from '../../report/report.ts';
import { makeReport } from '../reporters/sample-report.ts';

const sample = makeReport(2);
const [someFinding] = sample.findings;
const [someCell] = sample.cells;
const [someCase] = sample.cells.flatMap(({ cases }) => cases);

type Told = { operation: string; status: number; outcome: Outcome; sent?: string[]; kinds?: string[] };

/** A cell in which some provocations were sent. */
function cell({ operation, status, outcome, sent = ['p'], kinds }: Told): CellRecord {
  const isProvoked = ['pass', 'warn', 'fail'].includes(outcome);
  return {
    ...(someCell as CellRecord),
    operation,
    status,
    outcome,
    reason: 'because',
    ...(kinds && { probes: { sent: 1, broken: 0, statuses: {}, kinds } }),
    cases: sent.map((provocation): CaseRecord => {
      const known = { provocation, condition: 'invalid-body' } as const;
      return { ...(someCase as CaseRecord), ...known, outcome: isProvoked ? 'pass' : 'untestable' };
    }),
  };
}

function finding(change: Partial<Finding>): Finding {
  const { intermittent: _, condition: __, ...plain } = someFinding as Finding;
  const known = { level: 'MUST', set: 'contract', provenance: 'organic', provocation: 'p', seen: '400' } as const;
  return { ...plain, ...known, condition: 'invalid-body', place: '', ...change };
}

const told = (cells: CellRecord[], findings: Finding[] = [], change: Partial<Report> = {}): Report => ({
  ...sample,
  errors: [],
  cells,
  findings,
  ...change,
});

/** A report of the given cells and findings; every finding is `check operation status`. */
function report(cells: Record<string, Outcome>, findings: string[], change: Partial<Finding> = {}): Report {
  const places = Object.entries(cells).map(([place, outcome]) => {
    const [operation = '', status] = place.split(' ');
    return cell({ operation, status: Number(status), outcome });
  });
  const found = findings.map((each) => {
    const [check = '', operation = '', status] = each.split(' ');
    return finding({ check, operation, status: Number(status), ...change });
  });
  return told(places, found);
}

/** The changes, by what they name. */
function changes(before: Report, after: Report) {
  const { new: fresh, firstSeen, fixed, still, lost } = compareReports(before, after);
  const name = ({ check, operation, status }: (typeof fresh)[number]) => `${check} ${operation} ${status}`;
  return {
    new: fresh.map(name),
    firstSeen: firstSeen.map(name),
    fixed: fixed.map(name),
    still: still.map(name),
    lost: lost.map((each) => each.operation),
  };
}

const NONE = { new: [], firstSeen: [], fixed: [], still: [], lost: [] };

describe('what changed', () => {
  test('is nothing between a report and itself', () => {
    const { still, ...rest } = compareReports(sample, sample);
    expect(rest).toMatchObject({ new: [], firstSeen: [], fixed: [], lost: [] });
    expect(rest).not.toHaveProperty('errors');
    expect(still.length).toBeGreaterThan(0);
  });

  test('is what is new, what is fixed and what is still there, each defect once', () => {
    const before = report({ 'a 400': 'fail', 'b 404': 'fail' }, ['x a 400', 'y a 400', 'z b 404']);
    const after = report({ 'a 400': 'fail', 'b 404': 'pass' }, ['x a 400', 'x a 400', 'w a 400']);
    expect(changes(before, after)).toEqual({
      ...NONE,
      new: ['w a 400'],
      fixed: ['y a 400', 'z b 404'],
      still: ['x a 400'],
    });
    expect(compareReports(before, after).still).toMatchObject([{ findings: 2 }]);
  });

  test.each<[string, Partial<Finding>]>([
    ['another status', { seen: '200' }],
    ['another place', { place: '/summary' }],
    ['another provocation', { provocation: 'q' }],
  ])('is new in a cell that was red already: %s', (_, change) => {
    const red = cell({ operation: 'a', status: 400, outcome: 'fail', sent: ['p', 'q'] });
    const known = finding({ check: 'x', operation: 'a', status: 400 });
    expect(changes(told([red], [known]), told([red], [known, { ...known, ...change }]))).toEqual({
      ...NONE,
      new: ['x a 400'],
      still: ['x a 400'],
    });
  });

  test('is not new but first seen what nobody looked at before', () => {
    const [before, after] = [
      cell({ operation: 'a', status: 400, outcome: 'pass' }),
      cell({ operation: 'a', status: 400, outcome: 'fail', sent: ['p', 'q'] }),
    ];
    const found = finding({ check: 'x', operation: 'a', status: 400, provocation: 'q' });
    expect(changes(told([before]), told([after], [found]))).toEqual({ ...NONE, firstSeen: ['x a 400'] });
    // Nor is it fixed when nobody looks any more.
    expect(changes(told([after], [found]), told([before]))).toEqual(NONE);
  });

  test('is new of a kind of probe only where that kind was sent before', () => {
    const probed = (...kinds: string[]) => cell({ operation: 'a', status: 422, outcome: 'pass', kinds });
    const found = finding({ check: 'x', operation: 'a', status: 422, provocation: 'generated', kind: 'url null' });
    const after = told([probed('url null', 'url type-array')], [found]);
    expect(changes(told([probed('url null')]), after)).toEqual({ ...NONE, new: ['x a 422'] });
    expect(changes(told([probed('url type-array')]), after)).toEqual({ ...NONE, firstSeen: ['x a 422'] });
    expect(changes(told([probed('url type-array')], [found]), after)).toEqual({ ...NONE, still: ['x a 422'] });
  });

  test.each<Outcome>(['untestable', 'error'])('is not fixed where nothing was provoked: %s', (outcome) => {
    const before = report({ 'a 400': 'fail' }, ['x a 400']);
    expect(changes(before, report({ 'a 400': outcome }, []))).toEqual({ ...NONE, lost: ['a'] });
  });

  test.each<Outcome>(['untestable', 'error'])('is first seen where nothing was provoked before: %s', (outcome) => {
    const after = report({ 'a 400': 'fail' }, ['x a 400']);
    expect(changes(report({ 'a 400': outcome }, []), after)).toEqual({ ...NONE, firstSeen: ['x a 400'] });
  });

  test('is not lost what was never tested, nor what cannot occur any more', () => {
    const before = report({ 'a 400': 'untestable', 'b 404': 'pass' }, []);
    expect(changes(before, report({ 'a 400': 'untestable', 'b 404': 'not-applicable' }, []))).toEqual(NONE);
  });

  test('is a message of trouble that was not there', () => {
    const [before, after] = [told([], [], { errors: ['one'] }), told([], [], { errors: ['one', 'two'] })];
    expect(compareReports(before, after).errors).toEqual(['two']);
    expect(compareReports(after, before)).not.toHaveProperty('errors');
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
    const clean = report({ 'a 400': 'pass' }, []);
    expect(compareReports(clean, { ...after, target: { ...after.target, counts: ['contract'] } }).new).toMatchObject([
      { counted },
    ]);
  });
});

describe('a baseline of an older format', () => {
  const place = { check: 'x', operation: 'a', status: 400 };
  const red = cell({ operation: 'a', status: 400, outcome: 'fail', sent: ['p', 'q'] });
  const { condition: _, ...older } = finding(place);
  const before = told([red], [older], { readFrom: 2 });

  test('is compared without condition and place, and one sentence says so', () => {
    const after = told([red], [finding({ ...place, place: '/summary' })]);
    expect(changes(before, after)).toEqual({ ...NONE, still: ['x a 400'] });
    expect(compareReports(before, after).note).toMatch(/^the run before is a report of format 2, .*status seen$/);
    expect(compareReports(after, after)).not.toHaveProperty('note');
  });

  test('still tells what is worse: another provocation, another status', () => {
    for (const change of [{ provocation: 'q' }, { seen: '200' }])
      expect(changes(before, told([red], [finding(place), finding({ ...place, ...change })]))).toEqual({
        ...NONE,
        new: ['x a 400'],
        still: ['x a 400'],
      });
    expect(changes(before, told([red]))).toEqual({ ...NONE, fixed: ['x a 400'] });
  });
});

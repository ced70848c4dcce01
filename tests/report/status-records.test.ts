import { describe, expect, test } from 'vitest';
import type { CellRecord, Outcome } from '../../judge/finding.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { StatusRecord } from '../../report/report.ts';
import { summariseStatuses } from '../../report/status-records.ts';
import { CONTRACT } from '../judge/sample-law.ts';

const cell = (outcome: Outcome, provenance?: Provenance, status = 400): CellRecord => ({
  operation: 'getSink',
  status,
  outcome,
  ...(provenance && { provenance }),
  counts: { total: 6, pass: 1, warn: 1, fail: 1, untestable: 2, error: 1 },
  cases: [],
});
const summarise = (...cells: CellRecord[]) => summariseStatuses(CONTRACT, cells)[400];

describe('a status over all operations', () => {
  test('counts its cells by what became of them, and leaves out those where it cannot occur', () => {
    const cells = [cell('pass', 'organic'), cell('warn', 'organic'), cell('fail', 'organic'), cell('error')];
    const rest = [cell('untestable'), cell('untestable', 'simulated'), cell('untestable', 'gateway')];
    expect(summarise(...cells, ...rest, cell('not-applicable'), cell('fail', 'organic', 404))).toEqual({
      name: 'Bad Request',
      outcome: 'fail',
      applicable: 7,
      provoked: 3,
      conforming: 2,
      failing: 1,
      untestable: 3,
      error: 1,
      simulated: 2,
      cases: { total: 42, pass: 7, warn: 7, fail: 7, untestable: 14, error: 7 },
    });
  });

  test.each<[Outcome[], StatusRecord['outcome']]>([
    [['pass', 'warn', 'error', 'fail', 'untestable'], 'fail'],
    [['pass', 'warn', 'error', 'untestable'], 'error'],
    [['pass', 'warn', 'untestable'], 'incomplete'],
    [['pass', 'untestable'], 'incomplete'],
    [['pass', 'warn'], 'warn'],
    [['pass', 'not-applicable'], 'pass'],
    [['untestable', 'not-applicable'], 'untestable'],
    [['not-applicable'], 'not-applicable'],
    [[], 'not-applicable'],
  ])('%j make it %s', (outcomes, outcome) => {
    expect(summarise(...outcomes.map((each) => cell(each)))?.outcome).toBe(outcome);
  });

  test('is there for each published status, in order', () => {
    expect(Object.keys(summariseStatuses(CONTRACT, []))).toEqual(CONTRACT.statuses.map(String));
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRecord, Outcome } from '../../judge/finding.ts';
import { caseOutcome, cellOutcome, countCases, isCounted } from '../../judge/outcome.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { ClauseSet, Level } from '../../schemas/contract.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';

const LEVELS: Level[] = ['MUST', 'SHOULD', 'MAY'];
const SETS: ClauseSet[] = ['contract', 'http', 'hygiene'];
const PROVENANCES: Provenance[] = ['organic', 'simulated', 'gateway', 'recorded'];
const OUTCOMES: Outcome[] = ['pass', 'warn', 'fail', 'untestable', 'error'];

const finding = (level: Level, set: ClauseSet = 'contract', provenance: Provenance = 'organic') => ({
  level,
  set,
  provenance,
});

test('only an organic MUST of a set that counts is counted', () => {
  for (const level of LEVELS)
    for (const set of SETS)
      for (const provenance of PROVENANCES) {
        const counted = level === 'MUST' && set !== 'hygiene' && provenance === 'organic';
        expect(isCounted(finding(level, set, provenance), ['contract', 'http'])).toBe(counted);
        expect(isCounted(finding(level, set, provenance), [])).toBe(false);
      }
});

describe('a case', () => {
  const judge = (...findings: ReturnType<typeof finding>[]) =>
    caseOutcome(sampleExchange(400), findings, ['contract'], undefined, false).outcome;

  test.each<[string, ReturnType<typeof finding>[], Outcome]>([
    ['nothing found', [], 'pass'],
    ['a MAY', [finding('MAY')], 'pass'],
    ['a SHOULD', [finding('SHOULD')], 'warn'],
    ['a MUST', [finding('MUST')], 'fail'],
    ['a MUST of a set that does not count', [finding('MUST', 'http')], 'warn'],
    ['a SHOULD of a set that does not count', [finding('SHOULD', 'hygiene')], 'warn'],
    ['a MUST among others', [finding('SHOULD'), finding('MUST'), finding('MAY')], 'fail'],
    ['a simulated MUST', [finding('MUST', 'contract', 'simulated')], 'fail'],
  ])('%s', (_, findings, outcome) => {
    expect(judge(...findings)).toBe(outcome);
  });

  test('that was not sent is an error, one that was blocked is what it is blocked as', () => {
    const blocked = { outcome: 'untestable', reason: 'because' } as const;
    expect(caseOutcome(undefined, [], ['contract'], undefined, false)).toEqual({
      outcome: 'error',
      reason: 'nothing was sent',
    });
    for (const exchange of [undefined, sampleExchange(400), failedExchange('timeout')])
      expect(caseOutcome(exchange, [finding('MUST')], ['contract'], blocked, true)).toEqual(blocked);
  });
});

describe('a cell', () => {
  const record = (outcome: Outcome, provenance: Provenance = 'organic'): CaseRecord => ({
    id: 'c',
    provocation: 'p',
    outcome,
    expected: [400],
    actual: 400,
    provenance,
    controls: [],
    ...(['untestable', 'error'].includes(outcome) && { reason: `it is ${outcome}` }),
  });
  const cases = fc.array(
    fc.record({ outcome: fc.constantFrom(...OUTCOMES), provenance: fc.constantFrom(...PROVENANCES) }),
    { maxLength: 6 },
  );

  test('whatever its cases', () => {
    fc.assert(
      fc.property(cases, fc.option(fc.constant('missing'), { nil: undefined }), (drawn, missing) => {
        const records = drawn.map((each) => record(each.outcome, each.provenance));
        const has = (outcome: Outcome, organic = true) =>
          records.some((each) => each.outcome === outcome && (!organic || each.provenance === 'organic'));
        const cell = cellOutcome(records, missing);
        expect(cell.outcome === 'fail').toBe(has('fail'));
        if (cell.outcome === 'pass' || cell.outcome === 'warn') expect(has('error', false)).toBe(false);
        if (cell.outcome === 'pass') expect(has('pass') && !has('warn')).toBe(true);
        expect(cell.provenance === 'organic').toBe(['pass', 'warn', 'fail'].includes(cell.outcome));
        expect(cell.reason === undefined).toBe(['pass', 'warn', 'fail'].includes(cell.outcome));
        if (records.every((each) => each.provenance !== 'organic'))
          expect(['untestable', 'error']).toContain(cell.outcome);
      }),
    );
  });

  test('says why it is untestable: what its cases say, else what the plan says, else that nothing applies', () => {
    expect(cellOutcome([record('untestable')], 'the plan')).toMatchObject({ reason: 'it is untestable' });
    expect(cellOutcome([], 'the plan')).toMatchObject({ reason: 'the plan' });
    expect(cellOutcome([], undefined)).toEqual({ outcome: 'untestable', reason: 'no case applies here' });
  });
});

test('cases are counted by outcome', () => {
  const cases = OUTCOMES.flatMap((outcome, index) => Array.from({ length: index + 1 }, () => ({ outcome })));
  expect(countCases(cases)).toEqual({ total: 15, pass: 1, warn: 2, fail: 3, untestable: 4, error: 5 });
  expect(countCases([])).toEqual({ total: 0, pass: 0, warn: 0, fail: 0, untestable: 0, error: 0 });
});

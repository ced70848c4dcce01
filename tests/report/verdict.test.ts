import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellRecord, Finding, Outcome } from '../../judge/finding.ts';
import { isCounted } from '../../judge/outcome.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { Changes, Flaw, Verdict } from '../../report/report.ts';
import { decideVerdict, type Grounds, NOT_RUN, succeeds, succeedsAsShard } from '../../report/verdict.ts';

type Note = Grounds['findings'][number];

const cell = (outcome: Outcome, status = 400, provenance?: Provenance): CellRecord => ({
  operation: 'getSink',
  status,
  outcome,
  ...(['pass', 'warn', 'fail'].includes(outcome) && { provenance: 'organic' as const }),
  ...(provenance && { provenance }),
  counts: { total: 0, pass: 0, warn: 0, fail: 0, untestable: 0, error: 0 },
  cases: [],
});

const finding = (change: Partial<Note> = {}): Note => ({
  level: 'MUST',
  set: 'contract',
  provenance: 'organic',
  status: 400,
  operation: 'getSink',
  ...change,
});

const decide = (change: Partial<Grounds>) =>
  decideVerdict({ cells: [cell('pass')], findings: [], counts: ['contract'], errors: [], ...change });

describe('the verdict and its reasons', () => {
  test.each<[string, Partial<Grounds>, Verdict, string[]]>([
    ['all conform', {}, 'conformant', ['all 1 cell that can occur was provoked and conform']],
    [
      'warnings conform',
      { cells: [cell('warn'), cell('pass', 404), cell('not-applicable', 403)] },
      'conformant',
      ['all 2 cells that can occur were provoked and conform'],
    ],
    [
      'a violation',
      { cells: [cell('fail'), cell('pass', 404)], findings: [finding(), finding()] },
      'non-conformant',
      ['1 cell of 2 provoked cells broke a MUST'],
    ],
    [
      'a violation that does not count',
      { findings: [finding({ set: 'http' }), finding({ level: 'SHOULD' }), finding({ provenance: 'simulated' })] },
      'conformant',
      ['all 1 cell that can occur was provoked and conform'],
    ],
    [
      'a violation that is waived',
      {
        cells: [cell('warn')],
        findings: [finding({ waived: 0 }), finding({ waived: 0, intermittent: { seen: 1, tries: 10 } })],
      },
      'conformant',
      [
        'all 1 cell that can occur was provoked and conform, but for what is waived',
        '2 findings are waived: shown, still in the scores, and not held against the API',
      ],
    ],
    [
      'something is missing',
      { cells: [cell('pass'), cell('untestable', 403)] },
      'incomplete',
      ['1 cell that can occur was not provoked'],
    ],
    [
      'simulated evidence only',
      { cells: [cell('untestable', 403, 'simulated')] },
      'incomplete',
      ['1 cell that can occur was not provoked'],
    ],
    [
      'the suite stumbled',
      { cells: [cell('pass'), cell('error', 403), cell('untestable', 404)] },
      'error',
      [
        '1 cell could not be judged, because the suite could not do its job there',
        '1 cell that can occur was not provoked',
      ],
    ],
    ['an error of the run', { errors: ['it broke'] }, 'error', ['it broke']],
    ['the run did not begin', { cells: [cell('untestable')], errors: ['no target'] }, 'error', ['no target']],
    ['nothing at all', { cells: [] }, 'error', ['nothing was provoked']],
    ['nothing that can occur', { cells: [cell('not-applicable')] }, 'error', ['nothing was provoked']],
    [
      'a violation outweighs all the rest',
      { cells: [cell('fail'), cell('error', 403)], findings: [finding()], errors: ['it broke'] },
      'non-conformant',
      [
        '1 cell of 1 provoked cell broke a MUST',
        'it broke',
        '1 cell could not be judged, because the suite could not do its job there',
      ],
    ],
  ])('%s', (_, change, verdict, reasons) => {
    expect(decide(change)).toEqual({ verdict, reasons });
  });
});

const outcomes = fc.constantFrom<Outcome>('pass', 'warn', 'fail', 'untestable', 'not-applicable', 'error');
const grounds: fc.Arbitrary<Grounds> = fc.record({
  cells: fc
    .array(fc.tuple(outcomes, fc.constantFrom(400, 403, 404), fc.boolean()))
    .map((all) =>
      all.map(([outcome, status, simulated]) =>
        cell(outcome, status, simulated && outcome === 'untestable' ? 'simulated' : undefined),
      ),
    ),
  findings: fc.array(
    fc.record({
      level: fc.constantFrom<Finding['level']>('MUST', 'SHOULD', 'MAY'),
      set: fc.constantFrom<Finding['set']>('contract', 'http', 'hygiene'),
      provenance: fc.constantFrom<Provenance>('organic', 'simulated', 'gateway', 'recorded'),
      status: fc.constantFrom(400, 403, 404),
      operation: fc.constant('getSink'),
    }),
    { maxLength: 3 },
  ),
  counts: fc.subarray<Finding['set']>(['contract', 'http', 'hygiene']),
  errors: fc.array(fc.constant('it broke'), { maxLength: 1 }),
});

describe('whatever a run brings', () => {
  const check = (property: (all: Grounds, verdict: Verdict, reasons: string[]) => void) =>
    fc.assert(
      fc.property(grounds, (all) => {
        const { verdict, reasons } = decideVerdict(all);
        property(all, verdict, reasons);
      }),
      { numRuns: 1000 },
    );
  const has = (all: Grounds, ...wanted: Outcome[]) => all.cells.some((each) => wanted.includes(each.outcome));

  test('a counted violation always decides, and nothing else can', () => {
    check((all, verdict) => {
      const counted = all.findings.some((each) => isCounted(each, all.counts));
      expect(verdict === 'non-conformant').toBe(counted || has(all, 'fail'));
    });
  });

  test('it is never conformant where a cell failed, was not provoked or could not be judged', () => {
    check((all, verdict) => {
      if (verdict === 'conformant') expect(has(all, 'untestable', 'error', 'fail')).toBe(false);
      if (verdict === 'conformant') expect(has(all, 'pass', 'warn') && all.errors.length === 0).toBe(true);
    });
  });

  test('nothing provoked is an error, unless a violation was seen', () => {
    check((all, verdict) => {
      const idle = !has(all, 'pass', 'warn', 'fail') && all.cells.every((each) => each.provenance === undefined);
      if (idle) expect(['error', 'non-conformant']).toContain(verdict);
    });
  });

  test('errors and cells that could not be judged make it no better than an error', () => {
    check((all, verdict) => {
      if (all.errors.length > 0 || has(all, 'error')) expect(['error', 'non-conformant']).toContain(verdict);
    });
  });

  test('there is always a reason', () => {
    check((_, __, reasons) => expect(reasons.length).toBeGreaterThan(0));
  });
});

describe('success', () => {
  const cells = [cell('pass', 400), cell('untestable', 403), cell('not-applicable', 404), cell('error', 500)];

  test.each<[Verdict, number[], boolean]>([
    ['conformant', [], true],
    ['conformant', [403], true],
    ['incomplete', [], true],
    ['incomplete', [400, 404], true],
    ['incomplete', [403], false],
    ['incomplete', [400, 403], false],
    ['non-conformant', [], false],
    ['error', [], false],
  ])('%s, with %j required', (verdict, require, success) => {
    expect(succeeds({ verdict, cells, errors: [] }, { require, failOn: 'any' })).toBe(success);
  });

  const flaw: Flaw = {
    check: 'x',
    operation: 'getSink',
    status: 400,
    level: 'MUST',
    set: 'contract',
    provocation: 'p',
    condition: 'invalid-body',
    seen: '400',
    place: '',
    gravity: 'body',
    findings: 1,
    counted: true,
  };
  const lost = { operation: 'getSink', status: 400, reason: 'its control did not hold' };
  const since = (...fresh: Flaw[]): Changes => ({
    since: '2026-11-22T01:00:00Z',
    verdict: 'non-conformant',
    new: fresh,
    firstSeen: [],
    fixed: [],
    still: [flaw],
    lost: [],
  });

  test.each<[string, Verdict, Changes | undefined, number[], CellRecord[], boolean]>([
    ['nothing new', 'non-conformant', since(), [], [cell('fail')], true],
    ['something new', 'non-conformant', since(flaw), [], [cell('fail')], false],
    [
      'something new that does not count',
      'non-conformant',
      since({ ...flaw, counted: false }),
      [],
      [cell('fail')],
      true,
    ],
    ['no baseline', 'non-conformant', undefined, [], [cell('fail')], false],
    ['a cell that could not be judged then either', 'non-conformant', since(), [], [cell('fail'), cell('error')], true],
    ['the same without a violation', 'error', since(), [], [cell('pass'), cell('error')], true],
    ['an untested cell as before', 'incomplete', since(), [], [cell('pass'), cell('untestable')], true],
    ['a cell that was judged then', 'non-conformant', { ...since(), lost: [lost] }, [], [cell('fail')], false],
    ['the same without a violation', 'incomplete', { ...since(), lost: [lost] }, [], [cell('pass')], false],
    [
      'a cell that nobody selected',
      'non-conformant',
      { ...since(), lost: [{ ...lost, reason: NOT_RUN }] },
      [],
      [cell('fail')],
      true,
    ],
    ['other trouble than before', 'error', { ...since(), errors: ['it broke'] }, [], [cell('pass')], false],
    ['something first seen', 'non-conformant', { ...since(), firstSeen: [flaw] }, [], [cell('fail')], true],
    [
      'something of the gravest, first seen',
      'non-conformant',
      { ...since(), firstSeen: [{ ...flaw, gravity: 'let-in' }] },
      [],
      [cell('fail')],
      false,
    ],
    [
      'something of the gravest that does not count, first seen',
      'non-conformant',
      { ...since(), firstSeen: [{ ...flaw, gravity: 'secret', counted: false }] },
      [],
      [cell('fail')],
      true,
    ],
    [
      'nothing new, and a required status that is missing',
      'non-conformant',
      since(),
      [400],
      [cell('fail', 404), cell('untestable')],
      false,
    ],
    ['a run that could not do its job', 'error', since(), [], [], false],
  ])('where only what is new fails: %s', (_, verdict, changes, require, all, success) => {
    const grounds = { verdict, cells: all, errors: [], ...(changes && { changes }) };
    expect(succeeds(grounds, { require, failOn: 'new' })).toBe(success);
    if (verdict === 'non-conformant') expect(succeeds(grounds, { require, failOn: 'any' })).toBe(false);
  });

  test('a part that is missing is never old news', () => {
    const grounds = { verdict: 'non-conformant' as const, cells: [cell('fail')], changes: since() };
    const missing = [cell('fail'), { ...cell('untestable', 404), reason: NOT_RUN }];
    const errors = ['shard 2 of 2 is missing'];
    expect(succeeds({ ...grounds, errors }, { require: [], failOn: 'new' })).toBe(true);
    expect(succeeds({ ...grounds, cells: missing, errors }, { require: [], failOn: 'new' })).toBe(false);
  });

  test.each<[string, Verdict, CellRecord[], string[], boolean]>([
    ['ran a part of what is required', 'incomplete', [cell('pass'), cell('untestable', 403)], [], true],
    ['had nothing to run', 'error', [cell('untestable'), cell('not-applicable', 404)], [], true],
    ['found something', 'non-conformant', [cell('fail')], [], false],
    ['could not judge a cell', 'error', [cell('error')], [], false],
    ['could not begin', 'error', [cell('untestable')], ['the target cannot be reached'], false],
  ])('one shard that %s', (_, verdict, all, errors, success) => {
    expect(succeedsAsShard({ verdict, cells: all, errors }, { failOn: 'any' })).toBe(success);
  });
});

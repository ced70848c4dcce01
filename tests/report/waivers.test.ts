import { describe, expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import type { CellOutcome } from '../../judge/cell-outcome.ts';
import type { Finding } from '../../judge/finding.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { cellKey } from '../../plan/cell-key.ts';
import { planCells } from '../../plan/plan.ts';
import { buildReport } from '../../report/build-report.ts';
import { compareReports } from '../../report/changes.ts';
import type { Report } from '../../report/report.ts';
import { succeeds } from '../../report/verdict.ts';
import type { Waiver } from '../../report/waiver.ts';
import { applyWaivers } from '../../report/waivers.ts';
import { findUnsound } from '../../selfcheck/soundness.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';
import { CONTRACT, LAW, sampleCase } from '../judge/sample-law.ts';
import { PROFILE } from '../judge/sample-profile.ts';

const capabilities = { allow: [], tokenInUrl: true, admin: false, profile: PROFILE };
const held = { id: 'c1', title: 'C1', operation: 'getSink', held: true, expected: 'a success (2xx)', actual: 200 };
const DAY = '2026-11-25';

type Cell = { id: string; status: number; answers: Answer[]; partial?: string };

const answer = (status: number, body?: object, change: Partial<Answer['case']> = {}): Answer => {
  const controls = [{ id: 'c1' } as Answer['case']['controls'][number]];
  const sent = sampleCase({ expected: [status], controls, ...change });
  return { case: sent, exchanges: [{ exchange: sampleExchange(status, body ? { body: body as never } : {}) }] };
};
const cell = (id: string, status: number, ...answers: Answer[]): Cell => ({ id, status, answers });

function report(cells: Cell[], errors: string[] = []): Report {
  const results = cells.map(({ id, status, answers, partial }): [string, CellOutcome] => {
    const result = judgeCell(id, status, answers, LAW);
    const record = partial === undefined ? result.record : { ...result.record, partial };
    return [cellKey(id, status), { ...result, record, controls: [{ record: held, retries: [] }] }];
  });
  return buildReport({
    run: { id: 'r1', startedAt: `${DAY}T23:59:59+00:00`, durationMs: 12 },
    contract: CONTRACT,
    catalogue: LAW.catalogue,
    cells: planCells(CONTRACT, [], capabilities),
    results: new Map(results),
    crashes: new Map(),
    target: { url: 'https://api.example.com', profile: 'x', embedded: false, allow: ['read'], counts: ['contract'] },
    environment: { suite: 's', node: 'v20', platform: 'linux' },
    errors,
  });
}

const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  check: 'fields-400',
  reason: 'known',
  owner: 'ann',
  issue: 'API-7',
  expires: DAY,
  file: 'waivers.yaml',
  lines: [3, 8],
  ...change,
});

/** Breaks `fields-400` (MUST) only, `undocumented-field` (SHOULD) too, or a MUST of another check. */
const BAD = { summary: 1 };
const ALSO = { summary: 1, extra: 1 };
const outcomeOf = (made: Report, id = 'getSink', status = 400) =>
  made.cells.find((each) => each.operation === id && each.status === status)?.outcome;
const stateOf = (made: Report) => made.waivers?.map(({ state }) => state);
const waivedOf = (made: Report) => made.findings.map(({ check, waived }) => [check, waived]);

function apply(made: Report, ...waivers: Waiver[]): Report {
  const applied = applyWaivers(made, waivers);
  expect(findUnsound(applied)).toEqual([]);
  return applied;
}

const plain = report([cell('getSink', 400, answer(400, BAD)), cell('listSinks', 401, answer(401))]);

describe('a waived finding', () => {
  test('is shown, and decides nothing: not its case, its cell, its status, nor the verdict', () => {
    expect([outcomeOf(plain), plain.verdict, plain.statuses[400]?.failing]).toEqual(['fail', 'non-conformant', 1]);
    const made = apply(plain, waiver());
    expect([outcomeOf(made), made.verdict, made.statuses[400]?.failing]).toEqual(['warn', 'incomplete', 0]);
    expect(made.findings).toMatchObject([{ check: 'fields-400', waived: 0 }]);
    expect(made.waivers).toMatchObject([
      { state: 'active', findings: 1, cells: [{ operation: 'getSink', status: 400 }] },
    ]);
    expect(made.reasons.at(-1)).toBe('1 finding is waived: shown, still in the scores, and not held against the API');
    expect(succeeds(made, { require: [], failOn: 'any' })).toBe(true);
    expect([made.scores, made.clauses, made.exchanges]).toEqual([plain.scores, plain.clauses, plain.exchanges]);
  });

  test('never makes its cell pass, not even where other cases do', () => {
    const made = apply(report([cell('getSink', 400, answer(400), answer(400, BAD, { id: 'b' }))]), waiver());
    expect(outcomeOf(made)).toBe('warn');
  });

  test('hides no other finding of its cell', () => {
    const made = apply(
      report([cell('getSink', 400, answer(400, ALSO), answer(404, {}, { id: 'b', expected: [400] }))]),
      waiver({ operation: ['getSink'] }),
    );
    expect(outcomeOf(made)).toBe('fail');
    expect(waivedOf(made).filter(([, waived]) => waived !== undefined)).toEqual([['fields-400', 0]]);
    expect(made.findings.length).toBeGreaterThan(2);
    expect(made.verdict).toBe('non-conformant');
  });

  test('leaves an error an error', () => {
    const gone: Answer = { ...answer(400, {}, { id: 'b' }), exchanges: [{ exchange: failedExchange('unreachable') }] };
    const made = report([cell('getSink', 400, answer(400, BAD), gone)]);
    expect(outcomeOf(made)).toBe('fail');
    expect(outcomeOf(apply(made, waiver()))).toBe('error');
    expect(apply(made, waiver()).verdict).toBe('error');
    // Its second answer breaks what nobody waived, which does not make up for the first.
    const half = { ...gone, exchanges: [...gone.exchanges, { exchange: sampleExchange(404), repeat: true }] };
    const both = apply(report([cell('getSink', 400, answer(400, BAD), half)]), waiver());
    expect(both.findings.some((each) => each.case === 'b' && each.level === 'MUST')).toBe(true);
    const judged = both.cells.find(({ operation, status }) => operation === 'getSink' && status === 400);
    expect(judged?.cases.map(({ outcome }) => outcome)).toEqual(['warn', 'error']);
  });

  test('of a limit that nobody asked for leaves its case untested', () => {
    const limited = answer(429, { summary: 1 }, { expected: [400] });
    const made = report([cell('getSink', 400, limited)]);
    expect(outcomeOf(made)).toBe('fail');
    const applied = apply(made, ...made.findings.map(({ check }) => waiver({ check })));
    expect(applied.cells.find(({ operation, status }) => operation === 'getSink' && status === 400)).toMatchObject({
      outcome: 'untestable',
      reason:
        'limited: answered 429 while something else was provoked; fewer requests at once may help (CONFORMANCE_CONCURRENCY)',
    });
    expect(applied.untestable).toContainEqual(expect.objectContaining({ operation: 'getSink', status: 400 }));
    const both = report([cell('getSink', 400, limited, answer(400, undefined, { id: 'b' }))]);
    expect(outcomeOf(apply(both, ...both.findings.map(({ check }) => waiver({ check }))))).toBe('warn');
  });

  test('is the API’s own: what a mock answered is never waived', () => {
    const made = report([cell('getSink', 400, answer(400, BAD, { provenance: 'simulated' }))]);
    const applied = apply(made, waiver());
    expect(waivedOf(applied)).toEqual([['fields-400', undefined]]);
    expect(applied.cells).toEqual(made.cells);
  });

  test('lets a conformant verdict stand, which says so', () => {
    const cells = report([cell('getSink', 400, answer(400, BAD))]).cells.filter(
      ({ operation, status }) => operation === 'getSink' && status === 400,
    );
    const made = apply({ ...plain, cells, findings: plain.findings }, waiver());
    expect(made.verdict).toBe('conformant');
    expect(made.reasons).toEqual([
      'all 1 cell that can occur was provoked and conform, but for what is waived',
      '1 finding is waived: shown, still in the scores, and not held against the API',
    ]);
  });
});

describe('a pattern', () => {
  test.each<[string, Partial<Waiver>, boolean]>([
    ['the check alone', {}, true],
    ['another check', { check: 'fields-401' }, false],
    ['the operation', { operation: ['listSinks', 'getSink'] }, true],
    ['another operation', { operation: ['listSinks'] }, false],
    ['the status', { status: [401, 400] }, true],
    ['another status', { status: [401] }, false],
    ['the place', { pointer: '/summary' }, true],
    ['any place of that depth', { pointer: '/*' }, true],
    ['another place', { pointer: '/summary/0' }, false],
    ['no place', { pointer: '' }, false],
  ])('matches by %s', (_, change, isWaived) => {
    expect(outcomeOf(apply(plain, waiver(change)))).toBe(isWaived ? 'warn' : 'fail');
  });
});

describe('a waiver that has to go', () => {
  const clean = report([cell('getSink', 400, answer(400)), cell('listSinks', 401, answer(401))]);
  const place = 'waivers.yaml:3: the waiver of';
  const tail = 'delete lines 3 to 8';

  test.each<[string, Report, Partial<Waiver>, string, string]>([
    ['expired', plain, { expires: '2026-11-24' }, 'expired', '"fields-400" expired on 2026-11-24'],
    ['names no check', plain, { check: 'no-such' }, 'unknown', '"no-such" names a check that does not exist'],
    [
      'names no operation',
      plain,
      { operation: ['getSink', 'getThing'] },
      'unknown',
      '"fields-400" names the operation "getThing", which the contract does not have',
    ],
    [
      'names no status',
      plain,
      { status: [418] },
      'unknown',
      '"fields-400" names the status 418, which the contract does not publish',
    ],
    [
      'names no cell',
      plain,
      { operation: ['getSink'], status: [422] },
      'unknown',
      '"fields-400" names no cell that can occur',
    ],
    [
      'is about what no longer occurs',
      clean,
      { operation: ['getSink'], status: [400] },
      'gone',
      '"fields-400" waives what no longer occurs in its cell',
    ],
  ])('%s: the run is red, and says which lines to delete', (_, made, change, state, why) => {
    const applied = apply(made, waiver(change));
    expect(stateOf(applied)).toEqual([state]);
    expect(applied.errors).toEqual([`${place} ${why}; ${tail}`]);
    expect(applied.waivers?.[0]?.problem).toBe(applied.errors[0]);
    expect(applied.findings.every(({ waived }) => waived === undefined)).toBe(true);
    expect(applied.verdict).toBe(made === plain ? 'non-conformant' : 'error');
    expect(succeeds(applied, { require: [], failOn: 'any' })).toBe(false);
    const changes = compareReports(made, applied);
    expect(succeeds({ ...applied, changes }, { require: [], failOn: 'new' })).toBe(false);
  });

  test('says one line where it has one', () => {
    const made = apply(plain, waiver({ expires: '2026-01-01', lines: [3, 3] }));
    expect(made.errors).toEqual([expect.stringMatching(/; delete line 3$/)]);
  });

  test('counts the cells that were searched in vain', () => {
    const both = report([cell('getSink', 401, answer(401)), cell('listSinks', 401, answer(401))]);
    const made = apply(both, waiver({ operation: ['getSink', 'listSinks'], status: [401] }));
    expect(made.errors).toEqual([expect.stringContaining('no longer occurs in any of its 2 cells')]);
  });
});

describe('a waiver that matches nothing proves nothing', () => {
  const blocked = (outcome: 'untestable' | 'error'): Answer => ({
    ...answer(400, undefined, { id: 'b' }),
    exchanges: [],
    blocked: { outcome, reason: 'its control did not hold' },
  });

  test.each<[string, Cell[], Partial<Waiver>]>([
    ['where its cell was not run', [cell('listSinks', 401, answer(401))], { operation: ['getSink'], status: [400] }],
    ['where another of its cells was not', [cell('getSink', 400, answer(400))], { operation: ['getSink'] }],
    [
      'where a provocation was not allowed',
      [{ ...cell('getSink', 400, answer(400)), partial: 'needs the danger class "write", which is not allowed' }],
      { operation: ['getSink'], status: [400] },
    ],
    [
      'where a case was not tested',
      [cell('getSink', 400, answer(400), blocked('untestable'))],
      { operation: ['getSink'], status: [400] },
    ],
    [
      'where a case could not be judged',
      [cell('getSink', 400, answer(400), blocked('error'))],
      { operation: ['getSink'], status: [400] },
    ],
  ])('%s', (_, cells, change) => {
    const made = apply(report(cells), waiver(change));
    expect(stateOf(made)).toEqual(['unproven']);
    expect(made.errors).toEqual([]);
  });

  test('where its finding does not show in every run', () => {
    const made = apply(
      report([cell('getSink', 400, answer(400))]),
      waiver({ operation: ['getSink'], status: [400], intermittent: true }),
    );
    expect([stateOf(made), made.errors]).toEqual([['silent'], []]);
  });
});

describe('several waivers', () => {
  test('of one finding are all in use; the first that holds has it', () => {
    const made = apply(plain, waiver({ expires: '2026-01-01' }), waiver({ operation: ['getSink'] }), waiver());
    expect(stateOf(made)).toEqual(['expired', 'active', 'active']);
    expect(made.findings[0]?.waived).toBe(1);
    expect(made.errors).toHaveLength(1);
  });
});

describe('waivers applied once more', () => {
  const waivers = [waiver(), waiver({ check: 'no-such' })];

  test('come to the same', () => {
    const once = apply(plain, ...waivers);
    expect(apply(once, ...waivers)).toEqual(once);
  });

  test('are as if they had never been when they are others', () => {
    const limited = report([cell('getSink', 400, answer(429, BAD, { expected: [400] }))], ['it broke']);
    for (const made of [plain, limited]) {
      const { waivers: gone, ...rest } = apply(
        apply(made, ...made.findings.map(({ check }) => waiver({ check })), waiver({ check: 'no-such' })),
      );
      expect(gone).toEqual([]);
      expect(rest).toEqual(made);
    }
  });
});

describe('what changed', () => {
  test('a waived flaw is not new, not still there and not fixed, but waived', () => {
    const now = apply(plain, waiver());
    const clean = report([cell('getSink', 400, answer(400))]);
    const names = (before: Report, after: Report) => {
      const { new: fresh, still, fixed, waived = [] } = compareReports(before, after);
      return [fresh, still, fixed, waived].map((flaws) => flaws.map(({ check }) => check));
    };
    expect(names(clean, now)).toEqual([[], [], [], ['fields-400']]);
    expect(names(plain, now)).toEqual([[], [], [], ['fields-400']]);
    expect(compareReports(plain, now).waived).toMatchObject([{ counted: false }]);
    expect(names(now, plain)).toEqual([[], ['fields-400'], [], []]);
    expect(names(now, clean)).toEqual([[], [], ['fields-400'], []]);
    expect(compareReports(plain, plain)).not.toHaveProperty('waived');
  });

  test('a flaw of which not all is waived is there all the same', () => {
    const both = report([cell('getSink', 400, answer(400, BAD), answer(400, {}, { id: 'b' }))]);
    const made = apply(both, waiver({ pointer: '/summary' }));
    expect(new Set(made.findings.map(({ waived }: Finding) => waived))).toEqual(new Set([0, undefined]));
    expect(compareReports(plain, made)).toMatchObject({ still: [{ check: 'fields-400', counted: true }] });
  });
});

test.each<[string, boolean]>([
  ['2026-11-24', false],
  ['2026-11-25', true],
  ['2026-12-09', true],
  ['2026-12-10', false],
])('a waiver that expires on %s is about to expire: %s', (expires, isSoon) => {
  const [record] = apply(plain, waiver({ expires })).waivers ?? [];
  expect(record?.soon).toBe(isSoon || undefined);
});

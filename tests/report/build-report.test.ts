import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import type { CellOutcome, ControlOutcome } from '../../judge/cell-outcome.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { cellKey } from '../../plan/cell-key.ts';
import { planCells } from '../../plan/plan.ts';
import { buildReport, type RunFacts } from '../../report/build-report.ts';
import type { Report } from '../../report/report.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';
import { CONTRACT, LAW, sampleCase } from '../judge/sample-law.ts';
import { PROFILE } from '../judge/sample-profile.ts';

const schema = new URL('../../schemas/meta/report.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

const capabilities = { allow: [], tokenInUrl: true, admin: false, profile: PROFILE };

const held: ControlOutcome = {
  record: { id: 'c1', title: 'C1', operation: 'getSink', held: true, expected: 'a success (2xx)', actual: 200 },
  retries: [],
};
const failed: ControlOutcome = {
  record: { ...held.record, id: 'c2', held: false, actual: null, reason: 'no answer' },
  evidence: { exchange: failedExchange('timeout'), curl: 'curl' },
  retries: [],
};

const outcome = (id: string, status: number, answers: Answer[], controls = [held]): [string, CellOutcome] => [
  cellKey(id, status),
  { ...judgeCell(id, status, answers, LAW), controls },
];
const answer = (status: number, change = {}, sent = {}): Answer => ({
  case: sampleCase({ expected: [status], ...sent }),
  exchanges: [{ exchange: sampleExchange(status, change) }],
});

function report(results: [string, CellOutcome][], change: Partial<RunFacts> = {}): Report {
  const made = buildReport({
    run: { id: 'r1', startedAt: '2026-01-01T00:00:00Z', durationMs: 12 },
    contract: CONTRACT,
    catalogue: LAW.catalogue,
    cells: planCells(CONTRACT, [], capabilities),
    results: new Map(results),
    crashes: new Map(),
    target: { url: 'https://api.example.com', profile: 'x', embedded: false, allow: ['read'], counts: ['contract'] },
    environment: { suite: 's', node: 'v20', platform: 'linux' },
    errors: [],
    ...change,
  });
  expect(validate(JSON.parse(JSON.stringify(made))), ajv.errorsText(validate.errors)).toBe(true);
  return made;
}
const cellOf = (made: Report, id: string, status: number) =>
  made.cells.find((cell) => cell.operation === id && cell.status === status);

describe('a report', () => {
  test('of nothing is valid, and an error', () => {
    const made = report([]);
    expect(made.verdict).toBe('error');
    expect(made.reasons[0]).toBe('nothing was provoked');
    expect([made.findings, made.controls, made.evidence, made.exchanges]).toEqual([[], [], [], 0]);
    expect(made.untestable).toHaveLength(made.cells.filter((cell) => cell.outcome === 'untestable').length);
    expect(made.untestable[0]?.reason).toBe('no provocation is known for it');
  });

  test('of every kind of answer is valid', () => {
    const strange = [
      failedExchange('closed'),
      failedExchange('malformed'),
      failedExchange('unreachable'),
      sampleExchange(200, { body: {} }),
      sampleExchange(400, { body: { raw: '' } }),
      sampleExchange(400, { body: { summary: 'x', 'a/b~c': { d: 1 } } }),
      sampleExchange(422, { body: { raw: `{"summary":1,"${'n'.repeat(9000)}/~":1}` } }),
      sampleExchange(400, {
        request: { body: { base64: '/w==' } },
        response: { bodyBase64: '/w==', validUtf8: false },
      }),
      sampleExchange(500, {
        echoed: [{ secret: 'token', where: 'after' }],
        response: { decodeError: 'x', interim: [103] },
      }),
    ];
    const answers = strange.map((exchange, index) => ({
      case: sampleCase({ id: `c${index}` }),
      exchanges: [{ exchange }],
    }));
    const blocked = {
      case: sampleCase({ id: 'b' }),
      exchanges: [],
      blocked: { outcome: 'error', reason: 'x' } as const,
    };
    const made = report([outcome('getSink', 400, [...answers, blocked], [held, failed])], { errors: ['it broke'] });
    expect(made.verdict).toBe('non-conformant');
    expect(made.errors).toEqual(['it broke']);
    expect(made.findings.length).toBeGreaterThan(8);
  });

  test('says what became of each cell', () => {
    const made = report([outcome('getSink', 400, [answer(400)])], {
      crashes: new Map([[cellKey('getSink', 401), 'it hung']]),
    });
    expect(cellOf(made, 'getSink', 400)).toMatchObject({ outcome: 'pass', sample: 0 });
    expect(cellOf(made, 'getSink', 401)).toMatchObject({ outcome: 'error', reason: 'it hung' });
    expect(cellOf(made, 'getSink', 404)).toMatchObject({ outcome: 'untestable' });
    const absent = cellOf(made, 'getSink', 422);
    expect(absent).toMatchObject({
      outcome: 'not-applicable',
      reason: 'takes no request body that could fail validation',
    });
    expect(made.verdict).toBe('error');
  });

  test('keeps each piece of evidence once, and points at it', () => {
    const bad = { body: { summary: 1, extra: 1 } };
    const twice = [answer(400, bad, { id: 'a' }), answer(400, bad, { id: 'b' })];
    const made = report([outcome('getSink', 400, twice), outcome('getSink', 404, [answer(404)], [held, failed])]);
    expect(made.findings.map(({ check, case: id }) => `${check} ${id}`)).toEqual([
      'fields-400 a',
      'undocumented-field a',
      'fields-400 b',
      'undocumented-field b',
    ]);
    const [first] = made.findings;
    expect(new Set(made.findings.map((finding) => finding.evidence)).size).toBe(1);
    expect(made.evidence[first?.evidence ?? -1]?.exchange.response?.body).toBe('{"summary":1,"extra":1}');
    expect(cellOf(made, 'getSink', 400)?.sample).toBe(first?.evidence);
    expect(made.evidence).toHaveLength(3);
    expect(made.controls).toEqual([held.record, { ...failed.record, evidence: 2 }]);
    expect(made.evidence[2]?.exchange.failure?.kind).toBe('timeout');
  });

  test('is the same for two runs that differ by ids, names and times only', () => {
    const run = (id: string, name: string, at: string, ms: number) => {
      const exchange = sampleExchange(400, {
        request: { target: `/sinks/${id}`, body: { text: `{"name":"ecc-${name}-a"}` } },
        headers: { Date: `Thu, 01 Jan 2026 ${at} GMT`, 'X-Request-Id': id },
        body: { summary: 1, id },
      });
      const answers = [{ case: sampleCase(), exchanges: [{ exchange: { ...exchange, ms } }] }];
      return report([outcome('getSink', 400, answers, [held, failed])], {
        run: { id: at, startedAt: `2026-01-01T${at}Z`, durationMs: ms },
        errors: [`left behind: /sinks/${id}`],
      });
    };
    const one = run('7c9e6679-7425-40de-944b-e07fc1f90ae7', 'htf4w7bolq', '10:00:00', 7);
    const two = run('3f0c1e0a-5a2b-4c3d-8e9f-0a1b2c3d4e5f', 'htf4wtuuam', '11:30:00', 9);
    expect({ ...two, run: 0 }).toEqual({ ...one, run: 0 });
    expect(one.errors).toEqual(['left behind: /sinks/{{id:1}}']);
    expect(one.evidence[0]?.curl).toContain('/sinks/{{id:1}}');
    expect(one.run).toMatchObject({ ms: [7, 12], values: { '{{id:1}}': '7c9e6679-7425-40de-944b-e07fc1f90ae7' } });
  });

  test('counts requests: those of the cases, and each control once', () => {
    const made = report([
      outcome('getSink', 400, [answer(400)]),
      outcome('getSink', 404, [answer(404)], [held, failed]),
    ]);
    expect(made.exchanges).toBe(4);
  });

  test('shows a control that several shards sent as not held, when it did not hold for one of them', () => {
    const unheld: ControlOutcome = { ...held, record: { ...held.record, held: false, reason: 'got 404' } };
    const make = (one: ControlOutcome, other: ControlOutcome) =>
      report([outcome('getSink', 400, [answer(400)], [one]), outcome('getSink', 404, [answer(404)], [other])]);
    for (const made of [make(unheld, held), make(held, unheld)]) expect(made.controls).toEqual([unheld.record]);
  });

  test('of one shard says first what it is, and that the rest was not run in it', () => {
    const made = report([outcome('getSink', 400, [answer(400)])], { shard: { current: 1, total: 4 } });
    expect(made.reasons[0]).toBe(
      'this is shard 1 of 4, and only a part of the run: merge the blobs of all with npm run merge',
    );
    expect(report([]).reasons[0]).not.toContain('shard');
  });

  test('adds up what became of each clause and each set', () => {
    const made = report([
      outcome('getSink', 400, [answer(400), answer(400, { body: {} }, { id: 'b' })]),
      outcome('getSink', 401, [answer(401, { headers: { 'WWW-Authenticate': null } })]),
    ]);
    const clause = (id: string) => made.clauses.find((each) => each.id === id);
    expect(clause('fields-400')).toMatchObject({ checks: ['fields-400'], judged: 2, broken: 1 });
    expect(clause('one-final-response')).toMatchObject({ checks: ['bytes-after-response'], judged: 3, broken: 0 });
    expect(clause('meaning-404')).toMatchObject({ judged: 0, broken: 0 });
    expect(made.clauses.map((each) => each.id)).toEqual(CONTRACT.clauses.map((each) => each.id));
    const sum = (set: string, part: 'judged' | 'broken') =>
      made.clauses
        .filter((each) => each.set === set && each.level === 'MUST')
        .reduce((total, each) => total + each[part], 0);
    for (const set of ['contract', 'http', 'hygiene'] as const)
      expect(made.scores[set]).toEqual({ judged: sum(set, 'judged'), held: sum(set, 'judged') - sum(set, 'broken') });
    expect(made.scores.contract).toEqual({ judged: 15, held: 14 });
  });

  test('comes in the contract’s order, whatever order the results came in', () => {
    const results = [
      outcome('getSink', 400, [answer(400, { body: {} })]),
      outcome('listSinks', 401, [answer(401, { body: {} })]),
    ];
    const one = report(results);
    expect(report([...results].reverse())).toEqual(one);
    expect(one.findings.map((finding) => finding.operation)).toEqual(['listSinks', 'getSink']);
    expect(one.operations.map((each) => each.id)).toEqual(CONTRACT.operations.map((each) => each.id));
  });

  test('of simulated violations only is incomplete and not non-conformant', () => {
    const made = report([outcome('getSink', 400, [answer(400, { body: {} }, { provenance: 'simulated' })])]);
    expect(made.verdict).toBe('incomplete');
    expect(made.findings).toMatchObject([{ check: 'fields-400', provenance: 'simulated' }]);
    expect(made.statuses[400]).toMatchObject({ provoked: 0, failing: 0, simulated: 1 });
  });
});

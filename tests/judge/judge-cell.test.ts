import { describe, expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import type { Exchange } from '../../model/exchange.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';
import { LAW, sampleCase } from './sample-law.ts';

const GOOD = sampleExchange(400);
const WRONG = sampleExchange(404);
const SLOPPY = sampleExchange(400, { body: { summary: 'x', extra: 1 } });

/** A case and its answers; the second is that of the repetition. */
const answer = (change: Parameters<typeof sampleCase>[0], ...exchanges: Exchange[]): Answer => ({
  case: sampleCase(change),
  exchanges: exchanges.map((exchange, index) => (index === 0 ? { exchange } : { exchange, repeat: true })),
});

const judge = (...answers: Answer[]) => judgeCell('getSink', 400, answers, LAW);
const outcomes = (...answers: Answer[]) => {
  const { record, findings } = judge(...answers);
  return {
    cell: record.outcome,
    cases: record.cases.map((each) => each.outcome),
    found: findings.map((each) => each.check),
  };
};

describe('a cell', () => {
  test.each<[string, Answer[], string, string[]]>([
    ['passes', [answer({}, GOOD)], 'pass', ['pass']],
    ['warns', [answer({ id: 'a' }, GOOD), answer({ id: 'b' }, SLOPPY)], 'warn', ['pass', 'warn']],
    ['fails', [answer({ id: 'a' }, SLOPPY), answer({ id: 'b' }, WRONG)], 'fail', ['warn', 'fail']],
    ['without cases is untestable', [], 'untestable', []],
  ])('%s', (_, answers, cell, cases) => {
    expect(outcomes(...answers)).toMatchObject({ cell, cases });
  });

  test('counts towards the scores only what the API itself answered', () => {
    const organic = judge(answer({}, GOOD, GOOD)).tally;
    expect(Object.keys(organic).length).toBeGreaterThan(5);
    const { tally, findings } = judge(answer({ provenance: 'simulated' }, SLOPPY, SLOPPY));
    expect(tally).toEqual({});
    expect(findings.map((each) => each.provenance)).toContain('simulated');
  });

  test('takes a 429 that is merely allowed among other answers for unplanned', () => {
    const limited = answer({ expected: [401, 400, 429] }, sampleExchange(429));
    expect(outcomes(limited)).toMatchObject({ cell: 'untestable', cases: ['untestable'] });
  });

  test('says how many cases ended how, and keeps a sample', () => {
    const result = judge(answer({ id: 'a' }, failedExchange('timeout')), answer({ id: 'b' }, SLOPPY, SLOPPY));
    expect(result.record.counts).toEqual({ total: 2, pass: 0, warn: 1, fail: 1, untestable: 0, error: 0 });
    expect(result.exchanges).toBe(3);
    expect(result.sample?.exchange).toEqual(SLOPPY);
    expect(result.record.cases).toMatchObject([
      { id: 'a', actual: null },
      { id: 'b', actual: 400 },
    ]);
  });

  test('records the controls by id, and why it is untestable', () => {
    const control = { id: 'c', title: '', operation: 'x', request: GOOD.request, holds: { success: true } as const };
    const sent = answer({ controls: [{ ...control, danger: 'read', stage: 0 }] }, GOOD);
    expect(judge(sent).record.cases[0]?.controls).toEqual(['c']);
    expect(judgeCell('getSink', 400, [], LAW, 'no object').record).toMatchObject({ reason: 'no object' });
  });
});

describe('a case whose control did not hold', () => {
  const blocked = { outcome: 'error', reason: 'the control did not hold' } as const;

  test.each([[[]], [[GOOD]], [[WRONG]], [[GOOD, WRONG]]])('never passes and finds nothing: %#', (exchanges) => {
    const result = judge({ ...answer({ pair: 'p' }, ...exchanges), blocked });
    expect(result.record).toMatchObject({ outcome: 'error', reason: blocked.reason });
    expect(result.record.cases[0]).toMatchObject({ outcome: 'error', reason: blocked.reason });
    expect(result.record.provenance).toBeUndefined();
    expect([result.findings, result.tally]).toEqual([[], {}]);
  });

  test('keeps a cell from passing, and not from failing', () => {
    const other = { ...answer({ id: 'b' }), blocked };
    expect(outcomes(answer({ id: 'a' }, GOOD), other).cell).toBe('error');
    expect(outcomes(answer({ id: 'a' }, WRONG), other).cell).toBe('fail');
  });

  test('is untestable where that is what it says', () => {
    const result = judge({ ...answer({}), blocked: { outcome: 'untestable', reason: 'no 429 within 10 requests' } });
    expect(result.record).toMatchObject({ outcome: 'untestable', reason: 'no 429 within 10 requests' });
  });
});

describe('evidence that is not the API’s own', () => {
  test.each(['simulated', 'gateway', 'recorded'] as const)('%s proves nothing', (provenance) => {
    const passed = judge(answer({ provenance }, GOOD));
    expect(passed.record).toMatchObject({ outcome: 'untestable', provenance });
    expect(passed.record.reason).toBe(
      `only ${provenance} evidence (conforming), which says nothing about the API itself`,
    );
    const failed = judge(answer({ id: 'a', provenance }, WRONG), answer({ id: 'b', provenance }, GOOD));
    expect(failed.record).toMatchObject({ outcome: 'untestable', provenance });
    expect(failed.record.reason).toContain('(1 of 2 not conforming)');
    expect(failed.findings).toMatchObject([{ check: 'meaning-400', provenance }]);
  });

  test('stands beside organic evidence, which decides', () => {
    const simulated = answer({ id: 'b', provenance: 'simulated' }, WRONG);
    expect(judge(answer({ id: 'a' }, GOOD), simulated).record).toMatchObject({
      outcome: 'pass',
      provenance: 'organic',
    });
  });
});

describe('an unplanned 429', () => {
  const limit = sampleExchange(429);

  test('is neither a pass nor a failure', () => {
    const result = judge(answer({}, limit));
    const reason =
      'limited: answered 429 while something else was provoked; fewer requests at once may help (CONFORMANCE_CONCURRENCY)';
    expect(result.record).toMatchObject({ outcome: 'untestable', reason });
    expect(result.findings).toEqual([]);
  });

  test('has its body judged all the same', () => {
    expect(outcomes(answer({}, sampleExchange(429, { body: {} })))).toEqual({
      cell: 'fail',
      cases: ['fail'],
      found: ['fields-429'],
    });
  });

  test('is no second way of answering, nor does it tell of existence', () => {
    expect(outcomes(answer({}, GOOD, limit))).toEqual({ cell: 'pass', cases: ['pass'], found: [] });
    expect(outcomes(answer({ id: 'a', pair: 'p' }, GOOD), answer({ id: 'b', pair: 'p' }, limit)).found).toEqual([]);
  });

  test('is the answer where 429 may be one', () => {
    expect(outcomes(answer({ expected: [429] }, limit))).toEqual({ cell: 'pass', cases: ['pass'], found: [] });
  });
});

describe('a target that could not be reached', () => {
  const gone = failedExchange('unreachable', 'ECONNREFUSED');

  test('is our trouble, not theirs', () => {
    const result = judge(answer({}, gone));
    expect(result.record).toMatchObject({ outcome: 'error', reason: 'the target could not be reached: ECONNREFUSED' });
    expect(result.findings).toEqual([]);
  });

  test('is no second way of answering', () => {
    expect(outcomes(answer({}, GOOD, gone))).toEqual({ cell: 'pass', cases: ['pass'], found: [] });
  });

  test.each(['timeout', 'closed', 'malformed'] as const)('%s is theirs', (kind) => {
    expect(outcomes(answer({}, failedExchange(kind)))).toMatchObject({ cell: 'fail', cases: ['fail'] });
  });
});

describe('a limit that was waited for', () => {
  const waited = (earlier: Exchange[], last: Exchange): Answer => ({
    case: sampleCase(),
    exchanges: [{ exchange: last, earlier }],
  });
  const busy = sampleExchange(503, { body: '<html>', headers: { 'retry-after': 'soon' } });

  test('is recorded, and the last answer stands', () => {
    const { record, tally, retries, exchanges } = judge(waited([sampleExchange(429)], GOOD));
    expect([record.outcome, exchanges]).toEqual(['pass', 2]);
    expect(tally).toEqual(judge(answer({}, GOOD)).tally);
    expect(retries).toMatchObject([{ operation: 'getSink', status: 400, why: 'limit' }]);
  });

  test('has its body judged all the same, in its clause’s tally by what it breaks only', () => {
    const { findings, tally } = judge(waited([sampleExchange(429, { body: {} })], GOOD));
    expect(findings.map(({ check }) => check)).toEqual(['fields-429']);
    expect(tally['fields-429']).toEqual({ judged: 1, broken: 1 });
  });

  test('and is a 503 that says when to come back, is none of the API’s own errors: only HTTP is held against it', () => {
    const { findings, record } = judge(waited([], busy));
    expect(findings.map(({ check, set }) => [check, set])).toEqual([['retry-after-syntax', 'http']]);
    expect(record.outcome).toBe('untestable');
  });

  test('a connection that broke is recorded, too, and held against nobody', () => {
    const { record, retries } = judge(waited([failedExchange('closed')], GOOD));
    expect(record.outcome).toBe('pass');
    expect(retries).toMatchObject([{ why: 'connection' }]);
  });
});

describe('answers judged together', () => {
  test('a repeated request that is answered in two ways warns', () => {
    const other = sampleExchange(400, { body: { summary: 'Something else' } });
    expect(outcomes(answer({ id: 'a' }, GOOD, other))).toEqual({
      cell: 'warn',
      cases: ['warn'],
      found: ['stable-answer'],
    });
  });

  test('a finding on the repetition counts for the case', () => {
    expect(outcomes(answer({}, GOOD, WRONG))).toMatchObject({ cell: 'fail', found: ['meaning-400', 'stable-answer'] });
  });

  test('existence that shows is found at the pair', () => {
    const pair = [
      answer({ id: 'a', pair: 'p' }, GOOD, GOOD),
      answer({ id: 'b', pair: 'p', expected: [400, 404] }, WRONG, WRONG),
    ];
    const { findings, record } = judge(...pair);
    expect(findings).toMatchObject([{ check: 'existence-hidden', case: 'b', provocation: 'some-provocation' }]);
    expect(record.cases.map((each) => each.outcome)).toEqual(['pass', 'warn']);
  });

  test('a request after the announced wait only has to get past the limit', () => {
    const burst = (after: Exchange): Answer => ({
      case: sampleCase({ expected: [429] }),
      exchanges: [{ exchange: sampleExchange(429) }, { exchange: after, waitedMs: 2000 }],
    });
    expect(outcomes(burst(sampleExchange(200, { body: {} }))).found).toEqual([]);
    expect(outcomes(burst(sampleExchange(404, { body: {} }))).found).toEqual([]);
    expect(outcomes(burst(sampleExchange(429)))).toEqual({
      cell: 'warn',
      cases: ['warn'],
      found: ['retry-after-honoured'],
    });
  });
});

describe('a probe', () => {
  const probe = (id: string, exchange: Exchange, text = '{}') =>
    answer({ id, via: 'probe' }, { ...exchange, request: { ...exchange.request, body: { text } } });

  test('that breaks nothing shows nothing: the cell stays untestable, and nothing is tallied', () => {
    const { record, tally, findings, exchanges } = judge(probe('a', GOOD), probe('b', GOOD));
    expect(record).toMatchObject({ outcome: 'untestable', cases: [], counts: { total: 0 } });
    expect(record.probes).toEqual({ sent: 2, broken: 0, statuses: { 400: 2 }, kinds: [] });
    expect([tally, findings, exchanges]).toEqual([{}, [], 2]);
  });

  test('that breaks something fails the cell, in its clause’s tally too', () => {
    const { record, tally } = judge(answer({ id: 'a' }, GOOD), probe('b', WRONG));
    expect(record).toMatchObject({ outcome: 'fail', counts: { total: 2, pass: 1, fail: 1 } });
    expect(record.cases[1]).toMatchObject({ id: 'b', outcome: 'fail', probe: true });
    expect(tally['meaning-400']).toEqual({ judged: 2, broken: 1 });
  });

  test('stands for all that have its cause, which are counted; the smallest is shown', () => {
    const { record, findings } = judge(
      probe('long', WRONG, '{"name":"xxxxxxxxxx"}'),
      probe('short', WRONG, '{"name":1}'),
      probe('longer', WRONG, '{"name":"xxxxxxxxxxxxxxxx"}'),
      probe('other', failedExchange('timeout')),
      probe('good', GOOD),
    );
    expect(findings.map(({ case: id, check, probes }) => ({ id, check, probes }))).toEqual([
      { id: 'short', check: 'meaning-400', probes: 3 },
      { id: 'other', check: 'meaning-400', probes: 1 },
    ]);
    expect(record.cases.map(({ id }) => id)).toEqual(['short', 'other']);
    expect(record.probes).toEqual({ sent: 5, broken: 4, statuses: { 400: 1, 404: 3, none: 1 }, kinds: [] });
  });

  describe('counts by its kinds', () => {
    const of = (kinds: string[], got = WRONG) => ({ ...probe(kinds.join(), got), case: sampleProbe(kinds) });
    const sampleProbe = (kinds: string[]) => ({ ...probe(kinds.join(), WRONG).case, kinds });
    const kindsIn = (...answers: Answer[]) => {
      const { record, findings } = judge(...answers);
      return { found: findings.map(({ kind, probes }) => `${kind} ${probes}`).sort(), sent: record.probes?.kinds };
    };

    test('of which each is a finding, however many values it was sent with', () => {
      expect(kindsIn(of(['url null']), of(['url null']), of(['url empty']), of(['name null'], GOOD))).toEqual({
        found: ['url empty 1', 'url null 2'],
        sent: ['name null', 'url empty', 'url null'],
      });
    });

    test('but not what two show together and one alone, nor what only chance came upon beside a known kind', () => {
      const { found, sent } = kindsIn(of(['name null', 'url null']), of(['url null']), of(['url any']));
      expect(found).toEqual(['url null 3']);
      expect(sent).toEqual(['url null']);
      expect(kindsIn(of(['url any'])).found).toEqual(['url any 1']);
      expect(kindsIn(of(['a null', 'b null']), of(['a null'], GOOD)).found).toEqual(['a null + b null 1']);
    });

    test('of which a bounded number is shown, and the rest is not said to have been looked at', () => {
      const { found, sent } = kindsIn(...Array.from({ length: 50 }, (_, index) => of([`f${index} null`])));
      expect([found.length, sent?.length]).toEqual([20, 20]);
    });
  });

  test('whose control did not hold is not counted at all', () => {
    const blocked = { outcome: 'error', reason: 'the control did not hold' } as const;
    const { record, findings } = judge({ ...probe('a', WRONG), blocked });
    expect(findings).toEqual([]);
    expect(record.probes).toBeUndefined();
  });

  test('that meets a limit is neither', () => {
    const { record, findings } = judge(answer({ id: 'a' }, GOOD), probe('b', sampleExchange(429)));
    expect(findings).toEqual([]);
    expect(record).toMatchObject({ outcome: 'pass', probes: { sent: 1, broken: 0 } });
  });
});

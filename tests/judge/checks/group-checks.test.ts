import { describe, expect, test } from 'vitest';
import type { GroupMember } from '../../../judge/checks/check.ts';
import { judgeGroup, type Tally } from '../../../judge/judge.ts';
import type { Exchange } from '../../../model/exchange.ts';
import { failedExchange, sampleExchange } from '../sample-exchange.ts';
import { LAW, matterOf } from '../sample-law.ts';

/** What a group trips, as `check at member: message`, and what was tallied. */
function judge(members: GroupMember[]): { found: string[]; judged: string[] } {
  const matters = members.map((_, index) => ({ ...matterOf(), caseId: String(index) }));
  const tally: Tally = {};
  const found = judgeGroup(members, matters, LAW, tally);
  return {
    found: found.map((each) => `${each.check} at ${each.case}: ${each.message}`),
    judged: Object.keys(tally).sort(),
  };
}

const answer = (summary: string, status = 404): Exchange => sampleExchange(status, { body: { summary } });

describe('stable-answer', () => {
  const judgeTwice = (first: Exchange, second: Exchange) =>
    judge([
      { id: 'a', exchange: first },
      { id: 'a', repeatOf: 'a', exchange: second },
    ]);

  test.each<[string, Exchange, Exchange, string]>([
    ['another status', answer('No', 404), answer('No', 500), '404 and 500'],
    ['another body', answer('No such sink'), answer('Not found'), 'both are 404, with different bodies'],
    ['no answer', answer('No'), failedExchange('timeout'), '404 and no answer (timeout)'],
    [
      'another failure',
      failedExchange('closed'),
      failedExchange('timeout'),
      'no answer (closed) and no answer (timeout)',
    ],
  ])('%s', (_, first, second, what) => {
    expect(judgeTwice(first, second)).toEqual({
      found: [`stable-answer at 1: the same request was answered in two ways: ${what}`],
      judged: ['stable-answer'],
    });
  });

  test.each<[string, string, string]>([
    ['the same', 'No', 'No'],
    ['another UUID', 'No 3f0c1e0a-5a2b-4c3d-8e9f-0a1b2c3d4e5f', 'No 00000000-0000-4000-8000-00000000dead'],
    ['another time', 'at 2026-01-01T10:30:15Z', 'at 2026-01-01 10:30:16.123456+00:00'],
    ['another request id', 'id F3kd8AbCdEfGhIjKlMnO1', 'id G9ld8AbCdEfGhIjKlMnO2'],
    ['another request id in small letters', 'id 01j9z3k4m5n6p7q8r9s0t1v2w3', 'id 01j9z3k4m5n6p7q8r9s0t1v2w4'],
    ['another trace id', 'trace 4bf92f3577b34da6a3ce929d0e0e4736', 'trace 00f067aa0ba902b7a3ce929d0e0e4736'],
    ['another name of our own', 'No ecc-r1-no-such-name', 'No ecc-r1-another'],
    ['another time in milliseconds', 'since 1767263415000', 'since 1767263415999'],
  ])('not: %s', (_, first, second) => {
    expect(judgeTwice(answer(first), answer(second))).toEqual({ found: [], judged: ['stable-answer'] });
  });

  test('says nothing where nothing was repeated', () => {
    expect(judge([{ id: 'a', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
    expect(judge([{ id: 'b', repeatOf: 'a', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
  });
});

describe('existence-hidden', () => {
  const judgePair = (known: Exchange, unknown: Exchange) =>
    judge([
      { id: 'known', pair: 'p', exchange: known },
      { id: 'other', exchange: answer('x') },
      { id: 'unknown', pair: 'p', exchange: unknown },
    ]);
  const at = (target: string, summary: string, status = 401) =>
    sampleExchange(status, { request: { target }, body: { summary } });

  test.each<[string, Exchange, Exchange, string]>([
    ['another status', at('/sinks/1', 'No', 401), at('/sinks/2', 'No', 404), '401 and 404'],
    ['another body', at('/sinks/1', 'No token'), at('/sinks/2', 'No such sink'), 'both are 401, with different bodies'],
  ])('%s', (_, known, unknown, what) => {
    const message = 'an object that exists and one that does not are answered differently';
    expect(judgePair(known, unknown)).toEqual({
      found: [`existence-hidden at 2: ${message}: ${what}`],
      judged: ['existence-hidden'],
    });
  });

  test.each<[string, Exchange, Exchange]>([
    ['the same', at('/sinks/1', 'No'), at('/sinks/2', 'No')],
    ['its own path', at('/sinks/orders', 'GET /api/sinks/orders'), at('/sinks/nobody', 'GET /api/sinks/nobody')],
    ['its own path, decoded', at('/sinks/a%20b', 'GET /sinks/a b'), at('/sinks/c%20d', 'GET /sinks/c d')],
    ['its own name', at('/sinks/orders', 'No token for "orders"'), at('/sinks/nobody', 'No token for "nobody"')],
  ])('not: %s', (_, known, unknown) => {
    expect(judgePair(known, unknown)).toEqual({ found: [], judged: ['existence-hidden'] });
  });

  test('half a pair says nothing', () => {
    expect(judge([{ id: 'known', pair: 'p', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
  });
});

describe('retry-after-honoured', () => {
  const waited = (exchange: Exchange, waitedMs: number) => judge([{ id: 'burst', exchange, waitedMs }]);

  test('still limited', () => {
    expect(waited(sampleExchange(429), 2600)).toEqual({
      found: ['retry-after-honoured at 0: still 429 after the announced wait of 3 s'],
      judged: ['retry-after-honoured'],
    });
  });

  test.each([sampleExchange(200, { body: {} }), sampleExchange(404), failedExchange('timeout')])(
    'not: %#',
    (exchange) => {
      expect(waited(exchange, 1000)).toEqual({ found: [], judged: ['retry-after-honoured'] });
    },
  );

  test('says nothing where nobody waited', () => {
    expect(judge([{ id: 'burst', exchange: sampleExchange(429) }])).toEqual({ found: [], judged: [] });
  });
});

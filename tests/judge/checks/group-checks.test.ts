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

  const SAME = 'No such sink';
  const WORDS = ['amber brave cedar', 'dusty eager frost', 'gentle hollow ivory', 'jolly keen lucid'];
  /** Cases of one cell, each with the summaries of its two answers. */
  const judgeCases = (...cases: [string, string][]) =>
    judge(
      cases.flatMap(([first, second], index) => [
        { id: String(index), exchange: answer(first) },
        { id: String(index), repeatOf: String(index), exchange: answer(second) },
      ]),
    ).found.map((each) => each.split(':')[0]);

  test.each<[string, string, string]>([
    ['a connection and a counter', '0HMVD9T0DBGS7:00000003', '0HN7GLLP6JV5A:00000004'],
    ['eight hexadecimal digits', '3f0c1e0a', 'deadbeef'],
    ['a nanoid', 'V1StGXR8_Z5jdHi6B-myT', 'a-_bStGXR8Z5jdHi6BmyT'],
    ['an id of a gateway', 'ZxYabEFlw=', 'QrStuEFlw='],
    ['a counter', '9', '10'],
    ['a duration', 'took 3 ms', 'took 1.5 ms'],
    ['a date', 'Thu, 26 Nov 2026 00:18:57 GMT', 'Fri, 27 Nov 2026 00:18:58 GMT'],
    ['a date with other words', '31 December 2026', '1 January 2027'],
    ['words', 'amber-brave-12', 'cedar-dusty-7'],
    ['words apart', 'amber brave cedar', 'dusty eager frost'],
  ])('%s is let pass, at either end and in the middle', (_, one, other) => {
    const texts = (id: string) => [`${SAME} (${id})`, `${id}: ${SAME}`, `No (${id}) such sink`];
    for (const [index, first] of texts(one).entries())
      expect(judgeCases([first, texts(other)[index] ?? ''])).toEqual([]);
  });

  test('a text that is another one each time is learned from more pairs than one', () => {
    const [a = '', b = '', c = '', d = ''] = WORDS;
    expect(judgeCases([a, b])).toEqual(['stable-answer at 1']);
    expect(judgeCases([a, b], [c, d])).toEqual([]);
  });

  test.each<[string, [string, string][], number[]]>([
    [
      'always the same second text',
      [
        [SAME, 'You asked before'],
        [SAME, 'You asked before'],
      ],
      [1, 3],
    ],
    [
      'one other word now and then',
      [
        [SAME, SAME],
        ['No such sank', SAME],
        [SAME, SAME],
      ],
      [3],
    ],
    ['words that come in', [['Not found.', 'Not found. Really.']], [1]],
    [
      'words that come in, ever more',
      [
        ['No.', 'No. No.'],
        ['No. No. No.', 'No. No. No. No.'],
      ],
      [1, 3],
    ],
  ])('%s is none of these', (_, cases, at) => {
    expect(judgeCases(...cases)).toEqual(at.map((index) => `stable-answer at ${index}`));
  });

  test('another message is found beside an id that is another one each time', () => {
    const ids = ['k3fa', 'x1qb', 'p7td', 'q0re', 'zzvb', 'mwko', 'aaxy', 'qqtu'];
    const said = (message: string, at: number) => `${message} (${ids[at]})`;
    const same = [0, 2, 4, 6].map((at): [string, string] => [said(SAME, at), said(SAME, at + 1)]);
    expect(judgeCases(...same)).toEqual([]);
    const second = [0, 2, 4, 6].map((at): [string, string] => [said(SAME, at), said('You asked before', at + 1)]);
    expect(judgeCases(...second)).toHaveLength(4);
    expect(judgeCases([said(SAME, 0), said('The database is away', 1)], ...same.slice(1))).toHaveLength(1);
    // Noon.
    const at = (half: string, index: number) => `${SAME} (1:00 ${half} ${ids[index]})`;
    expect(judgeCases([at('AM', 0), at('AM', 1)], [at('AM', 2), at('PM', 3)], [at('PM', 4), at('PM', 5)])).toEqual([]);
  });

  const body = (raw: string) => sampleExchange(422, { body: { raw } });

  test.each<[string, string, string]>([
    ['the order of names', '{"summary":"x","a":{"b":1,"c":2}}', '{"a":{"c":2,"b":1},"summary":"x"}'],
    ['the order of reasons', '{"errors":{"a":["is long","is bad"]}}', '{"errors":{"a":["is bad","is long"]}}'],
    ['the order of entries', '[{"f":"a","w":"b"},{"f":"c","w":"d"}]', '[{"w":"d","f":"c"},{"f":"a","w":"b"}]'],
    ['white space and escapes', '{"summary":"a/b"}', ' { "summary" :\n"\\u0061\\/b" } '],
    ['an id in a member', '{"summary":"x","id":"4b1c"}', '{"summary":"x","id":"k3fa"}'],
    ['numbers', '{"took":3,"at":1767263415.25}', '{"took":4.5,"at":1e9}'],
    ['ids in reasons in another order', '{"e":["a (x1y)","b (z3q)"]}', '{"e":["b (q0r)","a (p7t)"]}'],
  ])('not: %s', (_, first, second) => {
    expect(judgeTwice(body(first), body(second)).found).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a member more', '{"summary":"x"}', '{"summary":"x","hint":"y"}'],
    ['no body', '{"summary":"x"}', ''],
    ['a reason more', '{"errors":{"a":["is long"]}}', '{"errors":{"a":["is long","is bad"]}}'],
    ['another type', '{"code":null}', '{"code":"x"}'],
    ['another truth', '{"retryable":true}', '{"retryable":false}'],
    ['no JSON', '{"summary":"x"}', '<html>'],
  ])('%s', (_, first, second) => {
    expect(judgeTwice(body(first), body(second)).found).toHaveLength(1);
  });

  test('not: reasons that begin with an id, in another order', () => {
    const ids = ['k3fa', 'x1qb', 'p7td', 'q0re', 'zzvb', 'mwko', 'aaxy', 'qqtu'];
    const errors = (at: number, turn: boolean) => {
      const both = [`${ids[at]} is far too long`, `${ids[at + 1]} must be given`];
      return body(JSON.stringify({ errors: turn ? both.reverse() : both }));
    };
    const members = [0, 4].flatMap((at) => [
      { id: String(at), exchange: errors(at, false) },
      { id: String(at), repeatOf: String(at), exchange: errors(at + 2, true) },
    ]);
    expect(judge(members).found).toEqual([]);
  });

  const many = (text: string) => body(`[${Array.from({ length: 40_000 }, (_, at) => `"${text} ${at}x"`).join()}]`);
  const named = (text: string) =>
    body(`{${Array.from({ length: 40_000 }, (_, at) => `"n${at}":"${text} ${at}x"`).join()}}`);
  const deep = (text: string) => body(`${'{"a":'.repeat(100_000)}"${text}"${'}'.repeat(100_000)}`);
  const words = (text: string) => body(text.repeat(500_000 / text.length));

  test.each([many, named, deep, words])('a body that is made to be compared for ever takes no time: %#', (make) => {
    const [first, second] = [make('a '), make('b a ')];
    const start = performance.now();
    judgeTwice(first, second);
    // Generous: where each is held against each, it takes minutes.
    expect(performance.now() - start).toBeLessThan(8000);
  });

  test('says nothing where nothing was repeated', () => {
    expect(judge([{ id: 'a', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
    expect(judge([{ id: 'b', repeatOf: 'a', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
  });
});

describe('existence-hidden', () => {
  const judgePair = (known: Exchange, unknown: Exchange, knownAgain = known, unknownAgain = unknown) =>
    judge([
      { id: 'known', pair: 'p', exchange: known },
      { id: 'known', pair: 'p', repeatOf: 'known', exchange: knownAgain },
      { id: 'other', exchange: answer('x') },
      { id: 'unknown', pair: 'p', exchange: unknown },
      { id: 'unknown', pair: 'p', repeatOf: 'unknown', exchange: unknownAgain },
    ]);
  const existence = (...given: Parameters<typeof judgePair>) =>
    judgePair(...given).found.filter((each) => each.startsWith('existence'));
  const at = (target: string, summary: string, status = 401) =>
    sampleExchange(status, { request: { target }, body: { summary } });

  test.each<[string, Exchange, Exchange, string]>([
    ['another status', at('/sinks/1', 'No', 401), at('/sinks/2', 'No', 404), '401 and 404'],
    ['another body', at('/sinks/1', 'No token'), at('/sinks/2', 'No such sink'), 'both are 401, with different bodies'],
  ])('%s', (_, known, unknown, what) => {
    const message = 'an object that exists and one that does not are answered differently';
    expect(judgePair(known, unknown)).toEqual({
      found: [`existence-hidden at 3: ${message}: ${what}`],
      judged: ['existence-hidden', 'stable-answer'],
    });
  });

  test.each<[string, Exchange, Exchange]>([
    ['the same', at('/sinks/1', 'No'), at('/sinks/2', 'No')],
    ['its own path', at('/sinks/orders', 'GET /api/sinks/orders'), at('/sinks/nobody', 'GET /api/sinks/nobody')],
    ['its own path, decoded', at('/sinks/a%20b', 'GET /sinks/a b'), at('/sinks/c%20d', 'GET /sinks/c d')],
    ['its own name', at('/sinks/orders', 'No token for "orders"'), at('/sinks/nobody', 'No token for "nobody"')],
    ['its own name, escaped in JSON', at('/sinks/a%22"b', 'No a""b'), at('/sinks/c%22"d', 'No c""d')],
    ['a second later', at('/sinks/1', 'No at 00:18:57 GMT'), at('/sinks/2', 'No at 00:18:58 GMT')],
    ['another duration', at('/sinks/1', 'No (3 ms)'), at('/sinks/2', 'No (4 ms)')],
  ])('not: %s', (_, known, unknown) => {
    expect(judgePair(known, unknown)).toEqual({ found: [], judged: ['existence-hidden', 'stable-answer'] });
  });

  const one = (summary: string) => at('/sinks/1', summary);
  const two = (summary: string) => at('/sinks/2', summary);

  test('what changes between two equal requests is no difference', () => {
    expect(existence(one('No [amber]'), two('No [brave]'), one('No [cedar]'), two('No [dusty]'))).toEqual([]);
    expect(existence(one('No amber brave'), two('No cedar'), one('No dusty'), two('No eager frost'))).toEqual([]);
  });

  test('what tells existence beside what changes is one', () => {
    expect(existence(one('No [amber]'), two('Gone [brave]'), one('No [cedar]'), two('Gone [dusty]'))).toHaveLength(1);
  });

  test('it is enough that one answer is like one of the others', () => {
    expect(existence(one('No'), two('Not now'), one('No'), two('No'))).toEqual([]);
    expect(existence(one('No'), two('No'), at('/sinks/1', 'Down', 503), two('No'))).toEqual([]);
  });

  test('half a pair, or one that was sent once, says nothing', () => {
    expect(judge([{ id: 'known', pair: 'p', exchange: answer('x') }])).toEqual({ found: [], judged: [] });
    expect(
      judge([
        { id: 'known', pair: 'p', exchange: one('No') },
        { id: 'unknown', pair: 'p', exchange: two('Gone') },
      ]),
    ).toEqual({ found: [], judged: [] });
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

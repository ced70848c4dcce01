import { describe, expect, test } from 'vitest';
import { judgeExchange, type Tally } from '../../judge/judge.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';
import { LAW, matterOf } from './sample-law.ts';

const judge = (...parameters: Parameters<typeof sampleExchange>) =>
  judgeExchange(sampleExchange(...parameters), matterOf({ expected: [400, 422] }), LAW, {});

describe('a finding', () => {
  test('says everything that the report needs', () => {
    const exchange = sampleExchange(400, { body: { summary: 7 } });
    expect(judgeExchange(exchange, { ...matterOf({ expected: [400] }), provenance: 'gateway' }, LAW, {})).toEqual([
      {
        check: 'fields-400',
        clause: 'fields-400',
        level: 'MUST',
        set: 'contract',
        operation: 'getSink',
        status: 400,
        case: 'some-case',
        provocation: 'some-provocation',
        condition: 'unreadable-body',
        expected: [400],
        actual: 400,
        provenance: 'gateway',
        pointer: '/summary',
        message: '/summary must be string',
        seen: '400',
        place: '/summary',
        evidence: { exchange, curl: expect.stringContaining('https://api.example.com/api/sinks/orders') },
      },
    ]);
  });

  test('takes level and set from its clause, not from its check', () => {
    const [finding] = judge(400, { body: { summary: 'x', code: 1 } });
    expect(finding).toMatchObject({
      check: 'undocumented-field',
      clause: 'canonical-fields-only',
      level: 'SHOULD',
      set: 'contract',
    });
  });

  test('without a response or without a case', () => {
    const failure = failedExchange('timeout', 'too late');
    expect(judgeExchange(failure, matterOf({ expected: [400] }), LAW, {})[0]).toMatchObject({
      actual: null,
      seen: 'none',
    });
    expect(judgeExchange(sampleExchange(418), matterOf(), LAW, {})[0]).toMatchObject({ expected: [], actual: 418 });
  });

  test('is cut to a bearable length, on a whole character', () => {
    const raw = `{"summary":"x","${'😀'.repeat(2000)}":1}`;
    const [finding] = judge(400, { body: { raw } });
    expect(finding?.message.length).toBeLessThan(600);
    expect(finding?.message).toMatch(/^field "(😀)+…$/u);
    expect(finding?.pointer).toBe('');
    const deep = `{"summary":"x","a":${'{"b":'.repeat(1000)}"/etc/passwd"${'}'.repeat(1000)}}`;
    expect(judge(400, { body: { raw: deep } }).at(-1)?.pointer).toMatch(/^\/a(\/b){200,}$/);
  });

  test('comes twenty times at most from one check, and counts as one broken exchange', () => {
    const tally: Tally = {};
    const fields = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, 0]));
    const exchange = sampleExchange(400, { body: { summary: 'x', ...fields } });
    expect(judgeExchange(exchange, matterOf(), LAW, tally)).toHaveLength(20);
    expect(tally['undocumented-field']).toEqual({ judged: 1, broken: 1 });
  });
});

describe('the tally', () => {
  test('counts what was judged and what was broken, and nothing that does not apply', () => {
    const tally: Tally = {};
    judgeExchange(sampleExchange(400), matterOf({ expected: [400] }), LAW, tally);
    judgeExchange(sampleExchange(404, { body: {} }), matterOf({ expected: [400] }), LAW, tally);
    expect(tally).toMatchObject({
      'meaning-400': { judged: 2, broken: 1 },
      'fields-400': { judged: 1, broken: 0 },
      'fields-404': { judged: 1, broken: 1 },
      'error-body-json': { judged: 2, broken: 0 },
    });
    for (const absent of ['meaning-404', 'challenge-on-401', 'retry-after-syntax', 'stable-answer'])
      expect(tally).not.toHaveProperty(absent);
  });

  test('counts nothing for a request that was never delivered', () => {
    const tally: Tally = {};
    judgeExchange(failedExchange('unreachable'), matterOf({ expected: [400] }), LAW, tally);
    expect(tally).toEqual({});
  });
});

import { describe, expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import { isFromGateway } from '../../judge/gateway.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import type { GatewaySign } from '../../plan/case.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';
import { LAW, sampleCase } from './sample-law.ts';

const page = (status: number) =>
  sampleExchange(status, {
    headers: { Server: 'nginx/1.22.1', 'Content-Type': 'text/html' },
    body: { raw: '<html><center>nginx</center></html>' },
  });
const NGINX: GatewaySign = {
  statuses: [429, 504],
  headers: { server: 'NGINX', 'content-type': 'html' },
  body: '<CENTER>nginx',
};

describe('an answer is the gateway’s', () => {
  test.each<[string, GatewaySign[] | undefined, number, boolean]>([
    ['when all that a sign names holds', [NGINX], 504, true],
    ['when one of the signs matches', [{ statuses: [400] }, { body: 'nginx' }], 504, true],
    ['not with another status', [NGINX], 400, false],
    ['not with another header value', [{ ...NGINX, headers: { server: 'envoy' } }], 504, false],
    ['not without a header', [{ ...NGINX, headers: { 'x-envoy': '' } }], 504, false],
    ['not with another body', [{ ...NGINX, body: '<center>envoy' }], 504, false],
    ['not without signs', [], 504, false],
    ['not without any knowledge', undefined, 504, false],
  ])('%s', (_, signs, status, expected) => {
    expect(isFromGateway(page(status), signs)).toBe(expected);
  });

  test('not when nothing came', () => {
    expect(isFromGateway(failedExchange('closed'), [{}])).toBe(false);
  });
});

describe('an answer to HEAD, which has no body, is the gateway’s', () => {
  const head = (status: number) => ({ ...page(status), request: { ...page(status).request, method: 'HEAD' } });
  const bare = (status: number) => {
    const { request, response, ...rest } = head(status);
    return { ...rest, request, ...(response && { response: { ...response, body: '', bodyBytes: 0 } }) };
  };

  test.each<[string, GatewaySign[], number, boolean]>([
    ['by the rest of a sign', [NGINX], 504, true],
    ['by a status and nothing else', [{ statuses: [502], body: 'nginx' }], 502, true],
    ['not with another status', [NGINX], 500, false],
    ['not by a sign that names a body only', [{ body: 'nginx' }], 504, false],
  ])('%s', (_, signs, status, expected) => {
    expect(isFromGateway(bare(status), signs)).toBe(expected);
  });
});

describe('a cell on a target behind a gateway', () => {
  const judge = (...answers: Answer[]) => judgeCell('getSink', 400, answers, { ...LAW, gateway: [NGINX] });
  const of = (id: string, ...exchanges: Answer['exchanges']): Answer => ({ case: sampleCase({ id }), exchanges });
  const [good, bad] = [sampleExchange(400), sampleExchange(404)];

  test('that only the gateway answered is untestable: judged, shown as its, in no score', () => {
    const { record, findings, tally } = judge(of('a', { exchange: page(504) }));
    expect(record).toMatchObject({ outcome: 'untestable', provenance: 'gateway' });
    expect(record.reason).toContain('only gateway evidence (1 of 1 not conforming)');
    expect(record.cases).toMatchObject([{ provenance: 'gateway', outcome: 'fail', actual: 504 }]);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(finding.provenance).toBe('gateway');
    expect(tally).toEqual({});
  });

  test('passes by what the API itself answered, beside what the gateway did', () => {
    const alone = judge(of('a', { exchange: good }));
    const both = judge(of('a', { exchange: good }), of('b', { exchange: page(504) }));
    expect(both.record).toMatchObject({ outcome: 'pass', provenance: 'organic' });
    expect(both.record.cases.map(({ provenance, outcome }) => `${provenance} ${outcome}`)).toEqual([
      'organic pass',
      'gateway fail',
    ]);
    expect(both.tally).toEqual(alone.tally);
  });

  test('fails by what the API itself answered, whoever came first', () => {
    const { record, tally } = judge(of('a', { exchange: page(504) }, { exchange: bad, repeat: true }));
    expect(record).toMatchObject({ outcome: 'fail', cases: [{ provenance: 'organic', actual: 404 }] });
    expect(Object.keys(tally).length).toBeGreaterThan(0);
  });

  test('does not fail for what the gateway answered on the second try, nor for the difference', () => {
    const { record, findings } = judge(of('a', { exchange: good }, { exchange: page(504), repeat: true }));
    expect(record).toMatchObject({ outcome: 'pass', cases: [{ provenance: 'organic', outcome: 'pass' }] });
    expect(findings.map(({ check }) => check)).not.toContain('stable-answer');
  });

  test('holds a limit of the gateway’s, and what follows the wait, against nobody', () => {
    const limit = {
      case: sampleCase({ expected: [429] }),
      exchanges: [{ exchange: page(429) }, { exchange: page(429), waitedMs: 1000 }],
    };
    const { record, findings, tally } = judge(limit);
    expect(record).toMatchObject({ outcome: 'untestable', provenance: 'gateway' });
    for (const finding of findings) expect(finding.provenance).toBe('gateway');
    expect(tally).toEqual({});
  });

  test('shows a generated request that the gateway refused as the gateway’s', () => {
    const probe = { case: sampleCase({ id: 'p', via: 'probe' }), exchanges: [{ exchange: page(504) }] };
    const { record, tally } = judge(of('a', { exchange: good }), probe);
    expect(record).toMatchObject({ outcome: 'pass', cases: [{ id: 'a' }, { id: 'p', provenance: 'gateway' }] });
    expect(tally).toEqual(judge(of('a', { exchange: good })).tally);
  });
});

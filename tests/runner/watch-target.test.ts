import { describe, expect, test } from 'vitest';
import type { Exchange, RequestSpec } from '../../model/exchange.ts';
import { watchTarget } from '../../runner/watch-target.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';
import { withProxy } from './proxy.ts';
import { cellsThat, withReference } from './support.ts';

const HEALTH: RequestSpec = { method: 'GET', target: '/health', headers: [] };
const ASKED: RequestSpec = { method: 'GET', target: '/sinks/1', headers: [] };

const BASE = 'https://api.example.com/api';

/** Asks so often, and yields how often something was sent and what came last. */
async function ask(times: number, answer: (request: RequestSpec, sent: number) => Exchange, hasAnswered = true) {
  let sent = 0;
  let isKnown = !hasAnswered;
  const send = async (request: RequestSpec) => (isKnown ? answer(request, ++sent) : sampleExchange(200));
  const client = watchTarget({ sent: () => sent, send }, HEALTH, BASE);
  if (hasAnswered) await client.send(ASKED);
  isKnown = true;
  let last = await client.send(ASKED);
  for (let each = 1; each < times; each++) last = await client.send(ASKED);
  return { sent, last };
}

describe('a target that stopped answering', () => {
  test.each(['unreachable', 'timeout', 'closed'] as const)('is given up: %s', async (kind) => {
    const { sent, last } = await ask(100, () => failedExchange(kind));
    expect(sent).toBe(3);
    expect(last).toMatchObject({ url: `${BASE}/sinks/1`, failure: { kind: 'unreachable', code: 'EGONE' } });
  });

  test('has answered before: else it is not there yet', async () => {
    const { sent, last } = await ask(10, () => failedExchange('closed'), false);
    expect([sent, last.failure?.kind]).toEqual([10, 'closed']);
  });

  test('takes along those that fell silent with it', async () => {
    let isSilent = false;
    const send = async () => (isSilent ? failedExchange('timeout') : sampleExchange(200));
    const client = watchTarget({ sent: () => 0, send }, HEALTH, BASE);
    await client.send(ASKED);
    isSilent = true;
    const exchanges = await Promise.all(Array.from({ length: 5 }, () => client.send(ASKED)));
    expect(exchanges.map(({ failure }) => failure?.code)).toEqual(Array.from({ length: 5 }, () => 'EGONE'));
  });

  test.each<[string, string, (request: RequestSpec, sent: number) => Exchange]>([
    [
      'answers another request',
      'timeout',
      ({ target }) => (target === '/health' ? sampleExchange(200) : failedExchange('timeout')),
    ],
    ['answers again at once', 'closed', (_, sent) => (sent % 3 === 0 ? sampleExchange(404) : failedExchange('closed'))],
    ['answers what is no HTTP', 'malformed', () => failedExchange('malformed')],
  ])('is not one that %s', async (_, kind, answer) => {
    expect((await ask(2, answer)).last).toMatchObject({ failure: { kind } });
  });

  test('is not waited for, and is nobody’s fault', async () => {
    await withReference({}, async (reference) => {
      let count = 0;
      const dead = new Promise<never>(() => {});
      const rules = { request: <Passing>(passing: Passing) => (++count > 100 ? dead : passing) };
      const startedAt = performance.now();
      const report = await withProxy(reference, rules, (proxy) =>
        runSuite(proxy, { tags: ['http_endpoints'], allow: ['read', 'reject'], timeoutMs: 500 }),
      );
      expect([report.verdict, report.findings]).toEqual(['error', []]);
      expect(cellsThat(report, 'pass').length).toBeGreaterThan(0);
      expect(cellsThat(report, 'error').length).toBeGreaterThan(2);
      expect(JSON.stringify(report.cells)).toContain('it stopped answering');
      expect(performance.now() - startedAt).toBeLessThan(30_000);
    });
  });
});

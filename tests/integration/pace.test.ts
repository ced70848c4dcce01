import { describe, expect, test } from 'vitest';
import { type Passed, withProxy } from '../runner/proxy.ts';
import { withReference } from '../runner/support.ts';
import { against, runPlaywright } from './support.ts';

const [RPS, CONCURRENCY] = [40, 4];

/** Most requests that came within a second, and most that were under way at once. */
function measure(passed: Passed[]): { perSecond: number; under: number } {
  const perSecond = passed.map(({ at: start }) => passed.filter(({ at }) => at >= start && at < start + 1000).length);
  return { perSecond: Math.max(...perSecond), under: Math.max(...passed.map(({ under }) => under)) };
}

/** Runs the parts of a suite side by side against a server that is slow enough for requests to pile up. */
function run(parts: string[][]): Promise<{ passed: Passed[]; codes: (number | null)[] }> {
  const rules = { answer: async <Back>(back: Back) => new Promise<Back>((resolve) => setTimeout(resolve, 60, back)) };
  return withReference({}, (reference) =>
    withProxy(reference, rules, async (proxy) => {
      const bounds = { CONFORMANCE_MAX_RPS: String(RPS), CONFORMANCE_CONCURRENCY: String(CONCURRENCY) };
      const env = { ...against(proxy), ...bounds, CONFORMANCE_ALLOW: 'read,reject' };
      const runs = parts.map((part) => runPlaywright(['--grep', '@http_endpoints', ...part], { env }));
      const codes = (await Promise.all(runs)).map(({ code }) => code);
      return { passed: proxy.passed, codes };
    }),
  );
}

describe('CONFORMANCE_MAX_RPS and CONFORMANCE_CONCURRENCY, measured at the server', () => {
  test.each([
    ['over all workers', [[]]],
    ['over all shards', [['--shard=1/2'], ['--shard=2/2']]],
  ])('hold %s', async (_, parts) => {
    const { passed, codes } = await run(parts);
    expect(codes).toEqual(parts.map(() => 0));
    expect(passed.length).toBeGreaterThan(3 * RPS);
    const { perSecond, under } = measure(passed);
    // One more for each process: what the clock of one says is not what the clock of the server says.
    expect(perSecond).toBeLessThanOrEqual(RPS + 4);
    // The bound is used, and not only kept.
    expect(perSecond).toBeGreaterThan(RPS / 4);
    expect(under).toBeLessThanOrEqual(CONCURRENCY);
    expect(under).toBeGreaterThan(1);
  });
});

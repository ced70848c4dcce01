import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { flawless } from '../../reference/altering.ts';
import { unauthorized } from '../../reference/errors.ts';
import type { Report } from '../../report/report.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

/** A run on one group of operations of a reference to which something happens. */
function run(alteration: Alteration): Promise<Report> {
  return withReference({ alteration, rateLimit: { capacity: 100_000, perSecond: 100_000 } }, (reference) =>
    runSuite(reference, { tags: ['http_endpoints'], allow: ['read', 'reject', 'write'] }),
  );
}

const reasons = ({ cells }: Report) => [
  ...new Set(
    cells
      .flatMap(({ cases }) => cases)
      .flatMap(({ outcome, reason = '' }) => (outcome === 'untestable' ? [reason] : [])),
  ),
];

describe('what is away for a moment', () => {
  test('convicts nobody: a deployment answers 503 for a while', async () => {
    let asked = 0;
    let until = 0;
    const report = await run({
      answer: (answer) => {
        asked += 1;
        if (asked === 150) until = performance.now() + 700;
        return performance.now() < until ? { status: 503, headers: [], body: 'upstream' } : answer;
      },
    });
    expect(report.findings).toEqual([]);
    expect(report.cells.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).toEqual([]);
  });
});

describe('what is away for good', () => {
  test('is one sentence: the token is refused from some request on', async () => {
    let asked = 0;
    const report = await run({
      parts: ({ authenticate }) => ({
        authenticate(request: IncomingMessage) {
          asked += 1;
          if (asked > 150) throw unauthorized(true);
          return authenticate(request);
        },
      }),
    });
    expect(report.findings.filter(({ set }) => set === 'contract')).toEqual([]);
    const sentence =
      /^The token is refused since \d\d:\d\d:\d\d UTC: GET \S+ was answered by a success before, and now by 401\.$/;
    expect(report.errors).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
    expect(reasons(report)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  }, 60_000);

  test('is one sentence: somebody else removes the objects of the run', async () => {
    let asked = 0;
    const report = await run({
      answer: (answer, { method, path }) => {
        asked += 1;
        const isObject = /\/http_endpoints\/(?!internal)[^/]+$/.test(path);
        return asked > 150 && isObject && answer.status < 300 && method !== 'DELETE' ? flawless(404) : answer;
      },
    });
    expect(report.findings.filter(({ set }) => set === 'contract')).toEqual([]);
    expect(report.errors.join()).toMatch(/What this run made or found is gone since/);
  }, 60_000);
});

describe('what is wrong all the time', () => {
  test('is found as ever, whatever is asked again', async () => {
    const report = await run({
      answer: (answer, { operation }) =>
        operation === 'getHttpEndpoint' && answer.status === 404 ? flawless(500) : answer,
    });
    expect(report.findings.map(({ check }) => check)).toContain('meaning-404');
    expect(report.errors).toEqual([]);
  });

  test('as is who lets everybody in', async () => {
    const report = await run({ parts: () => ({ authenticate: () => 'ordinary' as const }) });
    expect(report.findings.map(({ check }) => check)).toContain('meaning-401');
  });
});
